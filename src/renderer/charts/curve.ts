import type { LearningPoint } from '../../shared/training.ts';

/** Lowest and highest value of a vertical axis for quality: a little room around, never beyond 0 and 1. */
export function qualityRange(qualities: readonly number[]): [number, number] {
  if (qualities.length === 0) return [0, 1];
  const low = Math.min(...qualities);
  const high = Math.max(...qualities);
  const room = Math.max(0.01, (high - low) * 0.15);
  return [Math.max(0, low - room), Math.min(1, high + room)];
}

/** Seconds between the marks of a time axis: whole ones, as its words tell no less. */
export const clockSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

/** Columns of numbers as a chart wants them: seconds, then one list per curve; null leaves a gap. */
export function curves(
  history: readonly LearningPoint[],
  ...of: readonly ((point: LearningPoint) => number | null)[]
): [number[], ...(number | null)[][]] {
  return [history.map((point) => point.seconds), ...of.map((value) => history.map(value))];
}
