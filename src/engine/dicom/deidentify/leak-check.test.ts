import { describe, expect, it } from 'vitest';
import { findLeaks, needlesOf } from './leak-check.ts';

describe('the leak check', () => {
  const needles = [
    ...needlesOf(0x00100010, 'name', 'Müller^Joan'),
    ...needlesOf(0x00100020, 'id', '4711'),
    ...needlesOf(0x00080020, 'date', '20040119'),
  ];

  it('finds values in any encoding and case', () => {
    for (const [bytes, of] of [
      [Buffer.from('xx JOAN'), 0x00100010],
      [Buffer.from('müller', 'latin1'), 0x00100010],
      [Buffer.from('MÜLLER'), 0x00100010],
      [Buffer.from('Joan', 'utf16le'), 0x00100010],
      [Buffer.from('Joan', 'utf16le').swap16(), 0x00100010],
      [Buffer.from('id=4711;'), 0x00100020],
      [Buffer.from('20040119101010'), 0x00080020],
    ] as const)
      expect(findLeaks(bytes, needles, () => []).map((leak) => leak.of)).toEqual([of]);
  });

  it('tells numbers from parts of longer ones, and the element of a hit', () => {
    expect(findLeaks(Buffer.from('2.25.9471100220040119'), needles, () => [])).toEqual([]);
    const region = { tag: 0x00291010, vr: 'UN', start: 2, end: 10 };
    expect(findLeaks(Buffer.from('..joan....'), needles, () => [region])).toEqual([
      { of: 0x00100010, in: 0x00291010, at: 2 },
    ]);
  });
});
