// A picture's border, and the brightness of the paper that it shows. No DOM.
// Pictures are {height, width, values}.

/** The values along a picture's edge; those of the corners twice. */
export function border({ height, width, values }) {
  const edge = [];
  for (let x = 0; x < width; x++) edge.push(values[x], values[(height - 1) * width + x]);
  for (let y = 0; y < height; y++) edge.push(values[y * width], values[y * width + width - 1]);
  return edge;
}

/** The middle one of values, or the mean of the two in the middle. */
function median(values) {
  const [sorted, half] = [values.slice().sort((a, b) => a - b), values.length >> 1];
  return values.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The brightness of a picture's paper: its edge is mostly paper. */
export const paperOf = (picture) => median(border(picture));
