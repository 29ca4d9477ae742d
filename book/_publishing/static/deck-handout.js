// A deck on paper: without answers, with notes or lines beside its slides, and by Ctrl+P.
"use strict";
(() => {
  const asked = new URLSearchParams(location.search);
  const all = (what) => [...document.querySelectorAll(what)];

  // Paper tells no answers, but for ?answers=yes.
  const paper = asked.has("print-pdf");
  if (paper && asked.get("answers") !== "yes")
    for (const answer of all(".solution-slide, .quiz-option p, .predict-answer")) answer.remove();

  // ?notes=beside and ?notes=lines: each printed slide with its notes, or with room for the reader's.
  const ROOM = 600; // pixels
  const widen = () => {
    const notes = asked.get("notes");
    if (!["beside", "lines"].includes(notes)) return;
    const { width, height } = Reveal.getConfig();
    const sheet = document.createElement("style");
    sheet.textContent = `@page { size: ${width + ROOM}px ${height}px }`;
    document.head.append(sheet);
    document.body.style.width = `${width + ROOM}px`;
    for (const page of all(".pdf-page")) {
      const room = document.createElement("div");
      room.className = `beside-paper ${notes}`;
      if (notes === "beside") room.innerHTML = page.querySelector("aside.notes")?.innerHTML ?? "";
      page.style.width = `${width + ROOM}px`;
      page.append(room);
      // Long notes are set smaller.
      for (let size = 20; size > 11 && room.scrollHeight > room.clientHeight; size--) room.style.fontSize = `${size}px`;
    }
  };

  // Ctrl+P prints the deck and not the slide in view.
  addEventListener("keydown", (event) => {
    if (paper || event.key !== "p" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    asked.set("print-pdf", "");
    asked.set("print", "now");
    location.search = asked;
  });
  Reveal.on("pdf-ready", widen);
  // Time for the figures to come alive, and for their slides to be fitted once more.
  Reveal.on("pdf-ready", () => asked.get("print") === "now" && setTimeout(print, 1500));
})();
