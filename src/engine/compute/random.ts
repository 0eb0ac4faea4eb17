/**
 * A seeded source of random numbers: xoshiro128** (Blackman and Vigna 2021, https://prng.di.unimi.it), seeded by
 * SplitMix32. Normal numbers by the ziggurat of Marsaglia and Tsang (2000) with 128 layers. The same seed gives
 * the same numbers on every machine, but for normals, whose tails use the machine's log and exp.
 */

const layers = 128;
const edge = 3.442619855899;
const area = 9.91256303526217e-3;
const thresholds = new Uint32Array(layers);
const widths = new Float64Array(layers);
const heights = new Float64Array(layers);
buildZiggurat();

/** Of xoshiro128**: what its state becomes after 2⁶⁴ steps, as Blackman and Vigna give it. */
const jumpPolynomial = [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b] as const;

/** Up to here the product of a number with 32 bits is exact in double precision. */
const exactProducts = 2 ** 21;

function buildZiggurat(): void {
  const scale = 2 ** 31;
  let x = edge;
  let previous = edge;
  const q = area / Math.exp(-0.5 * edge * edge);
  thresholds[0] = (edge / q) * scale;
  thresholds[1] = 0;
  widths[0] = q / scale;
  widths[layers - 1] = edge / scale;
  heights[0] = 1;
  heights[layers - 1] = Math.exp(-0.5 * edge * edge);
  for (let layer = layers - 2; layer >= 1; layer--) {
    x = Math.sqrt(-2 * Math.log(area / x + Math.exp(-0.5 * x * x)));
    thresholds[layer + 1] = (x / previous) * scale;
    previous = x;
    heights[layer] = Math.exp(-0.5 * x * x);
    widths[layer] = x / scale;
  }
}

export interface Random {
  /** Uniform in (0, 1), neither end included. */
  uniform(): number;
  /** Normal with mean 0 and variance 1. */
  normal(): number;
  /** A whole number of 0 … n − 1, all equally likely (Lemire 2019). `n` is at most 2³². */
  integer(n: number): number;
  /** Fills with uniform numbers in (0, 1), neither end included, even in single precision. */
  fillUniform(target: Float32Array): void;
  /** Uniform too, of 65,536 values only, in less time: for thresholds. */
  fillCoarse(target: Float32Array): void;
  fillNormal(target: Float32Array): void;
  /** Puts the elements in random order. */
  shuffle(target: Uint32Array): void;
  /** Moves on by 2⁶⁴ words: what is drawn before a jump never meets what is drawn after it. */
  jump(): void;
  /** The state, to go on from later. */
  save(): RandomState;
  restore(state: RandomState): void;
}

/** Four 32-bit words. */
export type RandomState = readonly [number, number, number, number];

/** 23 bits and a half: in single precision neither 0 nor 1 can come out. */
function uniformOf(word: number): number {
  return ((word >>> 9) + 0.5) * 2 ** -23;
}

/** Words made at a time. */
const blockWords = 256;
/** For words nobody reads. */
const spare = new Int32Array(blockWords);

/** Writes `count` words that follow a state into `target`; returns the state they leave. */
function run(state: RandomState, target: Int32Array, count: number): RandomState {
  let [a, b, c, d] = state;
  for (let index = 0; index < count; index++) {
    const product = Math.imul(b, 5);
    target[index] = Math.imul((product << 7) | (product >>> 25), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
  }
  return [a, b, c, d];
}

/** A generator for a seed, any number; its lower 53 bits count. */
export function createRandom(seed: number): Random {
  // Words are made a block at a time, in a loop that keeps the state in registers.
  const words = new Int32Array(blockWords);
  let used = blockWords;
  /** The state before the block's first word, and after its last. */
  let before: RandomState = [0, 0, 0, 0];
  let after: RandomState = before;

  const next = (): number => {
    if (used === blockWords) {
      before = after;
      after = run(before, words, blockWords);
      used = 0;
    }
    return words[used++]!;
  };

  const save = (): RandomState => (used === blockWords ? after : run(before, spare, used));

  const restore = (state: RandomState): void => {
    after = [state[0] | 0, state[1] | 0, state[2] | 0, state[3] | 0];
    used = blockWords;
  };

  const uniform = (): number => uniformOf(next());

  const normal = (): number => {
    for (;;) {
      const bits = next();
      const layer = bits & (layers - 1);
      // The layer takes the lowest bits, so the position is drawn from a word without them.
      const position = (bits & ~(layers - 1)) | 0;
      const x = position * widths[layer]!;
      if (Math.abs(position) < thresholds[layer]!) return x;
      if (layer === 0) {
        for (;;) {
          const beyond = -Math.log(uniform()) / edge;
          const height = -Math.log(uniform());
          if (height + height >= beyond * beyond) return position > 0 ? edge + beyond : -edge - beyond;
        }
      }
      const low = heights[layer]!;
      if (low + uniform() * (heights[layer - 1]! - low) < Math.exp(-0.5 * x * x)) return x;
    }
  };

  const integer = (n: number): number => {
    if (n <= 1) return 0;
    if (n > exactProducts) {
      // Rejects the remainder so that no value is favoured.
      const limit = 2 ** 32 - (2 ** 32 % n);
      for (;;) {
        const bits = next() >>> 0;
        if (bits < limit) return bits % n;
      }
    }
    // Without a division but in the rarest case.
    for (;;) {
      const bits = next() >>> 0;
      const low = Math.imul(bits, n) >>> 0;
      if (low >= n || low >= 2 ** 32 % n) return (bits * n - low) * 2 ** -32;
    }
  };

  const jump = (): void => {
    let state = save();
    let [a, b, c, d] = [0, 0, 0, 0];
    for (const word of jumpPolynomial) {
      for (let bit = 0; bit < 32; bit++) {
        if ((word >>> bit) & 1) [a, b, c, d] = [a ^ state[0], b ^ state[1], c ^ state[2], d ^ state[3]];
        state = run(state, spare, 1);
      }
    }
    restore([a, b, c, d]);
  };

  let mixed = ((Math.floor(seed) % 2 ** 32) | 0) ^ Math.imul(Math.floor(seed / 2 ** 32) | 0, 0x85ebca6b);
  const splitMix = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  restore([splitMix(), splitMix(), splitMix(), splitMix() || 1]);

  return {
    uniform,
    normal,
    integer,
    fillUniform: (target) => {
      let state = save();
      for (let from = 0; from < target.length; from += blockWords) {
        const count = Math.min(blockWords, target.length - from);
        state = run(state, spare, count);
        for (let index = 0; index < count; index++) target[from + index] = uniformOf(spare[index]!);
      }
      restore(state);
    },
    fillCoarse: (target) => {
      let state = save();
      for (let from = 0; from < target.length; from += 2 * blockWords) {
        const count = Math.min(blockWords, (target.length - from) / 2);
        state = run(state, spare, Math.ceil(count));
        for (let index = 0; index < count; index++) {
          const word = spare[index]!;
          target[from + 2 * index] = ((word >>> 16) + 0.5) * 2 ** -16;
          // What lies beyond an odd end is dropped.
          target[from + 2 * index + 1] = ((word & 0xffff) + 0.5) * 2 ** -16;
        }
      }
      restore(state);
    },
    fillNormal: (target) => {
      for (let index = 0; index < target.length; index++) target[index] = normal();
    },
    shuffle: (target) => {
      for (let last = target.length - 1; last > 0; last--) {
        const other = integer(last + 1);
        const kept = target[last]!;
        target[last] = target[other]!;
        target[other] = kept;
      }
    },
    jump,
    save,
    restore,
  };
}
