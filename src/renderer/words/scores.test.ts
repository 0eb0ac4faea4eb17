import { describe, expect, it } from 'vitest';
import type { Scores } from '../../shared/scores.ts';
import { answers, isAtRisk } from './scores.ts';

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
const of = (question: string, change: Partial<Scores> = {}) =>
  answers({ ...scores, ...change }).find((answer) => answer.question === question);

describe('answers', () => {
  it('have words, the exact term, and an about in three parts', () => {
    expect(of('told-apart')?.sentences.join()).toContain('6 of 10');
    expect(of('told-apart')?.term).toBe('detection AUC 0.62');
    for (const answer of answers(scores)) {
      expect(answer.verdict).toBe('good');
      expect(
        [answer.about.what, answer.about.good, answer.about.how].every((text) => (text ?? '').length > 20),
      ).toBe(true);
    }
  });

  it('take the worst of what answers a question', () => {
    expect(
      of('private', { privacy: { closerToTraining: 0.5, exactCopies: 500, copiesExpected: 0 } })?.verdict,
    ).toBe('poor');
    expect(of('private', { privacy: { closerToTraining: 0.9, exactCopies: 0 } })?.short).toBe(
      'Real rows may show through',
    );
    expect(of('private')?.sentences).toHaveLength(2);
  });

  it('judge no usefulness where real rows teach nothing', () => {
    const useless = of('useful', {
      utility: { target: 'x', measure: 'r2', synthetic: -0.0002, real: -0.001 },
    });
    expect(useless).toMatchObject({ judged: false, short: 'Cannot be judged here' });
    expect(useless?.term).toBe('R² 0.000 from synthetic, −0.001 from real rows');
    expect(of('useful')).toMatchObject({ judged: true, short: 'Nearly nothing lost' });
  });

  it('are at risk when rows are copied or too near, and not for anything else', () => {
    expect(isAtRisk(scores)).toBe(false);
    expect(isAtRisk({ ...scores, detection: { auc: 0.99 } })).toBe(false);
    expect(isAtRisk({ ...scores, privacy: { closerToTraining: 0.9, exactCopies: 0 } })).toBe(true);
    expect(isAtRisk({ ...scores, privacy: { closerToTraining: 0.5, exactCopies: 900 } })).toBe(true);
  });

  it('leave out what was not measured', () => {
    const { utility, ...without } = scores;
    expect(utility).toBeDefined();
    expect(answers(without).map((answer) => answer.question)).toEqual(['alike', 'told-apart', 'private']);
  });

  it('keep a figure and its unit on one line', () => {
    expect(of('alike')?.sentences.join()).toContain('96.8\u00a0%');
  });
});
