// Patches of a mask, a Uint8Array of 0 and 1: what can be reached, what hangs together, and its box. No DOM.

/** Pixels that can be reached from those of `seeds` within `allowed`, over corners or only over edges. */
export function reached(seeds, allowed, height, width, corners) {
  const found = new Uint8Array(allowed.length);
  const stack = [];
  for (let i = 0; i < seeds.length; i++)
    if (seeds[i] && allowed[i]) {
      found[i] = 1;
      stack.push(i);
    }
  while (stack.length) {
    const i = stack.pop();
    const y = Math.floor(i / width);
    const x = i - y * width;
    for (let r = Math.max(0, y - 1); r <= Math.min(height - 1, y + 1); r++)
      for (let c = Math.max(0, x - 1); c <= Math.min(width - 1, x + 1); c++) {
        const j = r * width + c;
        if (allowed[j] && !found[j] && (corners || r === y || c === x)) {
          found[j] = 1;
          stack.push(j);
        }
      }
  }
  return found;
}

/** The marks of a mask: pixels that touch, corners too, with their box (ends exclusive). */
export function marksOf(mask, height, width) {
  const left = mask.slice();
  const marks = [];
  for (let first = 0; first < left.length; first++) {
    if (!left[first]) continue;
    const pixels = [first];
    left[first] = 0;
    const box = { top: height, bottom: 0, left: width, right: 0 };
    for (let k = 0; k < pixels.length; k++) {
      const y = Math.floor(pixels[k] / width);
      const x = pixels[k] - y * width;
      if (y < box.top) box.top = y;
      if (y + 1 > box.bottom) box.bottom = y + 1;
      if (x < box.left) box.left = x;
      if (x + 1 > box.right) box.right = x + 1;
      for (let r = Math.max(0, y - 1); r <= Math.min(height - 1, y + 1); r++)
        for (let c = Math.max(0, x - 1); c <= Math.min(width - 1, x + 1); c++) {
          const j = r * width + c;
          if (!left[j]) continue;
          left[j] = 0;
          pixels.push(j);
        }
    }
    marks.push({ ...box, pixels });
  }
  return marks;
}

/** The box of a mask's pixels, ends inclusive. */
export function extent(mask, width) {
  const box = { top: Infinity, bottom: -1, left: Infinity, right: -1 };
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const y = Math.floor(i / width);
    const x = i - y * width;
    if (y < box.top) box.top = y;
    if (y > box.bottom) box.bottom = y;
    if (x < box.left) box.left = x;
    if (x > box.right) box.right = x;
  }
  return { ...box, height: box.bottom - box.top + 1, width: box.right - box.left + 1 };
}
