import { expect, it } from 'vitest';
import { dummyDocument } from './dummy-values.ts';

it('a dummy document is a PDF whose table of objects is right', () => {
  const text = Buffer.from(dummyDocument('application/pdf')).toString('latin1');
  const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  expect(text.slice(start, start + 4)).toBe('xref');
  for (const [index, line] of [...text.matchAll(/^(\d{10}) 00000 n/gm)].entries())
    expect(text.slice(Number(line[1]))).toMatch(new RegExp(`^${String(index + 1)} 0 obj`));
});
