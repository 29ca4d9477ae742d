// What all interactive figures share: an element that keeps its static content until it is
// ready, a live region, and the artefacts of the chapters.
import { usesKey } from "./keys-a-control-uses.mjs";
import { h, unbroken } from "./elements-and-numbers.mjs";
import { SHEET } from "./style.mjs";

/**
 * A figure gives `label` and `render()`, which loads what it needs and returns its nodes; and `ready()`, if it has
 * something to do once they are on the page. The loader calls `start()`.
 */
export class Figure extends HTMLElement {
  #live = h("p", { class: "live", "aria-live": "polite", role: "status" });
  #timer;

  /** Load what is needed, then replace the static content; a failure leaves it standing. */
  async start() {
    if (this.shadowRoot) return;
    const content = await this.render();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    root.append(h("slot", { name: "words" }), h("section", { "aria-label": this.label }, content, this.#live));
    // On a slide nothing scrolls, so the result need not stay in view, and there is room for few words.
    if (this.closest(".reveal")) this.#live.style.position = "static";
    else {
      // What to try, and what to look for, stays in sight; the still picture gives way, except on paper.
      for (const words of this.querySelectorAll(":scope > p")) if (!words.querySelector("img")) words.slot = "words";
      root.append(h("slot", { class: "still" }));
    }
    // A deck turns its pages by keys: it sees only those that the figure has not used.
    root.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || usesKey(event.target, event.key)) event.stopPropagation();
    });
    this.ready?.();
    this.dataset.state = "live";
  }

  /**
   * Say the result to screen readers (and show it), once things have come to rest. The first
   * one is there at once: a figure that says it is ready has the size that it will have.
   * Without a text there is no line: the figure says it elsewhere.
   */
  announce(text) {
    clearTimeout(this.#timer);
    const say = () => {
      this.#live.textContent = unbroken(text);
      this.#live.hidden = !text;
    };
    if (this.dataset.state === "live" && text.trim()) this.#timer = setTimeout(say, 250);
    else say();
  }

  /** The bytes of an artefact that a chapter published: that which an option names, or one of this `name`. */
  async artifact(option, name = this.getAttribute(option)) {
    const address = JSON.parse(this.getAttribute("artifacts"))[name];
    if (location.protocol === "file:") return fromScript(name, address);
    const answer = await fetch(new URL(address, document.baseURI));
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.arrayBuffer();
  }

  /** Let a link lead to this figure on this page, in the state that `text` says. */
  linkTo(link, key, text) {
    const query = new URLSearchParams(location.search);
    query.set(key, text);
    const id = this.closest(".reveal") ? "" : this.closest("figure")?.id;
    link.href = `${location.pathname}?${query}${id ? `#${id}` : location.hash}`;
  }

  /** An artefact of JSON, by the option that names it. */
  async json(option) {
    return JSON.parse(new TextDecoder().decode(await this.artifact(option)));
  }
}

/** Read an artefact from its twin in a classic script: file: has no fetch. */
async function fromScript(name, address) {
  if (!self.dlcourseArtifacts?.[name])
    await new Promise((onload, onerror) => {
      const src = address.replace(/\?.*$/, "") + ".js";
      document.head.append(Object.assign(document.createElement("script"), { src, onload, onerror }));
    });
  return Uint8Array.from(atob(self.dlcourseArtifacts[name]), (c) => c.charCodeAt(0)).buffer;
}
