// Maps laid side by side, with a line of one pixel between them, and where a pixel then is. No DOM.

/** Pictures side by side in rows of `across`, with lines of brightness `line` between them. */
export function mosaic(pictures, across, line = 0) {
  const [{ height: h, width: w }] = pictures;
  const rows = Math.ceil(pictures.length / across);
  const [height, width] = [rows * (h + 1) - 1, across * (w + 1) - 1];
  const values = new Float32Array(height * width).fill(line);
  pictures.forEach((picture, k) => {
    const [top, left] = [Math.floor(k / across) * (h + 1), (k % across) * (w + 1)];
    for (let y = 0; y < h; y++) values.set(picture.values.subarray(y * w, (y + 1) * w), (top + y) * width + left);
  });
  return { height, width, values };
}

/** Where a pixel of a mosaic of maps is: {channel, row, column}; null on the lines between them. */
export function placeIn([height, width, n], across, { row, column }) {
  const [down, along] = [Math.floor(row / (height + 1)), Math.floor(column / (width + 1))];
  const place = { channel: down * across + along, row: row % (height + 1), column: column % (width + 1) };
  return place.row < height && place.column < width && place.channel < n && along < across ? place : null;
}

/** The reverse: the pixel of the mosaic at which a place is shown. */
export const shownAt = ([height, width], across, { channel, row, column }) => ({
  row: Math.floor(channel / across) * (height + 1) + row,
  column: (channel % across) * (width + 1) + column,
});

/** One step in a mosaic, from map to map over its edges; it stays where there is nothing further. */
export function walk(shape, across, place, [down, right]) {
  const [height, width, n] = shape;
  const next = { ...place, row: place.row + down, column: place.column + right };
  const over = Number(next.column >= width) - Number(next.column < 0);
  const under = Number(next.row >= height) - Number(next.row < 0);
  if (over && (Math.floor(place.channel / across) !== Math.floor((place.channel + over) / across))) return place;
  const channel = place.channel + over + under * across;
  if (channel < 0 || channel >= n) return place;
  return { channel, row: (next.row + height) % height, column: (next.column + width) % width };
}
