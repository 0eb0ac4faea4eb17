/**
 * The scores in plain words, the same in the window and the terminal. Pure functions of a score.
 *
 * Thresholds are relative to what fresh real rows would reach where that is known (`ceiling`, the real model, the
 * copies to be expected), and to chance where it is not; each is justified where it stands.
 */
import { fixed } from './fixed.ts';
import type { Scores } from './scores.ts';

export type Verdict = 'good' | 'fair' | 'poor';

export interface Finding {
  verdict: Verdict;
  /** What was found, with its figure. */
  sentence: string;
  /** What was measured and how to read it. */
  about: string;
}

export type ScoreName = 'accuracy' | 'utility' | 'detection' | 'closeness' | 'copies' | 'rare';

/** A finding for every score there is, in the order of a report. */
export function findings(scores: Scores): (Finding & { score: ScoreName })[] {
  const all: Record<ScoreName, Finding | undefined> = {
    accuracy: explainAccuracy(scores),
    utility: explainUtility(scores),
    detection: explainDetection(scores),
    closeness: explainCloseness(scores),
    copies: explainCopies(scores),
    rare: explainRare(scores),
  };
  const order: ScoreName[] = ['accuracy', 'utility', 'detection', 'closeness', 'copies', 'rare'];
  return order.flatMap((score) => {
    const finding = all[score];
    return finding ? [{ score, ...finding }] : [];
  });
}

/**
 * Good within 2 points of the ceiling, about what the best published models reach on census (0.976 beside 0.992);
 * poor beyond 8, where CTGAN's defaults lie (0.848).
 */
export function explainAccuracy({ accuracy, ceiling }: Pick<Scores, 'accuracy' | 'ceiling'>): Finding {
  const gap = ceiling.overall - accuracy.overall;
  const bound = `fresh real rows reach ${percent(ceiling.overall)}`;
  return {
    verdict: grade(gap, 0.02, 0.08),
    sentence: `The synthetic table agrees with the real one to ${percent(accuracy.overall)}; ${bound}.`,
    about:
      'Shares of values are compared column by column, for pairs and for triples of columns. ' +
      '100 % would be the very same shares, which not even other real rows have.',
  };
}

/**
 * AUC: good while the synthetic model keeps 94 % of what real data teaches beyond guessing (census: 0.905 of
 * 0.93); poor below 80 %. R²: the same shares of the real model's value. Nothing is said of a holdout so small that
 * any figure could be chance.
 */
export function explainUtility({ utility, rows }: Pick<Scores, 'utility' | 'rows'>): Finding | undefined {
  if (!utility || rows.holdout < fewestTestRows) return undefined;
  const { target, measure, synthetic, real } = utility;
  const chance = measure === 'auc' ? 0.5 : 0;
  const learnable = real - chance;
  const about =
    `A model learns to predict “${target}” from synthetic rows, another from real ones; ` +
    'both are tried on real rows neither has seen. ' +
    (measure === 'auc'
      ? '0.5 is guessing, 1 is always right.'
      : '0 is guessing the mean, 1 is always right.');
  const figures = `${decimal(synthetic)} against ${decimal(real)}`;
  if (!isUtilityJudged({ utility, rows })) {
    return {
      verdict: synthetic <= real + 0.1 ? 'good' : 'fair',
      sentence: `Not even real rows let a model predict “${target}” better than by chance (${figures}), so there is nothing to lose.`,
      about,
    };
  }
  const kept = (synthetic - chance) / learnable;
  return {
    verdict: grade(1 - kept, 0.06, 0.2),
    sentence:
      kept >= 1
        ? `A model trained on synthetic rows predicts “${target}” as well as one trained on real rows (${figures}).`
        : `A model trained on synthetic rows keeps ${percent(Math.max(0, kept), 0)} of what real rows teach about “${target}” (${figures}).`,
    about,
  };
}

/** Real rows a prediction is tried on, below which nothing is said of it. */
const fewestTestRows = 50;

/**
 * Whether real rows teach anything of the target that could be lost: more than 0.02, and more than two standard
 * errors above guessing. AUC: the standard error at 0.5 (Hanley and McNeil, 1982, √((n + 1) / 12 n₁ n₂)), taking
 * the rarer class to have a tenth of the rows. R²: that of Olkin and Finn (1995), 2 R (1 − R²) / √n.
 */
export function isUtilityJudged({ utility, rows }: Pick<Scores, 'utility' | 'rows'>): boolean {
  const tested = rows.holdout;
  if (!utility || tested < fewestTestRows) return false;
  const { measure, real } = utility;
  const learnable = measure === 'auc' ? real - 0.5 : real;
  const error =
    measure === 'auc'
      ? Math.sqrt((tested + 1) / (12 * 0.1 * 0.9 * tested ** 2))
      : (2 * Math.sqrt(Math.max(0, real)) * (1 - real)) / Math.sqrt(tested);
  return learnable >= 0.02 && learnable > 2 * error;
}

