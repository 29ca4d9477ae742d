// Reads beside the page, so that the pen never waits.
import { useTile } from "../inference/network.mjs";
import { simd } from "../inference/simd.mjs";
import { Desk } from "./desk.mjs";

try {
  useTile(simd());
} catch {
  // An older browser: plain JavaScript reads the same, more slowly.
}
const desk = new Desk();

self.onmessage = ({ data }) => {
  if (data.file) desk.learn(data);
  else self.postMessage(desk.answer(data));
};
