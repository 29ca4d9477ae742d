// How wide the strokes of a mask are, a Uint8Array of 0 and 1. As `dlcourse.digits.marks` has it. No DOM.

/** One line of squared distances, the lower envelope of parabolas, from `f` into `d`. */
function envelope(f, d, n, v, z) {
  let k = 0;
  v[0] = 0;
  z[0] = -Infinity;
  z[1] = Infinity;
  for (let q = 1; q < n; q++) {
    let s = (f[q] + q * q - f[v[k]] - v[k] * v[k]) / (2 * (q - v[k]));
    while (s <= z[k]) {
      k--;
      s = (f[q] + q * q - f[v[k]] - v[k] * v[k]) / (2 * (q - v[k]));
    }
    v[++k] = q;
    z[k] = s;
    z[k + 1] = Infinity;
  }
  k = 0;
  for (let q = 0; q < n; q++) {
    while (z[k + 1] < q) k++;
    d[q] = (q - v[k]) ** 2 + f[v[k]];
  }
}

/**
 * The mean distance of a mask's pixels to the nearest one outside (Felzenszwalb and Huttenlocher,
 * 2012), within the mask's `box`: beyond it there is no ink.
 */
export function meanDepth(mask, width, box) {
  const [h, w] = [box.height + 2, box.width + 2]; // a rim without ink
  const squares = new Float64Array(h * w);
  for (let y = 1; y < h - 1; y++)
    for (let x = 1; x < w - 1; x++) if (mask[(box.top + y - 1) * width + box.left + x - 1]) squares[y * w + x] = 1e12;
  const longest = Math.max(h, w);
  const [f, d, v, z] = [new Float64Array(longest), new Float64Array(longest), new Int32Array(longest), new Float64Array(longest + 1)];
  for (let x = 0; x < w; x++) {
    for (let y = 0; y < h; y++) f[y] = squares[y * w + x];
    envelope(f, d, h, v, z);
    for (let y = 0; y < h; y++) squares[y * w + x] = d[y];
  }
  let [total, n] = [0, 0];
  for (let y = 1; y < h - 1; y++) {
    f.set(squares.subarray(y * w, (y + 1) * w));
    envelope(f, d, w, v, z);
    for (let x = 1; x < w - 1; x++)
      if (mask[(box.top + y - 1) * width + box.left + x - 1]) {
        total += Math.sqrt(d[x]);
        n++;
      }
  }
  return total / n;
}

/** A bar's pixels are on average a quarter of its width away from its edge. */
export const strokeWidth = (mask, width, box) => 4 * meanDepth(mask, width, box) - 1;
