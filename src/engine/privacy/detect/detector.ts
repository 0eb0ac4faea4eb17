/** What a detector of one kind of personal data knows, and how sure its finding makes. */
import type { ColumnKind } from '../../../shared/table.ts';
import type { PersonalFinding } from '../../../shared/personal.ts';
import type { PersonalKind } from '../../../shared/personal-kinds.ts';

/** A column as detectors see it. */
export interface ObservedColumn {
  /** Its name as words, see `labelOf`. */
  label: string;
  kind: ColumnKind;
  /** Distinct values of a sample, trimmed, without signs for “missing”. */
  values: readonly string[];
  /** Values and distinct values of the whole column. */
  count: number;
  distinct: number;
}

export interface ValueDetector {
  kind: PersonalKind;
  /** Labels that announce the kind. */
  label: RegExp;
  /** Labels that rule it out, whatever the values. */
  notLabel?: RegExp;
  /** Whether a value is of the kind, as strictly as can be told. */
  test: (value: string) => boolean;
  /** Whether a value may be of the kind, where the label says so; without it `test` decides there, too. */
  loose?: (value: string) => boolean;
  /** Share of values that must pass `test` where the label is silent; Infinity: a label is needed. */
  alone: number;
  /** Share that must pass `loose` or `test` where the label announces the kind. */
  named: number;
  /** How seldom something else passes `test`, 0 to 1. */
  strength: number;
  /** Least share of distinct values among all, for kinds whose values tell people apart. */
  distinct?: number;
}

/** Under this nothing is reported. */
export const leastConfidence = 0.5;
/** How much of the doubt that the values leave the label takes away. */
const labelWeight = 0.7;
/** Confidence in a label whose values merely do not contradict it. */
const looseWeight = 0.8;

/**
 * Lower end of the 95 % interval of a share (Wilson 1927): a share of few values counts less than the same share of
 * many.
 */
export function lowerBound(hits: number, sampled: number): number {
  if (sampled === 0) return 0;
  const z = 1.96;
  const share = hits / sampled;
  const centre = share + (z * z) / (2 * sampled);
  const spread = z * Math.sqrt((share * (1 - share)) / sampled + (z * z) / (4 * sampled * sampled));
  return Math.max(0, (centre - spread) / (1 + (z * z) / sampled));
}

/** How sure a finding is, 0 to 1: of the values by `lowerBound` and `strength`, more where the label agrees. */
export function confidenceOf(hits: number, sampled: number, strength: number, named: boolean): number {
  const byValues = lowerBound(hits, sampled) * strength;
  return round(named ? 1 - (1 - byValues) * (1 - labelWeight) : byValues);
}

/** What a detector finds in a column; undefined where it is not convinced. */
export function detect(detector: ValueDetector, column: ObservedColumn): PersonalFinding | undefined {
  const { values, label, count, distinct } = column;
  const sampled = values.length;
  if (sampled === 0 || detector.notLabel?.test(label) === true) return undefined;
  if (detector.distinct !== undefined && distinct < count * detector.distinct) return undefined;
  const named = detector.label.test(label);
  const strict = countOf(values, detector.test);
  const finding = { kind: detector.kind, sampled, named, withinText: false };
  const needed = named ? Math.min(detector.named, detector.alone) : detector.alone;
  if (strict >= needed * sampled && strict > 0)
    return { ...finding, hits: strict, confidence: confidenceOf(strict, sampled, detector.strength, named) };
  if (!named || detector.loose === undefined) return undefined;
  const loose = countOf(values, detector.loose);
  if (loose < detector.named * sampled) return undefined;
  return {
    ...finding,
    hits: loose,
    confidence: round(looseWeight * Math.max(0.7, lowerBound(loose, sampled))),
  };
}

export function countOf(values: readonly string[], test: (value: string) => boolean): number {
  return values.reduce((sum, value) => (test(value) ? sum + 1 : sum), 0);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
