/** What is in a table: the kind of every column with its figures, and what the user should know, worst first. */
import { m } from '../../shared/messages/messages.js';
import type { ColumnProfile, Problem, TableProfile } from '../../shared/table.ts';
import type { ColumnFacts } from './column-facts.ts';
import { plainNumbers } from './number-style.ts';
import { isCategorical, valueSql } from './column-sql.ts';
import { withConnection } from './duckdb.ts';
import { histograms, type Histogram, type HistogramRequest } from './histogram.ts';
import { inspect } from './inspection.ts';
import { findKind, type FoundKind } from './kinds.ts';
import { proposeFewer } from './many-columns.ts';
import { rowsThatFit } from './memory.ts';
import { columnProblems, sortProblems, tableProblems } from './problems.ts';
import type { Source } from './source.ts';

export interface ProfileOptions {
  signal?: AbortSignal;
  /** Fraction done (null: unknown) and what is being done. */
  onProgress?: (fraction: number | null, phase: string) => void;
}

/**
 * Profiles every column over all rows.
 * @throws AppError source/malformed, source/changed, source/not-found; AbortError when aborted.
 */
export async function profileTable(source: Source, options: ProfileOptions = {}): Promise<TableProfile> {
  const { signal, onProgress } = options;
  onProgress?.(0, m.phases_reading_rows());
  const { relation, columns } = await inspect(source, signal);
  onProgress?.(0.6, m.phases_counting());
  const { rows } = relation;
  const found = columns.map(({ name, facts, storage }) => ({
    name,
    facts,
    ...findKind(name, facts, rows, storage),
  }));
  const requests = found.map((column, at) => histogramRequest(column, `c${at}`));
  const drawn = await withConnection(signal, (connection) =>
    histograms(
      connection,
      relation,
      requests.filter((request) => request !== undefined),
    ),
  );
  await source.check();
  let next = 0;
  const profiles = found.map((column, at) =>
    columnProfile(column, rows, requests[at] ? drawn[next++] : undefined),
  );
  const proposed = proposeFewer(profiles);
  const problems: Problem[] = [
    ...tableProblems(rows, profiles),
    ...proposed.problems,
    ...moreThanFits(rows, proposed.columns),
    ...relation.problems,
    ...found.flatMap((column) => columnProblems(column.name, column, column.facts, rows)),
  ];
  onProgress?.(1, m.phases_done());
  return {
    format: source.format,
    gzip: source.gzip,
    ...(source.dialect ? { dialect: source.dialect } : {}),
    bytes: source.bytes,
    rows,
    columns: proposed.columns,
    problems: sortProblems(problems),
  };
}

/** A word where not all rows will be learned from. */
function moreThanFits(rows: number, columns: readonly ColumnProfile[]): Problem[] {
  const kept = columns.filter(({ role }) => role === 'keep');
  const categories = kept.filter(isCategorical).length;
  if (rows <= rowsThatFit({ numbers: kept.length - categories, categories })) return [];
  return [{ severity: 'note', message: m.problems_more_rows(), fix: m.problems_more_rows_fix() }];
}

type FoundColumn = FoundKind & { name: string; facts: ColumnFacts };

function histogramRequest(column: FoundColumn, cell: string): HistogramRequest | undefined {
  const { facts, kind, date } = column;
  // Bars of identifiers and free text would show single people.
  if (kind === 'identifier' || kind === 'text' || facts.values === 0) return undefined;
  const numbers = facts.numbers ?? plainNumbers;
  const value = valueSql(cell, {
    kind,
    numbers,
    format: date?.format,
    also: date?.also,
    padded: facts.padded,
  });
  const base = {
    value,
    distinct: facts.distinct,
    decimals: 0,
    whole: false,
    mark: numbers.mark,
    format: undefined,
  };
  if (kind === 'datetime' && date)
    return { ...base, type: 'date', min: date.min, max: date.max, format: date.format };
  if ((kind === 'integer' || kind === 'decimal') && facts.numbers) {
    const { min, max, decimals } = facts.numbers;
    return { ...base, type: 'number', min, max, whole: kind === 'integer', decimals: Math.min(15, decimals) };
  }
  return { ...base, type: 'category', min: 0, max: 0 };
}

function columnProfile(column: FoundColumn, rows: number, histogram: Histogram | undefined): ColumnProfile {
  const { name, kind, role, facts, date } = column;
  const measured = kind === 'integer' || kind === 'decimal' || kind === 'datetime';
  const ends = kind === 'datetime' ? date : facts.numbers;
  const nulls = rows - facts.values + (measured ? facts.markers : 0);
  // Whole numbers may be stored as 5.0.
  const shown = (text: string): string => (kind === 'integer' ? text.replace(/[.,]0+$/, '') : text);
  return {
    name,
    kind,
    role,
    nulls,
    // An approximate count may come out above what is possible.
    distinct: Math.min(facts.distinct - (measured ? markerKinds(facts) : 0), rows - nulls),
    ...(kind === 'decimal' && facts.numbers ? { decimals: Math.min(15, facts.numbers.decimals) } : {}),
    ...(date && kind === 'datetime' ? { format: date.format } : {}),
    ...(measured && ends ? { range: { min: shown(ends.minText), max: shown(ends.maxText) } } : {}),
    histogram: histogram?.bars ?? [],
    other: histogram?.other ?? 0,
  };
}

/** Distinct null markers, at least: they were counted among the distinct values. */
function markerKinds(facts: ColumnFacts): number {
  return facts.markers > 0 ? 1 : 0;
}
