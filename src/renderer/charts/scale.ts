import { m } from '../../shared/messages/messages.js';
import type { Scores } from '../../shared/scores.ts';
import type { Question } from '../words/scores.ts';

/** A figure on a short scale, with the figure to compare it with. */
export interface ScaleOf {
  low: number;
  high: number;
  value: number;
  /** What would be best: the ceiling, the figure from real rows, chance. */
  ideal: number;
  idealWord: () => string;
  digits: number;
}

/** Where the figure behind an answer stands, between what is bad and what is best. */
export function scaleOf(question: Question, scores: Scores): ScaleOf {
  switch (question) {
    case 'alike':
      return {
        low: 0.5,
        high: 1,
        value: scores.accuracy.overall,
        ideal: scores.ceiling.overall,
        idealWord: m.check_ideal_ceiling,
        digits: 3,
      };
    case 'useful': {
      const { synthetic = 0, real = 1, measure } = scores.utility ?? {};
      const low = measure === 'auc' ? 0.5 : 0;
      return {
        low: Math.min(low, synthetic, real),
        high: 1,
        value: synthetic,
        ideal: real,
        idealWord: m.check_ideal_real,
        digits: 3,
      };
    }
    case 'told-apart':
      return {
        low: Math.min(0.5, scores.detection.auc),
        high: 1,
        value: scores.detection.auc,
        ideal: 0.5,
        idealWord: m.check_ideal_guessing,
        digits: 2,
      };
    case 'private':
      return {
        low: 0,
        high: 1,
        value: scores.privacy.closerToTraining,
        ideal: 0.5,
        idealWord: m.check_ideal_chance,
        digits: 2,
      };
  }
}

/** Where a value stands on the scale, from 0 at its low end to 1 at its high end. */
export function place(value: number, low: number, high: number): number {
  return high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0;
}
