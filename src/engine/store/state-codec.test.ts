import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeState, encodeState } from './state-codec.ts';
import type { Places, StateArray } from './state-codec.ts';

const none = (): never => {
  throw new Error('no other part');
};
const array = fc.oneof(
  fc.float32Array().map((values) => Float32Array.from(values)),
  fc.uint32Array().map((values) => Uint32Array.from(values)),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.double(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    array,
    fc.array(tie('tree')),
    fc.dictionary(
      fc.string().filter((key) => !key.startsWith('$') && key !== '__proto__'),
      tie('tree'),
      {
        noNullPrototype: true,
      },
    ),
  ),
}));

it('gives back what it was given, to the bit', () => {
  fc.assert(
    fc.property(tree, (state) => {
      const { pieces, parts } = encodeState(state, 3, new WeakMap());
      const bytes = Buffer.concat(pieces);
      expect([...parts]).toEqual([3]);
      // Wherever the bytes lie in memory.
      const shifted = new Uint8Array(bytes.length + 3).subarray(3);
      shifted.set(bytes);
      expect(decodeState(shifted, 3, none, new WeakMap()).state).toEqual(state);
    }),
  );
});

it('refers to arrays that an earlier part holds, also after they were read back', () => {
  const places: Places = new WeakMap();
  const kept = Float32Array.of(1, 2, 3);
  const first = encodeState({ kept, passing: Uint32Array.of(9), twice: kept }, 1, places);
  expect(first.added.size).toBe(2);
  for (const [array, place] of first.added) places.set(array, place);
  const second = encodeState({ kept, passing: Uint32Array.of(8) }, 2, places);
  expect([...second.parts].sort()).toEqual([1, 2]);
  expect(second.added).toHaveProperty('size', 1);
  const again: Places = new WeakMap();
  const read = decodeState(
    Buffer.concat(second.pieces),
    2,
    (part) => (part === 1 ? Buffer.concat(first.pieces) : none()),
    again,
  );
  expect(read.state).toEqual({ kept, passing: Uint32Array.of(8) });
  expect([...read.parts].sort()).toEqual([1, 2]);
  const { kept: back } = read.state as { kept: StateArray };
  expect([...encodeState({ back }, 3, again).parts].sort()).toEqual([1, 3]);
});

it('refuses bytes that end too early', () => {
  const bytes = Buffer.concat(encodeState({ a: Float32Array.of(1, 2, 3) }, 1, new WeakMap()).pieces);
  for (const length of [0, 3, 9, bytes.length - 8]) {
    expect(() => decodeState(bytes.subarray(0, length), 1, none, new WeakMap())).toThrow();
  }
});
