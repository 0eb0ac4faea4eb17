import type { Scores } from '../../shared/scores.ts';
import {
  findings,
  isUtilityJudged,
  type Finding,
  type ScoreName,
  type Verdict,
} from '../../shared/verdicts.ts';
import type { AboutFigure } from './about.ts';
import { count, counted, score, unbroken } from './figures.ts';

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
  title: string;
  /** The findings that answer it; the worst of them is the verdict. */
  findings: ScoreName[];
  short: Record<Verdict, string>;
  term: (scores: Scores) => string;
  good: string;
  how: (scores: Scores) => string;
}

const asked: Asked[] = [
  {
    question: 'alike',
    title: 'Is it alike?',
    findings: ['accuracy'],
    short: {
      good: 'Close to the ceiling',
      fair: 'Somewhat below the ceiling',
      poor: 'Far below the ceiling',
    },
    term: ({ accuracy, ceiling }) => `accuracy ${score(accuracy.overall)}, ceiling ${score(ceiling.overall)}`,
    good: 'As near as possible to the ceiling, which is what fresh real rows reach. Within 0.02 of it is good.',
    how: ({ rows }) =>
      `${counted(rows.synthetic, 'synthetic row')} against ${counted(rows.holdout, 'row')} set aside before training: the overlap of binned shares (1 − total variation distance).`,
  },
  {
    question: 'useful',
    title: 'Is it useful?',
    findings: ['utility'],
    short: { good: 'Nearly nothing lost', fair: 'Something is lost', poor: 'Much is lost' },
    term: ({ utility }) =>
      utility
        ? `${utility.measure === 'auc' ? 'AUC' : 'R²'} ${score(utility.synthetic)} from synthetic, ${score(utility.real)} from real rows`
        : '',
    good: 'As near as possible to the figure from real rows. Keeping 94 of 100 parts of what real rows teach is good.',
    how: ({ rows }) =>
      `The same predictor is trained twice, on synthetic and on real rows, and tested on ${counted(rows.holdout, 'row')} set aside before training.`,
  },
  {
    question: 'told-apart',
    title: 'Can it be told apart?',
    findings: ['detection'],
    short: { good: 'Hard to tell apart', fair: 'Can be told apart', poor: 'Easily told apart' },
    term: ({ detection }) => `detection AUC ${score(detection.auc, 2)}`,
    good: 'Near 0.5, which is guessing; up to 0.65 is good. It is a hard test: one small flaw in one column suffices.',
    how: ({ rows }) =>
      `A classifier is trained and tested on different rows, ${count(rows.synthetic)} synthetic and ${count(rows.holdout)} real ones set aside before training.`,
  },
  {
    question: 'private',
    title: 'Has it memorised?',
    findings: ['closeness', 'copies'],
    short: { good: 'No sign of it', fair: 'Look here', poor: 'Real rows may show through' },
    term: ({ privacy }) =>
      `share nearer to training ${score(privacy.closerToTraining)}, exact copies ${count(privacy.exactCopies)}`,
    good: 'About 50 of 100, up to 55; and no more copies than chance makes. A good sign, not a proof: without differential privacy nobody can promise that nothing shows through.',
    how: ({ rows }) =>
      `For ${counted(rows.synthetic, 'synthetic row')}, the nearest real row is looked for among training rows and among as many set aside (${count(rows.holdout)}).`,
  },
];

const order: Verdict[] = ['good', 'fair', 'poor'];

/** The answers there are, in the order people ask. */
export function answers(scores: Scores): Answer[] {
  const found = new Map<ScoreName, Finding>(findings(scores).map((finding) => [finding.score, finding]));
  return asked.flatMap(({ question, title, findings: names, short, term, good, how }) => {
    const parts = names.map((name) => found.get(name)).filter((finding) => finding !== undefined);
    if (parts.length === 0) return [];
    const verdict = worst(parts.map((part) => part.verdict));
    const judged = question !== 'useful' || isJudged(scores);
    return {
      question,
      title,
      verdict,
      judged,
      short: judged ? short[verdict] : 'Cannot be judged here',
      sentences: parts.map((part) => unbroken(part.sentence)),
      term: term(scores),
      about: { what: unbroken(parts.map((part) => part.about).join(' ')), good, how: how(scores) },
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
