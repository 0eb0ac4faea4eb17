import type { AccuracyScore, Scores } from '../../shared/scores.ts';
import type { Column, Table } from '../tables/table.ts';
import { takeRows } from '../tables/table.ts';
import { alignColumns, requireContent } from './align.ts';
import { fitBins } from './bins.ts';
import type { ColumnBins } from './bins.ts';
import { cooperate, finish } from './cooperate.ts';
import type { CooperateOptions, Work } from './cooperate.ts';
import { createDraws } from './draws.ts';
import { choosePairs, chooseTriples } from './subsets.ts';

/** Rows looked at in either table; larger ones are measured on a seeded sample of as many. */
const maxRows = 200_000;

export interface AccuracyResult extends AccuracyScore {
  /** Univariate accuracy per column, in the order of the holdout. */
  columns: Scores['columns'];
  /** Bivariate accuracy per pair measured. */
  pairs: Scores['pairs'];
  /** How many of the table's pairs and triples were looked at: all of them up to 100 and 25 columns. */
  measured: { pairs: number; triples: number; allPairs: number; allTriples: number };
}

export interface AccuracyScorer {
  /** Scores at one stretch; milliseconds for 5,000 rows of 15 columns. */
  score(synthetic: Table): AccuracyResult;
  /** The same figures, with turns of the event loop in between. */
  scoreInSlices(synthetic: Table, options?: CooperateOptions): Promise<AccuracyResult>;
}

/**
 * Prepares the accuracy of any table against `holdout`: 1 − total variation distance between the shares of
 * their bins, for columns, pairs and triples; `overall` is the mean of the three (after mostlyai-qa). Edges and
 * frequent categories come from the holdout and serve both tables; nulls are a bin of their own.
 *
 * A table of one or two columns has no triples or pairs: the missing order then takes the value of the one
 * below, so that `overall` stays the mean over what there is.
 *
 * Throws `table/too-few-rows` and `table/no-usable-column` on empty tables, `table/unknown-column` where a
 * column of the holdout is missing from the table scored.
 */
export function createAccuracyScorer(holdout: Table): AccuracyScorer {
  requireContent(holdout);
  const bins = holdout.columns.map(fitBins);
  const subsets = { pairs: choosePairs(bins.length), triples: chooseTriples(bins.length) };
  const real = encode(bins, holdout.columns, holdout);
  // Joint shares of the holdout are counted on first use and kept.
  const realShares: (Float32Array | undefined)[] = [];

  const work = (synthetic: Table): Work<AccuracyResult> => {
    requireContent(synthetic);
    const codes = encode(bins, alignColumns(bins, synthetic), synthetic);
    return measure(bins, real, codes, subsets, realShares);
  };
  return {
    score: (synthetic) => finish(work(synthetic)),
    scoreInSlices: (synthetic, options) => cooperate(work(synthetic), options),
  };
}

function encode(bins: ColumnBins[], columns: Column[], table: Table): Uint8Array[] {
  const taken =
    table.rows > maxRows
      ? takeRows({ rows: table.rows, columns }, createDraws(table.rows).sample(table.rows, maxRows)).columns
      : columns;
  return bins.map((each, index) => each.encode(taken[index]!));
}

interface Subsets {
  pairs: [number, number][];
  triples: [number, number, number][];
}

function* measure(
  bins: ColumnBins[],
  real: Uint8Array[],
  synthetic: Uint8Array[],
  { pairs, triples }: Subsets,
  realShares: (Float32Array | undefined)[],
): Work<AccuracyResult> {
  const steps = bins.length + pairs.length + triples.length;
  let step = 0;
  const accuracyOf = (count: (codes: Uint8Array[]) => Float32Array): number => {
    const expected = (realShares[step] ??= count(real));
    step++;
    return 1 - totalVariation(expected, count(synthetic));
  };

  const columns: Scores['columns'] = [];
  for (const [index, { name, size }] of bins.entries()) {
    columns.push({ name, accuracy: accuracyOf((codes) => shares(codes[index]!, size)) });
    yield step / steps;
  }
  const pairResults: Scores['pairs'] = [];
  for (const [a, b] of pairs) {
    const accuracy = accuracyOf((codes) => pairShares(codes[a]!, bins[a]!.size, codes[b]!, bins[b]!.size));
    pairResults.push({ a: bins[a]!.name, b: bins[b]!.name, accuracy });
    yield step / steps;
  }
  let tripleSum = 0;
  for (const [a, b, c] of triples) {
    tripleSum += accuracyOf((codes) =>
      tripleShares(codes[a]!, bins[a]!.size, codes[b]!, bins[b]!.size, codes[c]!, bins[c]!.size),
    );
    yield step / steps;
  }

  const univariate = mean(columns);
  const bivariate = pairResults.length > 0 ? mean(pairResults) : univariate;
  const trivariate = triples.length > 0 ? tripleSum / triples.length : bivariate;
  const count = bins.length;
  return {
    overall: (univariate + bivariate + trivariate) / 3,
    univariate,
    bivariate,
    trivariate,
    columns,
    pairs: pairResults,
    measured: {
      pairs: pairs.length,
      triples: triples.length,
      allPairs: (count * (count - 1)) / 2,
      allTriples: (count * (count - 1) * (count - 2)) / 6,
    },
  };
}

function mean(results: readonly { accuracy: number }[]): number {
  return results.reduce((sum, { accuracy }) => sum + accuracy, 0) / results.length;
}

function shares(codes: Uint8Array, size: number): Float32Array {
  const counts = new Uint32Array(size);
  for (let row = 0; row < codes.length; row++) counts[codes[row]!]!++;
  return toShares(counts, codes.length);
}

function pairShares(a: Uint8Array, sizeA: number, b: Uint8Array, sizeB: number): Float32Array {
  const counts = new Uint32Array(sizeA * sizeB);
  for (let row = 0; row < a.length; row++) counts[a[row]! * sizeB + b[row]!]!++;
  return toShares(counts, a.length);
}

function tripleShares(
  a: Uint8Array,
  sizeA: number,
  b: Uint8Array,
  sizeB: number,
  c: Uint8Array,
  sizeC: number,
): Float32Array {
  const counts = new Uint32Array(sizeA * sizeB * sizeC);
  for (let row = 0; row < a.length; row++) counts[(a[row]! * sizeB + b[row]!) * sizeC + c[row]!]!++;
  return toShares(counts, a.length);
}

function toShares(counts: Uint32Array, rows: number): Float32Array {
  const result = new Float32Array(counts.length);
  for (let cell = 0; cell < counts.length; cell++) result[cell] = counts[cell]! / rows;
  return result;
}

/** Half the sum of absolute differences of two distributions over the same cells; 0 (equal) to 1 (disjoint). */
export function totalVariation(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let cell = 0; cell < left.length; cell++) sum += Math.abs(left[cell]! - right[cell]!);
  // Single-precision shares may add up to a hair over 1.
  return Math.min(1, sum / 2);
}
