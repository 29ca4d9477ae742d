// Grey pictures {height, width, values 0–255}: from a file, onto a canvas, under a pointer.

/** Decode a picture and make it grey, its longer side at most `longest` pixels. */
export async function readGrey(blob, longest) {
  // Phones store a photo as it was held; the browser turns it upright here.
  const image = await createImageBitmap(blob);
  const scale = Math.min(1, longest / Math.max(image.width, image.height));
  const [width, height] = [image.width, image.height].map((n) => Math.max(1, Math.round(n * scale)));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "#fff"; // what shows through transparency
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return { height, width, values: greyOf(context.getImageData(0, 0, width, height).data) };
}

/** A picture from rows of values. */
export const fromRows = (rows) => ({ height: rows.length, width: rows[0].length, values: Float32Array.from(rows.flat()) });

/** Brightness of red, green, blue, alpha bytes, as the eye weighs them (ITU-R BT.601). */
export function greyOf(bytes) {
  const grey = new Float32Array(bytes.length / 4);
  for (let i = 0, k = 0; k < bytes.length; i++, k += 4)
    grey[i] = 0.299 * bytes[k] + 0.587 * bytes[k + 1] + 0.114 * bytes[k + 2];
  return grey;
}

/** Paint a picture of values into a canvas, which takes its size; `shade` gives 0–255. */
export function paint(canvas, { height, width, values }, shade = (v) => v) {
  Object.assign(canvas, { height, width });
  const image = new ImageData(width, height);
  const { data } = image;
  for (let i = 0, k = 0; i < values.length; i++, k += 4) {
    data[k] = data[k + 1] = data[k + 2] = shade(values[i]);
    data[k + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** Lay a frame over a square of a picture's pixels. (By properties: the page's policy forbids the attribute.) */
export function layFrame(frame, { height, width }, row, column, size = 1) {
  const share = (part, whole) => `${(100 * part) / whole}%`;
  const place = { left: share(column, width), top: share(row, height), width: share(size, width), height: share(size, height) };
  Object.assign(frame.style, place);
}

/** The pixel of a canvas under a pointer, or null outside. */
export function pixelAt(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * canvas.width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * canvas.height);
  const inside = row >= 0 && column >= 0 && row < canvas.height && column < canvas.width;
  return inside ? { row, column } : null;
}
