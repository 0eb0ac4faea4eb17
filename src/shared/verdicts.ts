/**
 * The scores in plain words, the same in the window and the terminal. Pure functions of a score and of the language,
 * which is that of the process unless it is named.
 *
 * Thresholds are relative to what fresh real rows would reach where that is known (`ceiling`, the real model, the
 * copies to be expected), and to chance where it is not; each is justified where it stands.
 */
import { fixed } from './fixed.ts';
import { getLocale, type Locale } from './language.ts';
import { m } from './messages/messages.js';
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
export function findings(scores: Scores, locale: Locale = getLocale()): (Finding & { score: ScoreName })[] {
  const all: Record<ScoreName, Finding | undefined> = {
    accuracy: explainAccuracy(scores, locale),
    utility: explainUtility(scores, locale),
    detection: explainDetection(scores, locale),
    closeness: explainCloseness(scores, locale),
    copies: explainCopies(scores, locale),
    rare: explainRare(scores, locale),
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
export function explainAccuracy(
  { accuracy, ceiling }: Pick<Scores, 'accuracy' | 'ceiling'>,
  locale: Locale = getLocale(),
): Finding {
  const gap = ceiling.overall - accuracy.overall;
  return {
    verdict: grade(gap, 0.02, 0.08),
    sentence: m.scores_accuracy_sentence(
      { accuracy: percent(accuracy.overall), ceiling: percent(ceiling.overall) },
      { locale },
    ),
    about: m.scores_accuracy_about({}, { locale }),
  };
}

/**
 * AUC: good while the synthetic model keeps 94 % of what real data teaches beyond guessing (census: 0.905 of
 * 0.93); poor below 80 %. R²: the same shares of the real model's value. Nothing is said of a holdout so small that
 * any figure could be chance.
 */
export function explainUtility(
  { utility, rows }: Pick<Scores, 'utility' | 'rows'>,
  locale: Locale = getLocale(),
): Finding | undefined {
  if (!utility || rows.holdout < fewestTestRows) return undefined;
  const { target, measure, synthetic, real } = utility;
  const chance = measure === 'auc' ? 0.5 : 0;
  const learnable = real - chance;
  const about =
    measure === 'auc'
      ? m.scores_utility_about_auc({ target }, { locale })
      : m.scores_utility_about_r2({ target }, { locale });
  const figures = { target, synthetic: decimal(synthetic), real: decimal(real) };
  if (!isUtilityJudged({ utility, rows })) {
    return {
      verdict: synthetic <= real + 0.1 ? 'good' : 'fair',
      sentence: m.scores_utility_nothing(figures, { locale }),
      about,
    };
  }
  const kept = (synthetic - chance) / learnable;
  return {
    verdict: grade(1 - kept, 0.06, 0.2),
    sentence:
      kept >= 1
        ? m.scores_utility_all(figures, { locale })
        : m.scores_utility_kept({ ...figures, kept: percent(Math.max(0, kept), 0) }, { locale }),
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
export function explainDetection(
  { detection: { auc } }: Pick<Scores, 'detection'>,
  locale: Locale = getLocale(),
): Finding {
  const cases = Math.round(auc * 10);
  const told =
    auc < 0.525
      ? m.scores_detection_none({}, { locale })
      : auc >= 0.995
        ? m.scores_detection_all({}, { locale })
        : cases >= 10
          ? m.scores_detection_nearly_all({}, { locale })
          : m.scores_detection_some({ cases }, { locale });
  return {
    verdict: grade(auc, 0.65, 0.8),
    sentence: told,
    about: m.scores_detection_about({ auc: decimal(auc) }, { locale }),
  };
}

/**
 * Half is ideal. Good up to 0.55 (0.50 to 0.52 is sampling error for 5,000 rows, worst of five groups of columns);
 * poor above 0.6, where CTGAN and models that draw training values lie. Few rows widen both by two standard errors.
 */
export function explainCloseness(
  { privacy, rows }: Pick<Scores, 'privacy' | 'rows'>,
  locale: Locale = getLocale(),
): Finding {
  const share = privacy.closerToTraining;
  const error = 0.5 / Math.sqrt(Math.max(1, Math.min(rows.synthetic, 5000)));
  const slack = Math.max(0, 2 * error - 0.02);
  return {
    verdict: grade(share, 0.55 + slack, 0.6 + slack),
    sentence: m.scores_closeness_sentence({ share: percent(share) }, { locale }),
    about: m.scores_closeness_about({}, { locale }),
  };
}

/**
 * Copies are judged by how many fresh real rows would hold: in a table of two columns nearly every row has its
 * like. Good up to that number and two standard errors (Poisson); poor at twice it and from 0.1 % of rows.
 */
export function explainCopies(
  { privacy, rows }: Pick<Scores, 'privacy' | 'rows'>,
  locale: Locale = getLocale(),
): Finding {
  const { exactCopies, copiesExpected = 0 } = privacy;
  const spread = 2 * Math.sqrt(copiesExpected);
  const bound = copiesExpected + spread;
  const many = Math.max(2 * bound, rows.synthetic / 1000);
  const figures = { copies: exactCopies, rows: rows.synthetic };
  const beside = { ...figures, expected: Math.round(copiesExpected) };
  const about = m.scores_copies_about({ expected: beside.expected }, { locale });
  // What chance brings belongs beside the number: by itself it reads like a leak where it is none.
  const sentence =
    exactCopies === 0
      ? m.scores_copies_none({}, { locale })
      : copiesExpected < 0.5
        ? m.scores_copies_some(figures, { locale })
        : exactCopies > bound
          ? m.scores_copies_more(beside, { locale })
          : exactCopies < copiesExpected - spread
            ? m.scores_copies_fewer(beside, { locale })
            : m.scores_copies_as_many(beside, { locale });
  return { verdict: grade(exactCopies, bound, many), sentence, about };
}

/**
 * A class counts as kept within a quarter of its true share, or within two standard errors where rows are few.
 * Good if nine in ten are kept, poor below half.
 */
export function explainRare(
  { rare, rows }: Pick<Scores, 'rare' | 'rows'>,
  locale: Locale = getLocale(),
): Finding | undefined {
  if (rare.length === 0) return undefined;
  const kept = rare.filter((one) => isRareKept(one, rows)).length;
  const all = rare.length;
  return {
    verdict: grade(1 - kept / all, 0.1, 0.5),
    sentence: m.scores_rare_sentence({ kept, all }, { locale }),
    about: m.scores_rare_about({}, { locale }),
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

/** In per cent, without the sign. */
function percent(share: number, decimals = 1): string {
  return (share * 100).toFixed(decimals);
}

function decimal(value: number): string {
  return fixed(value, 2);
}
