import type { Column } from '../tables/table.ts';
import { scaled } from './cooperate.ts';
import type { Work } from './cooperate.ts';
import { createDraws } from '../tables/draws.ts';
import { fitFeature } from './features.ts';
import { createLoss } from './loss.ts';
import type { Task } from './loss.ts';
import { addTree, createTreeGrower } from './tree.ts';
import type { Tree } from './tree.ts';

export interface BoostingOptions {
  seed: number;
  /** Rounds at most; one tree a round, or one for each class of a task with more than two. */
  rounds?: number;
}

export interface BoostedModel {
  /**
   * Predictions for rows given by the same columns in the same order: the probability of class 1 (binary), of
   * each class (classes), or the number (numbers). One array per output.
   */
  predict(columns: readonly Column[]): Work<Float64Array[]>;
  /** Rounds kept: those up to the lowest loss on the validation rows. */
  rounds: number;
}

const rate = 0.1;
const leaves = 31;
const l2 = 1;
/** Rounds without a better validation loss before giving up. */
const patience = 15;
/** Rows from which on some are set aside to tell when to stop. */
const minToStop = 100;

/**
 * Gradient boosting of histogram trees (Friedman, 2001; LightGBM: Ke et al., 2017): 31 leaves, learning rate 0.1,
 * Newton steps, stopping early on a tenth of the rows set aside. Nulls and categories are taken as they are.
 * `targets` holds one number per row: class 0 or 1, class 0 … K − 1, or the number to predict; finite throughout.
 * Same columns, targets and seed: the same model to the bit.
 */
export function* fitBoosting(
  columns: readonly Column[],
  targets: Float64Array,
  task: Task,
  { seed, rounds = defaultRounds(task, targets.length) }: BoostingOptions,
): Work<BoostedModel> {
  const features = columns.map(fitFeature);
  yield 0;
  const bins: Uint8Array[] = [];
  for (const [index, feature] of features.entries()) {
    bins.push(feature.encode(columns[index]!));
    yield 0;
  }
  const { training, validation } = splitRows(targets.length, seed);
  const loss = createLoss(task, targets, training);
  const limits = { leaves, l2, leafRows: Math.max(1, Math.min(20, Math.floor(training.length / 20))) };
  const growers = loss.outputs.map(({ gradients, hessians }) =>
    createTreeGrower(features, bins, gradients, hessians, limits),
  );
  const validationBins = bins.map((column) => {
    const taken = new Uint8Array(validation.length);
    for (let at = 0; at < taken.length; at++) taken[at] = column[validation[at]!]!;
    return taken;
  });
  yield 0;

  const forest: Tree[][] = [];
  let best = { loss: loss.value(validation), rounds: 0 };
  const lateScores = loss.outputs.map(() => new Float64Array(validation.length));
  for (let round = 0; round < rounds; round++) {
    loss.update();
    yield round / rounds;
    const trees: Tree[] = [];
    for (const [output, grower] of growers.entries()) {
      const { scores } = loss.outputs[output]!;
      const tree = yield* scaled(grower.grow(training.slice(), scores, rate), round / rounds, round / rounds);
      const late = lateScores[output]!.fill(0);
      addTree(tree, validationBins, late);
      for (let at = 0; at < validation.length; at++) scores[validation[at]!]! += late[at]!;
      trees.push(tree);
    }
    forest.push(trees);
    if (validation.length === 0) {
      best.rounds = forest.length;
      continue;
    }
    const now = loss.value(validation);
    if (now < best.loss - 1e-7) best = { loss: now, rounds: forest.length };
    else if (forest.length - best.rounds >= patience) break;
  }
  const kept = forest.slice(0, best.rounds);

  return {
    rounds: kept.length,
    *predict(others) {
      const encoded = features.map((feature, index) => feature.encode(others[index]!));
      yield 0;
      const rows = encoded[0]?.length ?? 0;
      const scores = loss.outputs.map(({ start }) => new Float64Array(rows).fill(start));
      for (const [round, trees] of kept.entries()) {
        for (const [output, tree] of trees.entries()) {
          addTree(tree, encoded, scores[output]!);
          yield round / kept.length;
        }
      }
      return loss.predictions(scores);
    },
  };
}

function defaultRounds(task: Task, rows: number): number {
  if (rows < minToStop) return 50;
  return task.kind === 'classes' ? 100 : 300;
}

/** A tenth of the rows (a fifth of a small table) to tell when to stop; none where there are too few to tell. */
function splitRows(rows: number, seed: number): { training: Uint32Array; validation: Uint32Array } {
  const share = rows >= 2000 ? 0.1 : rows >= minToStop ? 0.2 : 0;
  const order = createDraws(seed).permutation(rows);
  const size = Math.floor(rows * share);
  return { validation: order.slice(0, size).sort(), training: order.slice(size).sort() };
}
