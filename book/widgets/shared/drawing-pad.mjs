// A square to draw in, by mouse, pen, finger or keys. `change()` is called when somebody has drawn in it,
// `say(text)` when a key has put the pen down or lifted it.
import { clamp, h } from "./elements-and-numbers.mjs";
import { paperOf } from "../inference/border-and-paper.mjs";
import { ARROWS } from "./arrow-keys.mjs";
import { greyOf, paint } from "./read-and-paint-grey.mjs";

const SIDE = 280;
const WIDTH = 22;
const EDGE = [20, SIDE - 20]; // where the keys' pen stays

export class DrawingPad {
  #context;
  #pen = { at: [SIDE / 2, SIDE / 2], down: false };
  #pointer = null; // the id of the one that draws: a second finger, or the palm, does not
  #change;
  #shown = null; // a picture on which nothing has been drawn
  light = false; // true: from the next `clear` on the sheet is black and the ink white

  constructor(change, say) {
    this.#change = change;
    this.canvas = h("canvas", {
      width: SIDE, height: SIDE, tabindex: 0, role: "application",
      "aria-label": "Drawing area. Arrow keys move the pen; Space puts it down or lifts it.",
    });
    this.canvas.style.cssText = "width:100%;max-width:280px;touch-action:none;cursor:crosshair;border:1px solid";
    this.#context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.#listen(say);
    this.clear();
  }

  /** An empty sheet. */
  clear() {
    this.#fill(this.light ? 0 : 255);
    this.empty = true;
    this.#shown = null;
    this.#pen = { at: [SIDE / 2, SIDE / 2], down: false };
  }

  /** Show a picture of 0–255, as large as fits, on a sheet of its border's brightness. */
  show(picture) {
    const { height, width } = picture;
    this.#fill(Math.round(paperOf(picture)));
    const whole = h("canvas", {});
    paint(whole, picture);
    const scale = SIDE / Math.max(height, width);
    const [w, hh] = [width * scale, height * scale];
    this.#context.imageSmoothingEnabled = scale < 1;
    this.#context.imageSmoothingQuality = "high";
    this.#context.drawImage(whole, (SIDE - w) / 2, (SIDE - hh) / 2, w, hh);
    this.empty = false;
    this.#shown = picture;
  }

  /** Lay out a sheet of this brightness, and take ink that is seen on it. */
  #fill(paper) {
    this.#context.fillStyle = `rgb(${paper} ${paper} ${paper})`;
    this.#context.fillRect(0, 0, SIDE, SIDE);
    this.#context.strokeStyle = paper < 128 ? "#fff" : "#000";
  }

  /** What is drawn, as {height, width, values 0–255}; a picture that was shown comes back as it is. */
  get picture() {
    if (this.#shown) return this.#shown;
    const { data } = this.#context.getImageData(0, 0, SIDE, SIDE);
    return { height: SIDE, width: SIDE, values: greyOf(data) };
  }

  #stroke(to) {
    const c = this.#context;
    Object.assign(c, { lineWidth: WIDTH, lineCap: "round", lineJoin: "round" });
    c.beginPath();
    c.moveTo(...this.#pen.at);
    c.lineTo(...to);
    c.stroke();
    this.#pen.at = to;
    this.empty = false;
    this.#shown = null;
    this.#change();
  }

  #listen(say) {
    const at = (event) => {
      const box = this.canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top].map((v) => (v * SIDE) / box.width);
    };
    this.canvas.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      if (this.#pointer !== null) return;
      this.#pointer = event.pointerId;
      this.canvas.focus({ preventScroll: true }); // else a sheet that is partly out of view jumps
      this.canvas.setPointerCapture(event.pointerId);
      this.#pen.at = at(event);
      this.#stroke(this.#pen.at);
    });
    this.canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId !== this.#pointer) return;
      // A fast finger: the browser keeps the points between two events.
      for (const point of event.getCoalescedEvents?.() ?? [event]) this.#stroke(at(point));
    });
    this.canvas.addEventListener("lostpointercapture", (event) => {
      if (event.pointerId === this.#pointer) this.#pointer = null;
    });
    this.canvas.addEventListener("keydown", (event) => {
      const by = ARROWS[event.key]?.toReversed();
      if (event.altKey || event.ctrlKey || event.metaKey || (!by && event.key !== " ")) return;
      event.preventDefault();
      if (event.key === " ") {
        this.#pen.down = !this.#pen.down;
        say(this.#pen.down ? "Pen down." : "Pen up.");
        if (this.#pen.down) this.#stroke(this.#pen.at);
        return;
      }
      const to = this.#pen.at.map((v, i) => clamp(v + 10 * by[i], EDGE));
      if (this.#pen.down) this.#stroke(to);
      else this.#pen.at = to;
    });
  }
}
