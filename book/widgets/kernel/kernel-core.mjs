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

/** The pixels that kernels of this `reach` see: beyond the edge zeros, the `mirror`, or (`valid`) none. */
function framed({ height, width, values }, reach, edges) {
  const more = edges === "valid" ? 0 : reach;
  const back = (i, n) => (edges === "mirror" ? Math.min(Math.max(i, -1 - i), 2 * n - 1 - i) : i);
  const [rows, columns] = [height, width].map((n) => Array.from({ length: n + 2 * more }, (_, i) => back(i - more, n)));
  const seen = rows.flatMap((y) => columns.map((x) => (x < 0 || x >= width ? 0 : (values[y * width + x] ?? 0))));
  return { height: rows.length, width: columns.length, values: seen };
}

/** Patch, products and sum at a pixel; null where `valid` has no result. */
export function at(picture, kernel, { row, column, edges }) {
  const n = kernel.length;
  const { height, width, values } = framed(picture, (n - 1) / 2, edges);
  const [top, left] = [row, column].map((v) => (edges === "valid" ? v - (n - 1) / 2 : v));
  if (top < 0 || left < 0 || top + n > height || left + n > width) return null;
  const patch = kernel.map((_, ky) => values.slice((top + ky) * width + left, (top + ky) * width + left + n));
  const products = kernel.map((line, ky) => line.map((k, kx) => k * patch[ky][kx]));
  return { patch, products, sum: products.flat().reduce((a, b) => a + b, 0) };
}

/** The whole picture; with `valid` edges it is smaller by the kernel's size less one. */
export function apply(picture, kernel, edges) {
  const seen = framed(picture, (kernel.length - 1) / 2, edges);
  const [height, width] = [seen.height, seen.width].map((n) => n - kernel.length + 1);
  const values = new Float32Array(height * width);
  kernel.forEach((line, ky) =>
    line.forEach((k, kx) => {
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) values[y * width + x] += k * seen.values[(y + ky) * seen.width + x + kx];
    }),
  );
  return { height, width, values };
}
