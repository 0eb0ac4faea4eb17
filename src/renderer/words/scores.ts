import { m } from '../../shared/messages/messages.js';
import type { Scores } from '../../shared/scores.ts';
import {
  findings,
  isUtilityJudged,
  type Finding,
  type ScoreName,
  type Verdict,
} from '../../shared/verdicts.ts';
import type { MethodPart } from '../state/method.ts';
import type { AboutFigure } from './about.ts';
import { count, score, unbroken } from './figures.ts';
import { joined } from './sentences.ts';

export type Question = 'alike' | 'useful' | 'told-apart' | 'private';

/** One question people ask of a synthetic table, with its answer in plain words and the exact term beside it. */
export interface Answer {
  question: Question;
  title: string;
  verdict: Verdict;
  /** Whether the answer can be judged at all: nothing is lost where there was nothing to keep. */
  judged: boolean;
  /** The verdict in a few words. */
  short: string;
  /** What was found, for anyone to read. */
  sentences: string[];
  /** The exact term and figure. */
  term: string;
  about: AboutFigure;
}

interface Asked {
  question: Question;
  title: () => string;
  /** The findings that answer it; the worst of them is the verdict. */
  findings: ScoreName[];
  short: Record<Verdict, () => string>;
  term: (scores: Scores) => string;
  good: () => string;
  how: (scores: Scores) => string;
  method: MethodPart;
}

const asked: Asked[] = [
  {
    question: 'alike',
    method: 'accuracy',
    title: m.scores_alike,
    findings: ['accuracy'],
    short: { good: m.scores_alike_good, fair: m.scores_alike_fair, poor: m.scores_alike_poor },
    term: ({ accuracy, ceiling }) =>
      m.scores_alike_term({ accuracy: score(accuracy.overall), ceiling: score(ceiling.overall) }),
    good: m.scores_alike_is_good,
    how: ({ rows }) =>
      m.scores_alike_how({
        synthetic: m.units_synthetic_rows({ count: rows.synthetic }),
        real: m.units_rows({ count: rows.holdout }),
      }),
  },
  {
    question: 'useful',
    method: 'utility',
    title: m.scores_useful,
    findings: ['utility'],
    short: { good: m.scores_useful_good, fair: m.scores_useful_fair, poor: m.scores_useful_poor },
    term: ({ utility }) =>
      utility
        ? m.scores_useful_term({
            measure: utility.measure === 'auc' ? 'AUC' : 'R²',
            synthetic: score(utility.synthetic),
            real: score(utility.real),
          })
        : '',
    good: m.scores_useful_is_good,
    how: ({ rows }) => m.scores_useful_how({ real: m.units_rows({ count: rows.holdout }) }),
  },
  {
    question: 'told-apart',
    method: 'detection',
    title: m.scores_told_apart,
    findings: ['detection'],
    short: { good: m.scores_told_apart_good, fair: m.scores_told_apart_fair, poor: m.scores_told_apart_poor },
    term: ({ detection }) => m.scores_told_apart_term({ auc: score(detection.auc, 2) }),
    good: m.scores_told_apart_is_good,
    how: ({ rows }) =>
      m.scores_told_apart_how({ synthetic: count(rows.synthetic), real: count(rows.holdout) }),
  },
  {
    question: 'private',
    method: 'memorised',
    title: m.scores_private,
    findings: ['closeness', 'copies'],
    short: { good: m.scores_private_good, fair: m.scores_private_fair, poor: m.scores_private_poor },
    term: ({ privacy }) =>
      m.scores_private_term({
        share: score(privacy.closerToTraining),
        copies: count(privacy.exactCopies),
      }),
    good: m.scores_private_is_good,
    how: ({ rows }) =>
      m.scores_private_how({
        synthetic: m.units_synthetic_rows({ count: rows.synthetic }),
        real: count(rows.holdout),
      }),
  },
];

const order: Verdict[] = ['good', 'fair', 'poor'];

/** The answers there are, in the order people ask. */
export function answers(scores: Scores): Answer[] {
  const found = new Map<ScoreName, Finding>(findings(scores).map((finding) => [finding.score, finding]));
  return asked.flatMap(({ question, title, findings: names, short, term, good, how, method }) => {
    const parts = names.map((name) => found.get(name)).filter((finding) => finding !== undefined);
    if (parts.length === 0) return [];
    const verdict = worst(parts.map((part) => part.verdict));
    const judged = question !== 'useful' || isJudged(scores);
    return {
      question,
      title: title(),
      verdict,
      judged,
      short: judged ? short[verdict]() : m.scores_useful_unjudged(),
      sentences: parts.map((part) => unbroken(part.sentence)),
      term: term(scores),
      about: {
        what: unbroken(joined(...parts.map((part) => part.about))),
        good: good(),
        how: how(scores),
        method,
      },
    };
  });
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce<Verdict>((a, b) => (order.indexOf(b) > order.indexOf(a) ? b : a), 'good');
}

/** Whether real rows let anything be predicted, so that losing it can be seen. */
function isJudged(scores: Scores): boolean {
  return scores.utility === undefined || isUtilityJudged(scores);
}

/** Whether rows of the model may give away rows it learned from. */
export function isAtRisk(scores: Scores): boolean {
  return answers(scores).some(({ question, verdict }) => question === 'private' && verdict === 'poor');
}
