// Puts questions to the networks: in a worker where the browser has one, else on the page (file: has no modules). One
// question at a time: while it is worked on only the newest of the others is kept.
import { Networks } from "./read-with-each-network.mjs";

export class WorkerClient {
  #answered;
  #worker = null;
  #networks = null;
  #files = [];
  #asked = null; // what is being worked on
  #next = null;
  #took = 0; // ms of the last answer on the page

  /** `base` leads to the figures' modules, or is null; `answered(answer)` is called with what `Networks.answer` gives. */
  constructor(base, answered) {
    this.#answered = answered;
    try {
      if (!base) throw new Error("no modules");
      this.#worker = new Worker(`${base}digit-pad/worker.mjs`, { type: "module" });
      this.#worker.onmessage = ({ data }) => this.#receive(data);
      this.#worker.onerror = () => this.#withoutWorker();
    } catch {
      this.#withoutWorker();
    }
  }

  /** Hand over the weights file of a network. */
  add(name, file) {
    this.#files.push({ name, file });
    if (this.#worker) this.#worker.postMessage({ name, file });
    else this.#networks.add({ name, file });
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
    [this.#asked, this.#next] = [{ question }, null];
    if (this.#worker) this.#worker.postMessage(question);
    else setTimeout(() => this.#work(question), Math.min(300, 2 * this.#took)); // most of the time is the pen's
  }

  #work(question) {
    const start = performance.now();
    const answer = this.#networks.answer(question);
    this.#took = performance.now() - start;
    this.#receive(answer);
  }

  #receive(answer) {
    const { forgotten } = this.#asked;
    this.#asked = null;
    if (!forgotten) this.#answered(answer);
    if (this.#next) this.#send();
  }

  #withoutWorker() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#networks = new Networks();
    for (const file of this.#files) this.#networks.add(file);
    if (this.#asked) this.#work(this.#asked.question);
  }
}
