import type { LearningPoint } from '../../shared/training.ts';

/** Lowest and highest value of a vertical axis for quality: ends at tenths or twentieths, never beyond 0 and 1. */
export function qualityRange(qualities: readonly number[]): [number, number] {
  if (qualities.length === 0) return [0, 1];
  const low = Math.min(...qualities);
  const high = Math.max(...qualities);
  const floor = Math.max(0, Math.floor((low - 0.02) * 20) / 20);
  const ceiling = Math.min(1, Math.ceil((high + 0.02) * 20) / 20);
  return [floor, Math.max(ceiling, floor + 0.05)];
}

/** Columns of numbers as a chart wants them: seconds, then one list per curve. */
export function curves(
  history: readonly LearningPoint[],
  ...of: readonly ((point: LearningPoint) => number)[]
): [number[], ...number[][]] {
  return [history.map((point) => point.seconds), ...of.map((value) => history.map(value))];
}
