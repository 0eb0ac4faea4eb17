/** Seeded draws: a sequence for rows that are made up, one of its own for every pseudonym. */
import type { Draw } from '../numbers/random.ts';

/** Xoshiro128** (D. Blackman and S. Vigna, Scrambled Linear Pseudorandom Number Generators, 2021). */
export function createDraw(seed: readonly [number, number, number, number]): Draw {
  let [a, b, c, d] = seed;
  // All zeros is the one state it cannot leave.
  if ((a | b | c | d) === 0) d = 1;
  const next = (): number => {
    const mixed = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return mixed;
  };
  return { below: (below) => Math.floor((next() / 2 ** 32) * below) };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** A draw from a seed and a name, for made-up rows. */
export function drawFrom(seed: number, name: string): Draw {
  const words: [number, number, number, number] = [seed >>> 0, 0x9e3779b9, 0x243f6a88, 0xb7e15162];
  for (let at = 0; at < name.length; at++) {
    const place = at % 4;
    const word = words[place] ?? 0;
    words[place] = Math.imul(word ^ name.charCodeAt(at), 0x01000193) >>> 0;
  }
  const draw = createDraw(words);
  // The first numbers of near seeds are alike.
  for (let skip = 0; skip < 16; skip++) draw.below(2);
  return draw;
}
