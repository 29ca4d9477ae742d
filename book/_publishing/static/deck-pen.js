// A pen: W begins and ends writing on the slide; the next slide is clean.
"use strict";
(() => {
  const sheet = document.createElement("canvas");
  sheet.className = "pen";
  sheet.ariaHidden = "true";
  sheet.dataset.preventSwipe = "";
  document.querySelector(".reveal").append(sheet);
  const clean = () => {
    sheet.width = innerWidth * devicePixelRatio; // to set its size empties a canvas
    sheet.height = innerHeight * devicePixelRatio;
  };
  let last = null; // where the one pointer is that writes
  let id = 0;
  const place = (event) => [event.clientX * devicePixelRatio, event.clientY * devicePixelRatio];
  sheet.addEventListener("pointerdown", (event) => {
    if (last) return;
    id = event.pointerId;
    sheet.setPointerCapture(id);
    last = place(event);
  });
  sheet.addEventListener("pointermove", (event) => {
    if (!last || event.pointerId !== id) return;
    const ink = sheet.getContext("2d");
    ink.strokeStyle = getComputedStyle(sheet).color;
    ink.lineWidth = 4 * devicePixelRatio;
    ink.lineCap = "round";
    ink.beginPath();
    ink.moveTo(...last);
    last = place(event);
    ink.lineTo(...last);
    ink.stroke();
  });
  for (const end of ["pointerup", "pointercancel"])
    sheet.addEventListener(end, (event) => event.pointerId === id && (last = null));
  clean();
  Reveal.on("slidechanged", clean);
  addEventListener("resize", clean);
  // Without the class "writing" the pointer goes through the canvas to the slide (deck-frame.css).
  Reveal.addKeyBinding({ keyCode: 87, key: "W", description: "Write on the slide" }, () =>
    sheet.classList.toggle("writing"));
})();
