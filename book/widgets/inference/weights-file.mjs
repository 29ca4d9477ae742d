// Reads a trained network from a safetensors file, as `dlcourse.networks.weights_file` writes it. No DOM.

/** One half-precision number from its 16 bits. */
export function fromHalf(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const READERS = {
  F16: (buffer, start, n) => Float32Array.from(new Uint16Array(buffer.slice(start, start + 2 * n)), fromHalf),
  F32: (buffer, start, n) => new Float32Array(buffer.slice(start, start + 4 * n)),
};

/** The tensors (`{shape, values}` by name) and metadata of a safetensors file. */
export function readSafetensors(buffer) {
  const size = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, size)));
  const { __metadata__: metadata = {}, ...entries } = header;
  const tensors = {};
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    if (!READERS[dtype]) throw new Error(`${name}: numbers of type ${dtype}`);
    const n = shape.reduce((a, b) => a * b, 1);
    tensors[name] = { shape, values: READERS[dtype](buffer, 8 + size + offsets[0], n) };
  }
  return { tensors, metadata };
}

/** A network ready to run: `{input, classes, layers}`, each layer with its weights. */
export function readNetwork(buffer) {
  const { tensors, metadata } = readSafetensors(buffer);
  if (metadata.format !== "dlcourse-network/1") throw new Error("not a network file");
  const network = JSON.parse(metadata.network);
  for (const layer of network.layers)
    if (layer.name) {
      layer.kernel = tensors[`${layer.name}.kernel`];
      layer.bias = tensors[`${layer.name}.bias`];
    }
  return network;
}
