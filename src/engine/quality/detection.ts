import type { Column } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { rowsOf } from './align.ts';
import { areaUnderCurve } from './auc.ts';
import { fitBoosting } from './boosting.ts';
import { scaled } from './cooperate.ts';
import type { Work } from './cooperate.ts';
import { createDraws } from '../tables/draws.ts';
import { stackColumns } from './stack.ts';

/** Rows of either kind shown to the classifier. */
const maxRows = 25_000;

/**
 * Classifier two-sample test (Lopez-Paz and Oquab, 2017): the AUC of gradient boosting telling synthetic from
 * holdout rows, equally many of either, each row judged by a model that has not seen it (two folds, their mean).
 *
 * From 0.5 (cannot tell) to 1 (always tells). Values below 0.5, which come of chance or of rows occurring on both
 * sides, mean no more than “cannot tell” and are given as 0.5; so are tables with too few rows to learn from.
 */
export function* detectionAuc(
  synthetic: readonly Column[],
  holdout: readonly Column[],
  seed: number,
): Work<number> {
  const draws = createDraws(seed);
  const rows = Math.min(rowsOf(synthetic), rowsOf(holdout), maxRows);
  if (rows < 4) return 0.5;
  const take = (columns: readonly Column[]): Column[] =>
    takeRows({ rows, columns: [...columns] }, draws.sample(rowsOf(columns), rows)).columns;
  const above = take(synthetic);
  yield 0;
  const below = take(holdout);
  yield 0;
  const columns = stackColumns(above, below);
  const isSynthetic = (row: number): number => (row < rows ? 1 : 0);
  yield 0;

  // Each half holds as many synthetic as real rows.
  const middle = rows >> 1;
  const [first, second] = [draws.permutation(rows), draws.permutation(rows)];
  const half = (from: number, to: number): Uint32Array =>
    Uint32Array.from([...first.slice(from, to), ...second.slice(from, to).map((row) => row + rows)]).sort();
  const halves = [half(0, middle), half(middle, rows)] as const;

  let sum = 0;
  for (const [fold, [training, test]] of [halves, [halves[1], halves[0]] as const].entries()) {
    const taken = (indices: Uint32Array): Column[] => takeRows({ rows: 2 * rows, columns }, indices).columns;
    const features = taken(training);
    yield fold / 2;
    const model = yield* scaled(
      fitBoosting(features, Float64Array.from(training, isSynthetic), { kind: 'binary' }, { seed }),
      fold / 2,
      fold / 2 + 0.4,
    );
    const [chances] = yield* scaled(model.predict(taken(test)), fold / 2 + 0.4, fold / 2 + 0.5);
    sum += areaUnderCurve(chances ?? new Float64Array(test.length), Uint8Array.from(test, isSynthetic));
  }
  return Math.max(0.5, sum / 2);
}
