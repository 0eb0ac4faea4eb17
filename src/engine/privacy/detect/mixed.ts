/** Columns that mix several kinds of what names people, or such with something else: a “contact” of addresses and numbers. */
import type { PersonalFinding } from '../../../shared/personal.ts';
import { confidenceOf, countOf, leastConfidence } from './detector.ts';
import type { ObservedColumn, ValueDetector } from './detector.ts';

/** Share of the values that must be of some kind. */
const enough = 0.2;
/** Fewer values may be there by accident. */
const fewest = 3;
const digitsOnly = /^[\d\s()+./-]+$/;

/**
 * The commonest kind of a column in which no kind is common enough by itself, where all of them together are; undefined
 * where they are not. Only values count that are of a kind without the name of the column saying so.
 * @param detectors of kinds that name people
 */
export function findAmongOthers(
  column: ObservedColumn,
  detectors: readonly ValueDetector[],
): PersonalFinding | undefined {
  const { values, label, kind } = column;
  if (kind === 'integer' || kind === 'decimal' || kind === 'datetime') return undefined;
  const able = detectors.filter(
    ({ alone, notLabel }) => Number.isFinite(alone) && notLabel?.test(label) !== true,
  );
  const isHit = (value: string): boolean => able.some(({ test }) => test(value));
  const others = values.filter((value) => !isHit(value));
  // Of many numbers some look like a telephone number, or pass the check digits of something.
  const byChance = countOf(others, (value) => digitsOnly.test(value)) > others.length / 2;
  const telling = byChance ? values.filter((value) => !digitsOnly.test(value)) : values;
  const hits = countOf(telling, isHit);
  if (hits < Math.max(fewest, enough * values.length)) return undefined;
  const [commonest] = able
    .map((detector) => ({ detector, count: countOf(telling, detector.test) }))
    .sort((a, b) => b.count - a.count);
  if (!commonest) return undefined;
  const { detector, count } = commonest;
  const named = detector.label.test(label);
  return {
    kind: detector.kind,
    sampled: values.length,
    hits: count,
    named,
    withinText: false,
    confidence: Math.max(leastConfidence, confidenceOf(hits, values.length, detector.strength, named)),
  };
}
