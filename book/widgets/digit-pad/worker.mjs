// Reads beside the page, so that the pen never waits.
import { Desk } from "./desk.mjs";

const desk = new Desk();

self.onmessage = ({ data }) => {
  if (data.file) desk.learn(data);
  else self.postMessage(desk.answer(data));
};
