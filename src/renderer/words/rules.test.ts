import { expect, it } from 'vitest';
import { ruleEvidence } from './rules.ts';

it('a rule is said to be written by the user only where it was', () => {
  const rule = { text: 'a < b', on: true };
  expect(ruleEvidence({ ...rule, origin: 'own' })).toBe('Written by you');
  expect(ruleEvidence({ ...rule, origin: 'own', rows: 3 })).toBe('Written by you');
  expect(ruleEvidence({ ...rule, origin: 'found' })).toBe('Found in the table');
  expect(ruleEvidence({ ...rule, origin: 'model' })).toBe('Came with the model');
});

it('a found rule says in how many rows it holds', () => {
  const rule = { text: 'a < b', origin: 'found', on: true } as const;
  expect(ruleEvidence({ ...rule, rows: 1200 })).toBe('Holds in all 1,200 rows it speaks of');
  expect(ruleEvidence({ ...rule, rows: 1200, counterexamples: 0 })).toBe(
    'Holds in all 1,200 rows it speaks of',
  );
  expect(ruleEvidence({ ...rule, rows: 1200, counterexamples: 7 })).toBe('Holds in 1,200 rows, but for 7');
});
