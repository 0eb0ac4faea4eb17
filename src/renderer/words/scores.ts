import type { Scores } from '../../shared/scores.ts';
import type { AboutFigure } from './about.ts';
import { count, counted, percent, score } from './figures.ts';

/** A score in plain words, with the exact term beside it. */
export interface Verdict {
  id: 'alike' | 'useful' | 'told-apart' | 'private';
  title: string;
  /** One sentence anyone can read. */
  plain: string;
  /** The exact term and figure. */
  term: string;
  /** `good`: nothing to do; `look`: worth an eye; `risk`: data may be at risk. */
  tone: 'good' | 'look' | 'risk';
  toneWord: string;
  about: AboutFigure;
}

const setAside = 'rows set aside before training, which the model never saw';

/** The verdicts on a synthetic table, in the order people ask. */
export function verdicts(scores: Scores): Verdict[] {
  return [alike(scores), useful(scores), toldApart(scores), closeness(scores)].filter(
    (verdict) => verdict !== undefined,
  );
}

function alike({ accuracy, ceiling, rows }: Scores): Verdict {
  const gap = ceiling.overall - accuracy.overall;
  const good = gap <= 0.03;
  return {
    id: 'alike',
    title: 'Is it alike?',
    plain: `Synthetic and real rows overlap by ${percent(accuracy.overall)}; two random halves of the real table by ${percent(ceiling.overall)}.`,
    term: `accuracy ${score(accuracy.overall)}, ceiling ${score(ceiling.overall)}`,
    tone: good ? 'good' : 'look',
    toneWord: good ? 'Close to the ceiling' : 'Below what is possible',
    about: {
      what: 'The part of all rows that falls into the same bins, on average over single columns, pairs and triples of columns (1 − total variation distance).',
      good: 'As near to the ceiling as possible: the ceiling is what real rows reach against other real rows. Within 0.03 of it is good.',
      how: `${counted(rows.synthetic, 'synthetic row')} against ${counted(rows.holdout, 'row')} set aside before training.`,
    },
  };
}

function useful({ utility, rows }: Scores): Verdict | undefined {
  if (utility === undefined) return undefined;
  const { target, measure, synthetic, real } = utility;
  const loss = real - synthetic;
  const good = loss <= 0.03;
  const name = measure === 'auc' ? 'AUC' : 'R²';
  const how =
    loss <= 0.01
      ? 'as well as'
      : loss <= 0.03
        ? 'almost as well as'
        : loss <= 0.1
          ? 'less well than'
          : 'much less well than';
  return {
    id: 'useful',
    title: 'Is it useful?',
    plain: `Someone who learns to predict “${target}” from synthetic rows does so ${how} from real ones.`,
    term: `${name} ${score(synthetic)} from synthetic, ${score(real)} from real rows`,
    tone: good ? 'good' : 'look',
    toneWord: good ? 'Nearly nothing lost' : 'Something is lost',
    about: {
      what:
        measure === 'auc'
          ? `How well “${target}” is predicted: 1 is always right, 0.5 is a coin.`
          : `How much of “${target}” is explained: 1 is all of it, 0 is none.`,
      good: 'As near to the figure from real rows as possible. Within 0.03 is good.',
      how: `The same predictor is trained twice, on synthetic and on real rows, and tested on ${counted(rows.holdout, 'row')} set aside before training.`,
    },
  };
}

function toldApart({ detection, rows }: Scores): Verdict {
  // A classifier that is wrong more often than right is right when turned round.
  const auc = Math.max(detection.auc, 1 - detection.auc);
  const tone = auc <= 0.7 ? 'good' : 'look';
  return {
    id: 'told-apart',
    title: 'Can it be told apart?',
    plain: `A good classifier, shown a real and a synthetic row, picks the right one in ${tenths(auc)} cases; guessing gives 5 of 10.`,
    term: `detection AUC ${score(detection.auc, 2)}`,
    tone,
    toneWord: tone === 'good' ? 'Hard to tell apart' : 'Can be told apart',
    about: {
      what: 'How often a trained classifier picks the synthetic row out of a pair of one real and one synthetic row.',
      good: '0.5 is as good as guessing. Up to 0.7 is good; near 1 the rows have a flaw that gives them away. It is a hard test: small flaws in one column suffice.',
      how: `Boosted trees, trained and tested on different rows, ${count(rows.synthetic)} synthetic and ${count(rows.holdout)} real ones set aside before training.`,
    },
  };
}

/** A share as cases out of ten; out of a hundred where tenths would round the news away. */
function tenths(share: number): string {
  const cases = share * 10;
  if (Math.abs(cases - Math.round(cases)) <= 0.25 && cases < 9.5) return `${Math.round(cases)} of 10`;
  return `${Math.min(100, Math.round(share * 100))} of 100`;
}

function closeness({ privacy, rows }: Scores): Verdict {
  const { closerToTraining, exactCopies } = privacy;
  const tone = closerToTraining > 0.6 ? 'risk' : closerToTraining > 0.55 || exactCopies > 0 ? 'look' : 'good';
  const copies =
    exactCopies === 0
      ? 'No synthetic row equals a row it learned from.'
      : `${counted(exactCopies, 'synthetic row')} ${exactCopies === 1 ? 'equals' : 'equal'} a row it learned from; such rows are replaced on export.`;
  return {
    id: 'private',
    title: 'Has it memorised?',
    plain: `${Math.round(closerToTraining * 100)} of 100 synthetic rows are nearer to a row it learned from than to one it never saw; 50 is chance. ${copies}`,
    term: `share nearer to training ${score(closerToTraining)}, exact copies ${count(exactCopies)}`,
    tone,
    toneWord:
      tone === 'good' ? 'No sign of it' : tone === 'look' ? 'Look here' : 'Real rows may show through',
    about: {
      what: `Whether the model repeats what it learned: for every synthetic row the nearest real row is looked for among the training rows and among ${setAside}.`,
      good: '50 of 100: the training rows are no nearer than others. Up to 55 is good. A good sign, not a proof: without differential privacy nobody can promise that nothing shows through.',
      how: `${counted(rows.synthetic, 'synthetic row')} against as many training rows as rows set aside (${count(rows.holdout)}).`,
    },
  };
}

/** Whether a rare class came out within a quarter of its true share. */
export function rareKept(real: number, synthetic: number): boolean {
  return Math.abs(synthetic - real) <= real / 4;
}
