// Fills up what is bright and narrow with what is around it. As `dlcourse.digits.preparation` does. No DOM.

/** The smallest (sign 1) or largest (−1) value in a window around each place of a line, from `line` into `out`. */
function slide(line, out, n, reach, sign, queue) {
  let [head, tail] = [0, 0]; // places of ever larger values (times sign), the first the smallest
  for (let i = 0; i < n + reach; i++) {
    if (i < n) {
      while (tail > head && sign * line[queue[tail - 1]] >= sign * line[i]) tail--;
      queue[tail++] = i;
    }
    if (i < reach) continue;
    while (queue[head] < i - 2 * reach) head++;
    out[i - reach] = line[queue[head]];
  }
}

/** The same along rows, and then along columns. */
function extreme(values, height, width, reach, sign) {
  const longest = Math.max(height, width);
  const [line, out, queue] = [new Float64Array(longest), new Float64Array(longest), new Int32Array(longest)];
  const lines = (n, length, start, step) => {
    for (let k = 0; k < n; k++) {
      const first = k * start;
      for (let i = 0; i < length; i++) line[i] = values[first + i * step];
      slide(line, out, length, reach, sign, queue);
      for (let i = 0; i < length; i++) values[first + i * step] = out[i];
    }
  };
  lines(height, width, width, 1);
  lines(width, height, 1, width);
}

/** What is bright and narrower than `size` (odd) replaced by what is around it; the picture goes on beyond its edges as it ends there. */
export function opening(bright, height, width, size) {
  const [h, w] = [height + 2 * size, width + 2 * size];
  const inside = (i, n) => Math.min(n - 1, Math.max(0, i - size));
  const values = new Float64Array(h * w);
  for (let y = 0; y < h; y++) {
    const row = inside(y, height) * width;
    for (let x = 0; x < w; x++) values[y * w + x] = bright[row + inside(x, width)];
  }
  extreme(values, h, w, size >> 1, 1);
  extreme(values, h, w, size >> 1, -1);
  const out = new Float64Array(height * width);
  for (let y = 0; y < height; y++) out.set(values.subarray((y + size) * w + size, (y + size) * w + size + width), y * width);
  return out;
}
