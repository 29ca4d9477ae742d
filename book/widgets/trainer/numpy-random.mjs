// NumPy's `default_rng(seed)`, number by number: SeedSequence, PCG64 and what is drawn from it.
// So the page starts, shuffles and trains exactly as the package does. No DOM.

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
const [LOW64, LOW128] = [(1n << 64n) - 1n, (1n << 128n) - 1n];

/** The four 64-bit numbers that a seed below 2³² is hashed to (M. E. O'Neill's seed_seq). */
function seedWords(seed) {
  const mix = (x, y) => {
    const value = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) >>> 0;
    return (value ^ (value >>> 16)) >>> 0;
  };
  const hasher = (start, factor) => {
    let constant = start;
    return (value) => {
      const mixed = (value ^ constant) >>> 0;
      constant = Math.imul(constant, factor) >>> 0;
      const product = Math.imul(mixed, constant) >>> 0;
      return (product ^ (product >>> 16)) >>> 0;
    };
  };
  const hash = hasher(0x43b0d7e5, 0x931e8875);
  const pool = [seed, 0, 0, 0].map(hash);
  for (let from = 0; from < 4; from++)
    for (let to = 0; to < 4; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  const out = hasher(0x8b51f9dd, 0x58f38ded);
  const words = Array.from({ length: 8 }, (_, i) => BigInt(out(pool[i % 4])));
  return [0, 2, 4, 6].map((i) => words[i] | (words[i + 1] << 32n));
}

export class Random {
  #state = 0n;
  #step;
  #kept = null; // the other half of a 64-bit number

  constructor(seed) {
    const [a, b, c, d] = seedWords(seed);
    this.#step = ((((c << 64n) | d) << 1n) | 1n) & LOW128;
    this.#advance();
    this.#state = (this.#state + ((a << 64n) | b)) & LOW128;
    this.#advance();
  }

  #advance() {
    this.#state = (this.#state * MULTIPLIER + this.#step) & LOW128;
  }

  #next64() {
    this.#advance();
    const folded = ((this.#state >> 64n) ^ this.#state) & LOW64;
    const turn = this.#state >> 122n;
    return ((folded >> turn) | (folded << ((64n - turn) & 63n))) & LOW64;
  }

  #next32() {
    if (this.#kept !== null) {
      const kept = this.#kept;
      this.#kept = null;
      return kept;
    }
    const both = this.#next64();
    this.#kept = Number(both >> 32n);
    return Number(both & 0xffffffffn);
  }

  /** A number from 0 to below 1. */
  random() {
    return Number(this.#next64() >> 11n) / 2 ** 53;
  }

  /** A number between two others. */
  uniform(low, high) {
    return low + (high - low) * this.random();
  }

  /** A whole number from 0 to `most`: as many bits as `most` has are drawn until the number is not above it. */
  #upTo(most) {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const value = (this.#next32() & mask) >>> 0;
      if (value <= most) return value;
    }
  }

  /** The numbers from 0 to n − 1 in random order. */
  permutation(n) {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.#upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }
}
