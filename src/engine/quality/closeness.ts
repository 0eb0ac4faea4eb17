import type { Column } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { rowsOf } from './align.ts';
import { scaled } from './cooperate.ts';
import type { Work } from './cooperate.ts';
import { createDraws } from '../tables/draws.ts';
import { createNeighbourIndex } from './neighbours.ts';
import { placeRows } from './points.ts';
import type { Points } from './points.ts';
import { stackColumns } from './stack.ts';
import type { Rows } from './utility.ts';

const maxQueries = 5000;
const maxReferences = 25_000;
/** Distances this near count as equal. */
const tie = 1e-9;

/**
 * Share of synthetic rows nearer to a training row than to a holdout row, ties counting half: 0.5 where the model
 * knows the training rows no better than any others, 1 where it repeats them. Training and holdout rows are equally
 * many (25,000 at most), against at most 5,000 synthetic rows.
 *
 * The worst over all columns and a few groups of them (numbers, categories, two random halves), for a model may
 * give away some columns of a row while the others hide it. 0.5 where there is nothing to compare.
 */
export function* closerToTraining({ training, holdout, synthetic }: Rows, seed: number): Work<number> {
  const draws = createDraws(seed);
  const references = Math.min(rowsOf(training), rowsOf(holdout), maxReferences);
  const queries = Math.min(rowsOf(synthetic), maxQueries);
  if (references === 0 || queries === 0) return 0.5;
  const take = (columns: readonly Column[], rows: number): Column[] =>
    takeRows({ rows, columns: [...columns] }, draws.sample(rowsOf(columns), rows)).columns;
  const near = take(training, references);
  yield 0;
  const far = take(holdout, references);
  yield 0;
  const asked = take(synthetic, queries);
  const fit = stackColumns(near, far);

  // Placed once for all columns: a group is a choice of them.
  const [trainingPoints, holdoutPoints, points] = yield* scaled(placeRows(fit, [near, far, asked]), 0, 0.1);
  if (!trainingPoints || !holdoutPoints || !points) return 0.5;
  const groups = columnGroups(training, draws.permutation(training.length));
  let worst = 0;
  for (const [index, group] of groups.entries()) {
    const done = (fraction: number): number => 0.1 + (0.9 * (index + fraction)) / groups.length;
    const toTraining = yield* scaled(createNeighbourIndex(choose(trainingPoints, group)), done(0), done(0.1));
    const toHoldout = yield* scaled(createNeighbourIndex(choose(holdoutPoints, group)), done(0.1), done(0.2));
    const rows = choose(points, group);
    let closer = 0;
    for (let row = 0; row < rows.rows; row++) {
      const difference = toHoldout.nearest(rows, row) - toTraining.nearest(rows, row);
      closer += Math.abs(difference) <= tie ? 0.5 : difference > 0 ? 1 : 0;
      yield done(0.2 + (0.8 * row) / rows.rows);
    }
    worst = Math.max(worst, closer / rows.rows);
  }
  return worst;
}

/** The same rows in some of their columns. */
function choose({ rows, width, values }: Points, columns: readonly number[]): Points {
  const chosen = new Float32Array(rows * columns.length);
  columns.forEach((column, index) => {
    for (let row = 0; row < rows; row++) chosen[row * columns.length + index] = values[row * width + column]!;
  });
  return { rows, width: columns.length, values: chosen };
}

/** All columns; the numbers and the categories by themselves; and, of four columns or more, two random halves. */
function columnGroups(columns: readonly Column[], order: Uint32Array): number[][] {
  const all = [...columns.keys()];
  const groups = [all];
  for (const type of ['number', 'category'] as const) {
    const ofType = all.filter((index) => columns[index]?.type === type);
    if (ofType.length >= 2 && ofType.length < all.length) groups.push(ofType);
  }
  if (all.length >= 4) {
    const middle = all.length >> 1;
    groups.push([...order.slice(0, middle)], [...order.slice(middle)]);
  }
  return groups;
}
