// The digit pad's worker: it reads beside the page, so that the pen never waits.
import { Networks } from "./read-with-each-network.mjs";

const networks = new Networks();

// `{name, file}` brings a network's weights; `{picture, rules}` is answered with what each network reads.
self.onmessage = ({ data }) => {
  if (data.file) networks.add(data);
  else self.postMessage(networks.answer(data));
};
