// A tile of a convolution, four pixels by eight filters, in WebAssembly, where numbers go four at a
// time (SIMD): some thirty instructions, written here by name, because JavaScript has none of this
// kind. No DOM.

const [I32, V128] = [0x7f, 0x7b];
const [GET, SET, LOOP, NOTHING, END, BRANCH_IF] = [0x20, 0x21, 0x03, 0x40, 0x0b, 0x0d];
const ADD = [0xfd, 0xe4, 0x01]; // f32x4.add
const MULTIPLY = [0xfd, 0xe6, 0x01]; // f32x4.mul
const load = (address, offset = 0) => [GET, address, 0xfd, 0x00, 2, offset]; // four numbers
const spread = (address) => [GET, address, 0xfd, 0x09, 2, 0]; // one number, four times
const store = (address, value, offset) => [GET, address, GET, value, 0xfd, 0x0b, 2, offset];
const move = (address, by) => [GET, address, ...by, 0x6a, SET, address];
const constant = (n) => [0x41, n & 0x7f];
const again = (count) => [...move(count, constant(-1)), GET, count, BRANCH_IF, 0]; // while any are left

const each = (make) => [0, 1, 2, 3].flatMap(make); // the four pixels
// 0 to 3: where the pixels' windows begin; a window has ROWS rows of RUN numbers, with SKIP between
// them; WIDE: from one pixel's sums to the next's. All but RUN and ROWS are counted in bytes.
const [SKIP, RUN, ROWS, WEIGHTS, BIASES, OUT, WIDE] = [4, 5, 6, 7, 8, 9, 10];
const [LEFT, SUMS, FIRST, SECOND, VALUE] = [11, 12, 20, 21, 22];
const grow = (sum, weights) => [GET, sum, GET, VALUE, GET, weights, ...MULTIPLY, ...ADD, SET, sum];

const body = [
  ...each((j) => [...load(BIASES), SET, SUMS + 2 * j, ...load(BIASES, 16), SET, SUMS + 2 * j + 1]),
  LOOP, NOTHING, // each row of the window
    GET, RUN, SET, LEFT,
    LOOP, NOTHING, // each number of that row
      ...load(WEIGHTS), SET, FIRST, ...load(WEIGHTS, 16), SET, SECOND, ...move(WEIGHTS, constant(32)),
      ...each((j) => [...spread(j), SET, VALUE, ...move(j, constant(4)), ...grow(SUMS + 2 * j, FIRST), ...grow(SUMS + 2 * j + 1, SECOND)]),
      ...again(LEFT),
    END,
    ...each((j) => move(j, [GET, SKIP])),
    ...again(ROWS),
  END,
  ...each((j) => [...store(OUT, SUMS + 2 * j, 0), ...store(OUT, SUMS + 2 * j + 1, 16), ...move(OUT, [GET, WIDE])]),
  END,
];

/** A list with its length before it, seven bits to a byte. */
function sized(bytes) {
  const { length } = bytes;
  return [...(length < 128 ? [length] : [(length & 0x7f) | 0x80, length >> 7]), ...bytes];
}
const section = (id, bytes) => [id, ...sized(bytes)];
const name = (text) => sized([...text].map((c) => c.charCodeAt(0)));

const program = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, // "\0asm", version 1
  ...section(1, [1, 0x60, ...sized(Array(11).fill(I32)), 0]), // one type: eleven addresses and counts, no result
  ...section(2, [1, ...name(""), ...name("memory"), 2, 0, 1]),
  ...section(3, [1, 0]),
  ...section(7, [1, ...name("tile"), 0, 0]),
  ...section(10, [1, ...sized([2, 1, I32, 11, V128, ...body])]),
]);

/** What `useEngine` of `convolution.mjs` takes: `numbers(n)`, a memory of at least n numbers, and `tile`, which ignores the
 * array that it is handed: that memory is its own. Throws where a browser or a page's policy has no such code. */
export function simd() {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(program), { "": { memory } });
  let numbers = new Float32Array(memory.buffer);
  return {
    numbers(n) {
      if (numbers.length < n) {
        memory.grow(Math.ceil((4 * n - memory.buffer.byteLength) / 2 ** 16));
        numbers = new Float32Array(memory.buffer);
      }
      return numbers;
    },
    tile: (_numbers, p0, p1, p2, p3, skip, run, rows, weights, biases, out, wide) =>
      exports.tile(4 * p0, 4 * p1, 4 * p2, 4 * p3, 4 * skip, run, rows, 4 * weights, 4 * biases, 4 * out, 4 * wide),
  };
}
