// A kernel over a picture: one pixel's patch, products and sum, or all pixels. No DOM.
// Pictures are {height, width, values}; kernels are lists of rows.

const over = (divisor, rows) => rows.map((row) => row.map((v) => v / divisor));

/** The kernels of `dlcourse.image_kernels` that a figure offers. */
export const KERNELS = {
  identity: [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
  sharpen: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
  "box blur": over(9, [[1, 1, 1], [1, 1, 1], [1, 1, 1]]),
  "gaussian blur": over(16, [[1, 2, 1], [2, 4, 2], [1, 2, 1]]),
  "gaussian blur 5": over(256, [[1, 4, 6, 4, 1], [4, 16, 24, 16, 4], [6, 24, 36, 24, 6], [4, 16, 24, 16, 4], [1, 4, 6, 4, 1]]),
  "sobel x": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
  "sobel y": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
  laplacian: [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
  emboss: [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
};

/** The kernel turned by 180°, which makes cross-correlation a convolution. */
export const turned = (kernel) => kernel.map((row) => row.toReversed()).toReversed();

/** A 3×3 kernel with a border of zeros, or the middle of a 5×5 one. */
export function resized(kernel, size) {
  const shift = (kernel.length - size) / 2;
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => kernel[y + shift]?.[x + shift] ?? 0),
  );
}

/** An index beyond the edge, brought back: null is outside (zero), mirror repeats the edge pixel. */
function inside(i, n, edges) {
  if (i >= 0 && i < n) return i;
  return edges === "mirror" ? (i < 0 ? -1 - i : 2 * n - 1 - i) : null;
}

/** Patch, products and sum at a pixel; null where `valid` has no result. */
export function at({ height, width, values }, kernel, { row, column, edges }) {
  const reach = (kernel.length - 1) / 2;
  const near = (i, n) => i < reach || i >= n - reach;
  if (edges === "valid" && (near(row, height) || near(column, width))) return null;
  const patch = kernel.map((line, ky) =>
    line.map((_, kx) => {
      const [y, x] = [inside(row + ky - reach, height, edges), inside(column + kx - reach, width, edges)];
      return y === null || x === null ? 0 : values[y * width + x];
    }),
  );
  const products = kernel.map((line, ky) => line.map((k, kx) => k * patch[ky][kx]));
  return { patch, products, sum: products.flat().reduce((a, b) => a + b, 0) };
}

/** The whole picture; with `valid` edges it is smaller by the kernel's size less one. */
export function apply(picture, kernel, edges) {
  const { height, width, values } = picture;
  const reach = (kernel.length - 1) / 2;
  const margin = edges === "valid" ? reach : 0;
  const out = { height: height - 2 * margin, width: width - 2 * margin, values: null };
  out.values = new Float32Array(out.height * out.width);
  const columns = Array.from({ length: width + 2 * reach }, (_, i) => inside(i - reach, width, edges));
  for (let y = 0; y < out.height; y++)
    kernel.forEach((line, ky) => {
      const row = inside(y + margin + ky - reach, height, edges);
      if (row === null) return;
      line.forEach((k, kx) => {
        if (k === 0) return;
        for (let x = 0; x < out.width; x++) {
          const column = columns[x + margin + kx];
          if (column !== null) out.values[y * out.width + x] += k * values[row * width + column];
        }
      });
    });
  return out;
}
