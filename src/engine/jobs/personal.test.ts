import { expect, it } from 'vitest';
import type { Card } from '../../shared/card.ts';
import { requireTreatedModel } from './personal.ts';

const column: Card['columns'][number] = {
  name: 'c',
  kind: 'category',
  role: 'keep',
  personal: ['full-name'],
};

it('lets a model write what names people only where somebody has said so of the column', () => {
  const refusal = (one: Partial<typeof column>, keep: string[] = []): string | undefined => {
    try {
      requireTreatedModel({ columns: [{ ...column, ...one }] }, keep);
      return undefined;
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'another error';
    }
  };
  expect(refusal({})).toBe('privacy/untreated');
  expect(refusal({}, ['another'])).toBe('privacy/untreated');
  expect(refusal({}, ['c'])).toBeUndefined();
  expect(refusal({ kept: true })).toBeUndefined();
  expect(refusal({ role: 'fake', fake: 'full-name' })).toBeUndefined();
  expect(refusal({ generalise: { how: 'network' } })).toBeUndefined();
  expect(refusal({ personal: ['age'] })).toBeUndefined();
  expect(refusal({ kind: 'text' })).toBeUndefined();
});
