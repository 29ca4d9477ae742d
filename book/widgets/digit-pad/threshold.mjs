// Where ink ends and paper begins. No DOM.
import { mean, sum } from "./numbers.mjs";

/** Otsu's threshold (1979): it splits values into two kinds, each as alike as can be. */
export function otsu(values) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low === high) return high;
  const n = 256;
  const edges = Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? high : low + (i * (high - low)) / n));
  const counts = new Float64Array(n);
  for (let k = 0; k < values.length; k++) {
    const v = values[k];
    let i = Math.min(n - 1, Math.floor(((v - low) / (high - low)) * n));
    if (v < edges[i]) i--;
    else if (i < n - 1 && v >= edges[i + 1]) i++;
    counts[i]++;
  }
  const middle = (i) => (edges[i] + edges[i + 1]) / 2;
  const all = sum(counts);
  const mass = counts.reduce((total, c, i) => total + c * middle(i), 0);
  let [below, heavy] = [0, 0];
  const between = counts.map((c, i) => {
    below += c;
    heavy += c * middle(i);
    const above = all - below;
    return below > 0 && above > 0 ? below * above * (heavy / below - (mass - heavy) / above) ** 2 : -1;
  });
  const most = between.reduce((a, b) => Math.max(a, b), -Infinity);
  if (most < 0) return high;
  return mean(Array.from(between.keys()).filter((i) => between[i] >= most * (1 - 1e-9)).map((i) => edges[i + 1]));
}
