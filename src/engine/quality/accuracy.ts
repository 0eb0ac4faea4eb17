import type { AccuracyScore, Scores } from '../../shared/scores.ts';
import type { Column, Table } from '../tables/table.ts';
import { alignColumns, requireContent } from './align.ts';
import { fitBins } from './bins.ts';
import type { ColumnBins } from './bins.ts';
import { cooperate, finish } from './cooperate.ts';
import type { CooperateOptions, Work } from './cooperate.ts';
import { createDraws } from '../tables/draws.ts';
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
  const names = holdout.columns.map(({ name, type }) => ({ name, type }));
  const real: Real = {
    sample: sampleRows(holdout.rows),
    bins: [],
    codes: [],
    shares: [],
    pairs: choosePairs(names.length),
    triples: chooseTriples(names.length),
  };
  function* score(synthetic: Table): Work<AccuracyResult> {
    requireContent(synthetic);
    const columns = alignColumns(names, synthetic);
    // Prepared on first use, with pauses.
    while (real.bins.length < names.length) {
      const column = holdout.columns[real.bins.length]!;
      const bins = fitBins(column);
      real.bins.push(bins);
      real.codes.push(encode(bins, column, real.sample));
      yield 0;
    }
    const sample = sampleRows(synthetic.rows);
    const codes: Uint8Array[] = [];
    for (const [index, bins] of real.bins.entries()) {
      codes.push(encode(bins, columns[index]!, sample));
      yield 0;
    }
    return yield* measure(real, codes);
  }
  return {
    score: (synthetic) => finish(score(synthetic)),
    scoreInSlices: (synthetic, options) => cooperate(score(synthetic), options),
  };
}

/** Rows looked at in a table too long to look at all; undefined where it is not. */
function sampleRows(rows: number): Uint32Array | undefined {
  return rows > maxRows ? createDraws(rows).sample(rows, maxRows) : undefined;
}

function encode(bins: ColumnBins, column: Column, sample: Uint32Array | undefined): Uint8Array {
  const codes = bins.encode(column);
  return sample ? Uint8Array.from(sample, (row) => codes[row]!) : codes;
}

/** The holdout as it is compared: its bins, its rows in them, and its joint shares, counted on first use. */
interface Real {
  sample: Uint32Array | undefined;
  bins: ColumnBins[];
  codes: Uint8Array[];
  shares: (Float32Array | undefined)[];
  pairs: [number, number][];
  triples: [number, number, number][];
}

function* measure(real: Real, synthetic: Uint8Array[]): Work<AccuracyResult> {
  const { bins, pairs, triples } = real;
  const steps = bins.length + pairs.length + triples.length;
  let step = 0;
  const accuracyOf = (count: (codes: Uint8Array[]) => Float32Array): number => {
    const expected = (real.shares[step] ??= count(real.codes));
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
