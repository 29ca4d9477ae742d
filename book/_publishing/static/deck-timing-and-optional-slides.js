// The timing of a talk: optional slides left out, when it starts, how late it is, exercises' clocks.
"use strict";
(() => {
  const asked = new URLSearchParams(location.search);
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  const minutesOf = (clock) => clock.split(":").reduce((hours, minutes) => 60 * +hours + +minutes);
  const clockOf = (minutes) =>
    [Math.floor(minutes / 60) % 24, minutes % 60].map((n) => String(n).padStart(2, "0")).join(":");

  // ?optional=no: what is not at the core stays out.
  if (asked.get("optional") === "no") for (const slide of all("[data-optional]")) slide.remove();

  // ?start=13:30: all clocks go with the first.
  const clocks = all("time");
  if (/^\d{1,2}:\d\d$/.test(asked.get("start") ?? "") && clocks.length) {
    const later = minutesOf(asked.get("start")) - minutesOf(clocks[0].textContent);
    for (const clock of clocks)
      clock.textContent = clockOf(minutesOf(clock.textContent) + later + 1440);
  }

  // The notes say how far ahead or behind; the speaker view shows them. A rehearsal on another
  // part of the day says nothing.
  const FAR = 180; // minutes
  const late = (slide) => {
    const line = slide?.querySelector(".notes .clock");
    if (!line) return;
    const now = new Date();
    const behind = 60 * now.getHours() + now.getMinutes() - minutesOf(line.querySelector("time").textContent);
    const words = behind === 0 ? "on time" : `${Math.abs(behind)} min ${behind > 0 ? "behind" : "ahead"}`;
    (line.querySelector("span") ?? line.appendChild(document.createElement("span"))).textContent =
      Math.abs(behind) > FAR ? "" : ` · ${words}`;
  };

  // An exercise's minutes, counted down.
  const count = (button) => {
    const end = Date.now() + 60_000 * button.dataset.minutes;
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      button.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (!left) clearInterval(timer);
    };
    clearInterval(+button.dataset.timer);
    const timer = setInterval(tick, 250);
    button.dataset.timer = timer;
    tick();
  };
  for (const button of all(".countdown")) button.onclick = () => count(button);

  Reveal.on("ready", ({ currentSlide }) => late(currentSlide));
  Reveal.on("slidechanged", ({ currentSlide }) => late(currentSlide));
})();
