/** A small seeded source of randomness for sampling rows and columns, bit-reproducible everywhere. */
export interface Draws {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Uniform in 0 … limit − 1; limit up to 2³². */
  integer(limit: number): number;
  /** A random order of 0 … length − 1 (Fisher–Yates). */
  permutation(length: number): Uint32Array;
  /** `size` distinct numbers of 0 … length − 1 in ascending order; all of them where size ≥ length. */
  sample(length: number, size: number): Uint32Array;
}

/** SplitMix32: a Weyl sequence through the 32-bit finaliser of MurmurHash3 (variant by Mulvey). */
export function createDraws(seed: number): Draws {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return mixed >>> 0;
  };
  const uniform = (): number => next() / 0x1_0000_0000;
  const integer = (limit: number): number => Math.floor(uniform() * limit);
  const shuffled = (length: number, size: number): Uint32Array => {
    const order = new Uint32Array(length);
    for (let index = 0; index < length; index++) order[index] = index;
    for (let index = 0; index < size; index++) {
      const other = index + integer(length - index);
      const held = order[index]!;
      order[index] = order[other]!;
      order[other] = held;
    }
    return order;
  };
  return {
    uniform,
    integer,
    permutation: (length) => shuffled(length, length),
    sample: (length, size) => {
      const taken = Math.min(size, length);
      return shuffled(length, taken).subarray(0, taken).sort();
    },
  };
}
