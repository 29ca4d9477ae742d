// Puts questions to the networks: in a worker, or on the page itself where it is a file, which can start none. One
// question at a time: while it is worked on only the newest of the others is kept.
import { Networks } from "./read-with-each-network.mjs";

/** What the page has in place of a worker. */
class OnThePage {
  #networks = new Networks();
  #took = 0; // ms of the last answer

  postMessage(data) {
    if (data.file) return this.#networks.add(data);
    setTimeout(() => {
      const start = performance.now();
      const answer = this.#networks.answer(data);
      this.#took = performance.now() - start;
      this.onmessage({ data: answer });
    }, Math.min(300, 2 * this.#took)); // most of the time is the pen's
  }
}

export class WorkerClient {
  #worker;
  #asked = null; // what is being worked on
  #next = null;

  /**
   * `answered({readings, steps, dark, ms})` gets what each network reads, the steps that prepared the picture, whether
   * its ink is left dark, and how long one network took; `failed()` is called instead once the worker has failed. */
  constructor(answered, failed) {
    // dlLoader: the address of the figures' folder.
    this.#worker = location.protocol === "file:" ? new OnThePage() : new Worker(`${window.dlLoader}digit-pad/worker.mjs`, { type: "module" });
    this.#worker.onerror = () => (this.ask = failed)(); // a browser without modules in workers, or one that did not come
    this.#worker.onmessage = ({ data }) => {
      const { forgotten } = this.#asked;
      this.#asked = null;
      if (!forgotten) answered(data);
      if (this.#next) this.#send();
    };
  }

  /** Hand over the weights file of a network. */
  add(name, file) {
    this.#worker.postMessage({ name, file });
  }

  /** Ask about what `take` returns when its turn comes: `{picture, rules}`; rules are `{invert, centres}`, as ../inference/preprocessing-by-threshold.mjs takes them. */
  ask(take) {
    this.#next = take;
    if (!this.#asked) this.#send();
  }

  /** Let no answer come any more to what has been asked. */
  forget() {
    this.#next = null;
    if (this.#asked) this.#asked.forgotten = true;
  }

  #send() {
    const question = this.#next();
    [this.#asked, this.#next] = [{}, null];
    this.#worker.postMessage(question);
  }
}
