import { describe, expect, it } from 'vitest';
import type { Scores } from './scores.ts';
import {
  explainAccuracy,
  explainCloseness,
  explainCopies,
  explainDetection,
  explainRare,
  explainUtility,
  findings,
} from './verdicts.ts';

const level = (overall: number): Scores['accuracy'] => ({
  overall,
  univariate: overall,
  bivariate: overall,
  trivariate: overall,
});
const rows = { training: 24_000, holdout: 24_000, synthetic: 24_000 };
const privacy = { closerToTraining: 0.5, exactCopies: 0, copiesExpected: 0 };

describe('verdicts', () => {
  it('judge accuracy by what fresh real rows reach', () => {
    const judged = (overall: number, ceiling: number): string =>
      explainAccuracy({ accuracy: level(overall), ceiling: level(ceiling) }).verdict;
    expect([judged(0.97, 0.98), judged(0.93, 0.98), judged(0.85, 0.98), judged(0.85, 0.86)]).toEqual([
      'good',
      'fair',
      'poor',
      'good',
    ]);
  });

  it('say in how many of ten cases a classifier tells the two apart', () => {
    const about = (auc: number): string => {
      const { verdict, sentence } = explainDetection({ detection: { auc } });
      return `${verdict}: ${sentence}`;
    };
    expect(about(0.6)).toBe(
      'good: Shown a synthetic and a real row, a good classifier tells the two apart in 6 of 10 cases.',
    );
    expect(about(0.5)).toBe('good: A good classifier cannot tell synthetic from real rows.');
    expect(about(0.945)).toMatch(/^poor.*9 of 10/);
    expect(about(0.97)).toMatch(/nearly all cases/);
    expect(about(1)).toMatch(/always tells/);
  });

  it('judge utility by what real rows teach', () => {
    const of = (synthetic: number, real: number, measure: 'auc' | 'r2' = 'auc', holdout = 24_000) =>
      explainUtility({ utility: { target: 'y', measure, synthetic, real }, rows: { ...rows, holdout } });
    expect(of(0.91, 0.93)).toMatchObject({
      verdict: 'good',
      sentence: expect.stringContaining('95 %') as string,
    });
    expect(of(0.88, 0.93)?.verdict).toBe('fair');
    expect(of(0.7, 0.93)?.verdict).toBe('poor');
    expect(of(0.95, 0.93)?.sentence).toContain('as well as');
    expect(of(-3, 0.6, 'r2')).toMatchObject({
      verdict: 'poor',
      sentence: expect.stringContaining('0 %') as string,
    });
    expect(of(0.5, 0.51)?.sentence).toContain('Not even real rows');
    expect(explainUtility({ rows })).toBeUndefined();
    // What a hundred rows show of a weak target may be chance; what they show of a strong one is not.
    expect(of(0.49, 0.54, 'auc', 100)?.sentence).toContain('Not even real rows');
    expect(of(0.49, 0.54)?.verdict).toBe('poor');
    expect(of(0.6, 0.9, 'auc', 100)?.verdict).toBe('poor');
    expect(of(0, 0.03, 'r2', 100)?.sentence).toContain('Not even real rows');
    expect(of(0.1, 0.5, 'r2', 100)?.verdict).toBe('poor');
    expect(of(0.6, 0.9, 'auc', 49)).toBeUndefined();
  });

  it('take half of the rows nearer to training as ideal, and small tables as uncertain', () => {
    const judged = (closerToTraining: number, synthetic = 24_000): string =>
      explainCloseness({ privacy: { ...privacy, closerToTraining }, rows: { ...rows, synthetic } }).verdict;
    expect([judged(0.5), judged(0.54), judged(0.59), judged(0.75)]).toEqual(['good', 'good', 'fair', 'poor']);
    expect(judged(0.59, 50)).toBe('good');
  });

  it('judge copies by how many are to be expected', () => {
    const judged = (exactCopies: number, copiesExpected: number): string =>
      explainCopies({ privacy: { ...privacy, exactCopies, copiesExpected }, rows }).verdict;
    expect([judged(0, 0), judged(5, 0), judged(500, 0)]).toEqual(['good', 'fair', 'poor']);
    expect([judged(24_000, 24_000), judged(10, 9)]).toEqual(['good', 'good']);
    expect(explainCopies({ privacy: { ...privacy, exactCopies: 1 }, rows }).sentence).toBe(
      '1 of 24,000 synthetic rows equals a training row.',
    );
    const said = (exactCopies: number, copiesExpected: number): string =>
      explainCopies({ privacy: { ...privacy, exactCopies, copiesExpected }, rows }).sentence;
    expect(said(24_000, 24_000)).toBe(
      '24,000 of 24,000 synthetic rows equal a training row, as many as among fresh real rows (about 24,000).',
    );
    expect(said(10, 400)).toContain('fewer than among fresh real rows (about 400)');
    expect(said(100, 10)).toBe(
      '100 of 24,000 synthetic rows equal a training row; about 10 would by chance.',
    );
    expect(said(1, 0.02)).toBe('1 of 24,000 synthetic rows equals a training row.');
  });

  it('count rare classes kept within a quarter of their share, or within chance', () => {
    const of = (real: number, synthetic: number, training = 24_000) =>
      explainRare({ rare: [{ column: 'c', real, synthetic }], rows: { ...rows, training } })?.verdict;
    expect([of(0.04, 0.045), of(0.04, 0.02), of(0.001, 0.0014, 1000)]).toEqual(['good', 'poor', 'good']);
    expect(explainRare({ rare: [], rows })).toBeUndefined();
  });

  it('cover every score there is', () => {
    const scores: Scores = {
      accuracy: level(0.97),
      ceiling: level(0.98),
      detection: { auc: 0.6 },
      privacy,
      columns: [],
      pairs: [],
      rare: [],
      rows,
    };
    expect(findings(scores).map(({ score }) => score)).toEqual([
      'accuracy',
      'detection',
      'closeness',
      'copies',
    ]);
    const target = { target: 'y', measure: 'auc' as const, synthetic: 0.9, real: 0.92 };
    const rare = [{ column: 'c', real: 0.01, synthetic: 0.01 }];
    expect(findings({ ...scores, utility: target, rare })).toHaveLength(6);
  });
});
