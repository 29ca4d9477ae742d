// The small language model, as `dlcourse.transformer` runs it: its weights, the pass forward for the last place of a
// text, and the draw of a letter. No DOM.
import { readSafetensors } from "../inference/weights-file.mjs";
import { softmax } from "../shared/activations.mjs";

/** A network ready to run: `{tensors, alphabet, context, blocks}`. */
export function readLanguage(buffer) {
  const { tensors, metadata } = readSafetensors(buffer);
  const { format, alphabet } = JSON.parse(metadata.language ?? "{}");
  if (format !== "dlcourse-language/1") throw new Error("not a language model");
  const blocks = Object.keys(tensors).filter((name) => name.endsWith(".query.kernel")).length;
  return { tensors, alphabet, context: tensors.positions.shape[0], blocks };
}

/** The numbers of the characters that the network knows; others are left out. */
export const encode = ({ alphabet }, text) => [...text].map((c) => alphabet.indexOf(c)).filter((code) => code >= 0);

/** Rows of vectors times a matrix, plus a bias: `rows` of length n_in each, flat. */
function dense({ tensors }, name, rows) {
  const kernel = tensors[`${name}.kernel`].values;
  const bias = tensors[`${name}.bias`].values;
  const m = bias.length;
  const n = kernel.length / m;
  const out = new Float32Array((rows.length / n) * m);
  for (let r = 0; r < rows.length / n; r++) {
    out.set(bias, r * m);
    for (let i = 0; i < n; i++) {
      const v = rows[r * n + i];
      if (v !== 0) for (let j = 0; j < m; j++) out[r * m + j] += v * kernel[i * m + j];
    }
  }
  return out;
}

/** Each row to mean 0 and standard deviation 1, then scaled and shifted. */
function normalise({ tensors }, name, rows) {
  const [gamma, beta] = ["gamma", "beta"].map((part) => tensors[`${name}.${part}`].values);
  const width = gamma.length;
  const out = new Float32Array(rows.length);
  for (let start = 0; start < rows.length; start += width) {
    let [mean, square] = [0, 0];
    for (let i = 0; i < width; i++) mean += rows[start + i] / width;
    for (let i = 0; i < width; i++) square += (rows[start + i] - mean) ** 2 / width;
    const spread = Math.sqrt(square + 1e-5);
    for (let i = 0; i < width; i++) out[start + i] = (gamma[i] * (rows[start + i] - mean)) / spread + beta[i];
  }
  return out;
}

/** Several attentions side by side; `looks[head]` is how much the last place takes from each. */
function heads(network, name, rows, n) {
  const [width, count, d] = network.tensors[`${name}.query.kernel`].shape;
  const [Q, K, V] = ["query", "key", "value"].map((part) => dense(network, `${name}.${part}`, rows));
  const brought = new Float32Array(n * width);
  const looks = [];
  for (let head = 0; head < count; head++)
    for (let i = 0; i < n; i++) {
      const at = (place) => place * width + head * d;
      const fits = Array.from({ length: i + 1 }, (_, j) => {
        let sum = 0;
        for (let k = 0; k < d; k++) sum += Q[at(i) + k] * K[at(j) + k];
        return sum / Math.sqrt(d);
      });
      const weights = softmax(fits);
      weights.forEach((w, j) => {
        for (let k = 0; k < d; k++) brought[at(i) + k] += w * V[at(j) + k];
      });
      if (i === n - 1) looks.push(weights);
    }
  return { rows: dense(network, `${name}.output`, brought), looks };
}

const add = (a, b) => a.map((v, i) => v + b[i]);

/** Logits for the next character, and where the last place looks: `attention[block][head][place]`. */
export function forward(network, codes) {
  const { tensors, context, blocks } = network;
  const text = codes.slice(-context);
  const width = tensors.positions.shape[1];
  let x = new Float32Array(text.length * width);
  text.forEach((code, place) => {
    for (let i = 0; i < width; i++)
      x[place * width + i] = tensors.characters.values[code * width + i] + tensors.positions.values[place * width + i];
  });
  const attention = [];
  for (let k = 1; k <= blocks; k++) {
    const name = `block_${k}`;
    const { rows, looks } = heads(network, name, normalise(network, `${name}.norm_1`, x), text.length);
    attention.push(looks);
    x = add(x, rows);
    const hidden = dense(network, `${name}.dense_1`, normalise(network, `${name}.norm_2`, x));
    x = add(x, dense(network, `${name}.dense_2`, hidden.map((v) => Math.max(0, v))));
  }
  const last = normalise(network, "norm", x.slice(-width));
  return { logits: dense(network, "logits", last), attention };
}

/** Probabilities at a temperature; at 0 the largest logit gets all. */
export function withTemperature(logits, temperature) {
  if (temperature > 0) return softmax(Array.from(logits, (z) => z / temperature));
  const best = logits.indexOf(Math.max(...logits));
  return Array.from(logits, (_, i) => (i === best ? 1 : 0));
}

/** Draw a class: the one in which the number `u`, from 0 to 1, falls. */
export function draw(probabilities, u) {
  let sum = 0;
  const at = probabilities.findIndex((p) => (sum += p) > u);
  return at < 0 ? probabilities.length - 1 : at;
}