/**
 * Good up to 0.65, what strong published models reach on census (0.56 to 0.62) and a little more; poor above 0.8,
 * where a classifier is right in eight of ten pairs.
 */
export function explainDetection({ detection: { auc } }: Pick<Scores, 'detection'>): Finding {
  const cases = Math.round(auc * 10);
  const told =
    auc < 0.525
      ? 'A good classifier cannot tell synthetic from real rows.'
      : auc >= 0.995
        ? 'A good classifier always tells synthetic from real rows.'
        : `Shown a synthetic and a real row, a good classifier tells the two apart in ${
            cases >= 10 ? 'nearly all' : `${String(cases)} of 10`
          } cases.`;
  return {
    verdict: grade(auc, 0.65, 0.8),
    sentence: told,
    about: `Gradient boosting learns to spot synthetic rows (AUC ${decimal(auc)}). 5 of 10 is chance; 10 of 10 means they are easily spotted.`,
  };
}

/**
 * Half is ideal. Good up to 0.55 (0.50 to 0.52 is sampling error for 5,000 rows, worst of five groups of columns);
 * poor above 0.6, where CTGAN and models that draw training values lie. Few rows widen both by two standard errors.
 */
export function explainCloseness({ privacy, rows }: Pick<Scores, 'privacy' | 'rows'>): Finding {
  const share = privacy.closerToTraining;
  const error = 0.5 / Math.sqrt(Math.max(1, Math.min(rows.synthetic, 5000)));
  const slack = Math.max(0, 2 * error - 0.02);
  return {
    verdict: grade(share, 0.55 + slack, 0.6 + slack),
    sentence: `${percent(share)} of synthetic rows are nearer to a row the model learned from than to one it never saw.`,
    about:
      'A model that has learned patterns, not rows, is no nearer to its training rows than to others: 50 %.',
  };
}

/**
 * Copies are judged by how many fresh real rows would hold: in a table of two columns nearly every row has its
 * like. Good up to that number and two standard errors (Poisson); poor at twice it and from 0.1 % of rows.
 */
export function explainCopies({ privacy, rows }: Pick<Scores, 'privacy' | 'rows'>): Finding {
  const { exactCopies, copiesExpected = 0 } = privacy;
  const spread = 2 * Math.sqrt(copiesExpected);
  const bound = copiesExpected + spread;
  const many = Math.max(2 * bound, rows.synthetic / 1000);
  const about = `Synthetic rows equal to a training row in every column; as many fresh real rows would hold about ${count(copiesExpected)}, by chance.`;
  // What chance brings belongs beside the number: by itself it reads like a leak where it is none.
  const beside =
    copiesExpected < 0.5
      ? ''
      : exactCopies > bound
        ? `; about ${count(copiesExpected)} would by chance`
        : `, ${exactCopies < copiesExpected - spread ? 'fewer than' : 'as many as'} among fresh real rows (about ${count(copiesExpected)})`;
  const sentence =
    exactCopies === 0
      ? 'No synthetic row is a copy of a training row.'
      : `${count(exactCopies)} of ${count(rows.synthetic)} synthetic rows ${exactCopies === 1 ? 'equals' : 'equal'} a training row${beside}.`;
  return { verdict: grade(exactCopies, bound, many), sentence, about };
}

/**
 * A class counts as kept within a quarter of its true share, or within two standard errors where rows are few.
 * Good if nine in ten are kept, poor below half.
 */
export function explainRare({ rare, rows }: Pick<Scores, 'rare' | 'rows'>): Finding | undefined {
  if (rare.length === 0) return undefined;
  const kept = rare.filter((one) => isRareKept(one, rows)).length;
  const all = rare.length;
  return {
    verdict: grade(1 - kept / all, 0.1, 0.5),
    sentence: `${count(kept)} of ${count(all)} rare ${all === 1 ? 'class' : 'classes'} ${kept === 1 ? 'comes' : 'come'} out within a quarter of the true share.`,
    about: 'Classes with less than 5 % of the rows are what generators lose or exaggerate first.',
  };
}

/** Whether one rare class counts as kept; see `explainRare`. */
export function isRareKept({ real, synthetic }: Scores['rare'][number], rows: Scores['rows']): boolean {
  const error = Math.sqrt((real * (1 - real)) / rows.training + (real * (1 - real)) / rows.synthetic);
  return Math.abs(synthetic - real) <= Math.max(real / 4, 2 * error);
}

/** Good up to `good`, poor above `fair`. */
function grade(value: number, good: number, fair: number): Verdict {
  if (value <= good) return 'good';
  return value <= fair ? 'fair' : 'poor';
}

function percent(share: number, decimals = 1): string {
  return `${(share * 100).toFixed(decimals)} %`;
}

function decimal(value: number): string {
  return fixed(value, 2);
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}
