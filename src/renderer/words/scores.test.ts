import { describe, expect, it } from 'vitest';
import type { Scores } from '../../shared/scores.ts';
import { rareKept, verdicts } from './scores.ts';

const accuracy = { overall: 0.968, univariate: 0.98, bivariate: 0.97, trivariate: 0.95 };
const scores: Scores = {
  accuracy,
  ceiling: { ...accuracy, overall: 0.979 },
  utility: { target: 'income', measure: 'auc', synthetic: 0.905, real: 0.921 },
  detection: { auc: 0.62 },
  privacy: { closerToTraining: 0.507, exactCopies: 0 },
  columns: [],
  pairs: [],
  rare: [],
  rows: { training: 24000, holdout: 6000, synthetic: 6000 },
};
const of = (id: string, change: Partial<Scores> = {}) =>
  verdicts({ ...scores, ...change }).find((verdict) => verdict.id === id);

describe('verdicts', () => {
  it('says the figure in words and keeps the exact term beside it', () => {
    expect(of('told-apart')?.plain).toContain('6 of 10');
    expect(of('told-apart')?.term).toBe('detection AUC 0.62');
    expect(of('alike')?.plain).toContain('97 %');
    expect(of('useful')?.plain).toContain('almost as well');
    expect(of('private')?.plain).toContain('51 of 100');
  });

  it('does not round bad news away', () => {
    expect(of('told-apart', { detection: { auc: 0.998 } })?.plain).toContain('100 of 100');
    expect(of('told-apart', { detection: { auc: 0.95 } })?.plain).toContain('95 of 100');
    expect(of('told-apart', { detection: { auc: 0.95 } })?.tone).toBe('look');
    expect(of('told-apart', { detection: { auc: 0.1 } })?.tone).toBe('look');
  });

  it('warns of memorising, and of data at risk', () => {
    expect(of('private')?.tone).toBe('good');
    expect(of('private', { privacy: { closerToTraining: 0.57, exactCopies: 0 } })?.tone).toBe('look');
    expect(of('private', { privacy: { closerToTraining: 0.5, exactCopies: 1 } })?.plain).toContain(
      '1 synthetic row equals',
    );
    expect(of('private', { privacy: { closerToTraining: 0.9, exactCopies: 0 } })?.tone).toBe('risk');
  });

  it('leaves out what was not measured', () => {
    const { utility, ...without } = scores;
    expect(utility).toBeDefined();
    expect(verdicts(without).map((verdict) => verdict.id)).toEqual(['alike', 'told-apart', 'private']);
  });
});

it('keeps a rare class within a quarter of its share', () => {
  expect(rareKept(0.04, 0.0499)).toBe(true);
  expect(rareKept(0.04, 0.0501)).toBe(false);
  expect(rareKept(0.04, 0.029)).toBe(false);
});
