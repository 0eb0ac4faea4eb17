import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { frameFragments, joined } from './fragments.ts';

// Fragments of 4 bytes, each behind a header of 8.
const ranges = [0, 1, 2, 3].map((i) => ({ start: 12 * i + 8, end: 12 * i + 12 }));
const plain = new Uint8Array(48);
const counts = (frames: readonly (readonly unknown[])[]) => frames.map((frame) => frame.length);

describe('fragments of frames', () => {
  test('one frame takes all, as many as frames one each', () => {
    expect(counts(frameFragments(plain, { fragments: ranges, offsets: [] }, 1))).toEqual([4]);
    expect(counts(frameFragments(plain, { fragments: ranges, offsets: [] }, 4))).toEqual([1, 1, 1, 1]);
  });

  test('by the offset table', () => {
    expect(counts(frameFragments(plain, { fragments: ranges, offsets: [0, 12] }, 2))).toEqual([1, 3]);
  });

  test('by the ends of streams, padded or not, where there is no table or it leads nowhere', () => {
    const bytes = plain.slice();
    bytes.set([0xff, 0xd9, 0], 12 * 2 + 9);
    bytes.set([0xff, 0xd9], 12 * 3 + 10);
    expect(counts(frameFragments(bytes, { fragments: ranges, offsets: [] }, 2))).toEqual([3, 1]);
    expect(counts(frameFragments(bytes, { fragments: ranges, offsets: [0, 7] }, 2))).toEqual([3, 1]);
  });

  test('where it cannot be told, nothing is guessed', () => {
    expect(() => frameFragments(plain, { fragments: ranges, offsets: [] }, 3)).toThrow(AppError);
  });

  test('joined, they are the bytes between', () => {
    const bytes = plain.map((_, i) => i);
    expect([...joined(bytes, ranges.slice(0, 2))]).toEqual([8, 9, 10, 11, 20, 21, 22, 23]);
  });
});
