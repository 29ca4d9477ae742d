// What a convolutional network makes of a picture, layer by layer, as pictures. No DOM.
import { run, softmax } from "../inference/network.mjs";

const KINDS = {
  conv: (layer) => `Convolution: ${layer.kernel.shape[3]} filters of ${layer.kernel.shape[0]} × ${layer.kernel.shape[1]}`,
  max_pool: (layer) => `Pooling: the largest of each ${layer.size.join(" × ")}`,
  flatten: () => "Flatten: all values in one row",
  dense: (layer) => `Dense: every value to ${layer.bias.shape[0]} neurons`,
};

/** One channel of a layer's output as a picture. */
export function channel({ shape: [height, width, n], values }, k) {
  const one = Float32Array.from({ length: height * width }, (_, i) => values[i * n + k]);
  return { height, width, values: one };
}

/** A filter's weights for one channel of its input, as a picture. */
export function filter({ kernel: { shape: [height, width, channels, n], values } }, input, k) {
  const one = Float32Array.from({ length: height * width }, (_, i) => values[(i * channels + input) * n + k]);
  return { height, width, values: one };
}

/** Pictures side by side in rows of `across`, a pixel of `gap` between them. */
export function mosaic(pictures, across, gap = 0) {
  const [{ height: h, width: w }] = pictures;
  const rows = Math.ceil(pictures.length / across);
  const [height, width] = [rows * (h + 1) - 1, across * (w + 1) - 1];
  const values = new Float32Array(height * width).fill(gap);
  pictures.forEach((picture, k) => {
    const [top, left] = [Math.floor(k / across) * (h + 1), (k % across) * (w + 1)];
    for (let y = 0; y < h; y++) values.set(picture.values.subarray(y * w, (y + 1) * w), (top + y) * width + left);
  });
  return { height, width, values };
}

/** The layers with titles and sizes, and the probabilities. */
export function look(network, pixels) {
  const steps = run(network, pixels);
  const output = steps.at(-1);
  const layers = steps.map(({ layer, shape, values }) => ({
    layer, shape, values,
    title: layer ? KINDS[layer.kind](layer) : "The picture",
    size: `${shape.length > 1 ? `${shape.join(" × ")} = ` : ""}${values.length.toLocaleString("en-GB")} values`,
    largest: values.reduce((a, b) => Math.max(a, b), 0),
  }));
  return { layers, probabilities: output.layer.activation === "softmax" ? output.values : softmax(output.values) };
}
