// What many numbers have in common: sum, mean, quantiles. Loops, for a typed array's `map` takes
// ten times as long, and a picture has 50,000 numbers. No DOM.

export function sum(values) {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
export const mean = (values) => sum(values) / values.length;

/** How many pixels a mask (a Uint8Array of 0 and 1) has. */
export function count(mask) {
  let n = 0;
  for (let i = 0; i < mask.length; i++) n += mask[i];
  return n;
}

/** The values where a mask is 1. */
export function chosen(values, mask) {
  const out = new Float64Array(count(mask));
  for (let i = 0, k = 0; i < mask.length; i++) if (mask[i]) out[k++] = values[i];
  return out;
}

/** How far away each value is from a level. */
export function distances(values, level) {
  const out = new Float64Array(values.length);
  for (let i = 0; i < out.length; i++) out[i] = Math.abs(values[i] - level);
  return out;
}

/** Bring the k-th smallest value to place k, smaller ones before it (Hoare, 1961). */
function select(values, k, low = 0) {
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const v = values[i];
        values[i++] = values[j];
        values[j--] = v;
      }
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

/** The value below which a part of the values lie, interpolated. */
export function quantile(values, part) {
  const s = Float64Array.from(values);
  const at = part * (s.length - 1);
  const low = Math.floor(at);
  const value = select(s, low);
  if (at === low) return value;
  let next = Infinity; // the smallest of those that come after
  for (let i = low + 1; i < s.length; i++) if (s[i] < next) next = s[i];
  return value + (at - low) * (next - value);
}
export const median = (values) => quantile(values, 0.5);
