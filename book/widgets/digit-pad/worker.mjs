// The digit pad's worker: it reads beside the page, so that the pen never waits.
import { useTile } from "../inference/convolution.mjs";
import { simd } from "../inference/wasm-convolution.mjs";
import { Networks } from "./read-with-each-network.mjs";

try {
  useTile(simd());
} catch {
  // An older browser: plain JavaScript reads the same, more slowly.
}
const networks = new Networks();

self.onmessage = ({ data }) => {
  if (data.file) networks.add(data);
  else self.postMessage(networks.answer(data));
};
