// Pictures in and out: a file or an artefact becomes {height, width, values 0–255}, and back.

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

/** Brightness of red, green, blue, alpha bytes, as the eye weighs them (ITU-R BT.601). */
export function greyOf(bytes) {
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) =>
    Math.round(0.299 * bytes[4 * i] + 0.587 * bytes[4 * i + 1] + 0.114 * bytes[4 * i + 2]),
  );
}

/** Paint a picture of values into a canvas, which takes its size; `shade` gives 0–255. */
export function paint(canvas, { height, width, values }, shade = (v) => v) {
  Object.assign(canvas, { height, width });
  const data = new ImageData(width, height);
  values.forEach((v, i) => data.data.set([shade(v), shade(v), shade(v), 255], 4 * i));
  canvas.getContext("2d").putImageData(data, 0, 0);
}

/** The pixel of a canvas under a pointer, or null outside. */
export function pixelAt(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const column = Math.floor(((event.clientX - box.left) / box.width) * canvas.width);
  const row = Math.floor(((event.clientY - box.top) / box.height) * canvas.height);
  const inside = row >= 0 && column >= 0 && row < canvas.height && column < canvas.width;
  return inside ? { row, column } : null;
}
