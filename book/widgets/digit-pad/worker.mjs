// The digit pad's worker: it reads beside the page, so that the pen never waits.
import { useEngine } from "../inference/convolution.mjs";
import { simd } from "../inference/wasm-convolution.mjs";
import { Networks } from "./read-with-each-network.mjs";

try {
  // Convolve in WebAssembly from now on, four pixels by eight filters at a time.
  useEngine(simd());
} catch {
  // An older browser: plain JavaScript reads the same, more slowly.
}
const networks = new Networks();

// `{name, file}` brings a network's weights; `{picture, rules}` is answered with what each network reads.
self.onmessage = ({ data }) => {
  if (data.file) networks.add(data);
  else self.postMessage(networks.answer(data));
};
