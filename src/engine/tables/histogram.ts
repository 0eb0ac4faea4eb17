/** Small histograms: bars of equal width for numbers and dates, the most frequent values of categories. */
import { DuckDBMapValue, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import type { HistogramBar } from '../../shared/table.ts';
import { dateFormatter } from './dates.ts';
import { textOrNull, wholeNumber } from './duckdb.ts';
import { columnsAtOnce } from './column-facts.ts';
import type { Relation } from './source.ts';

export interface HistogramRequest {
  /** SQL of the value: DOUBLE for numbers and dates, VARCHAR for categories. */
  value: string;
  type: 'number' | 'date' | 'category';
  distinct: number;
  min: number;
  max: number;
  /** Whole numbers only. */
  whole: boolean;
  decimals: number;
  /** Between whole and fraction in the labels. */
  mark: '.' | ',';
  format: string | undefined;
}

export interface Histogram {
  bars: HistogramBar[];
  /** Rows with a value that is in none of the bars. */
  other: number;
}

const mostBars = 24;
/** Categories counted all at once; a column with more is counted in a query of its own. */
const countedAtOnce = 10_000;

/** Histograms of several columns of `relation`, in their order. */
export async function histograms(
  connection: DuckDBConnection,
  { sql: relation, rows: all }: Pick<Relation, 'sql' | 'rows'>,
  requests: readonly HistogramRequest[],
): Promise<Histogram[]> {
  const result: Histogram[] = requests.map(() => ({ bars: [], other: 0 }));
  const indexed = requests.map((request, at) => ({ request, at }));
  const together = indexed.filter(
    ({ request }) => request.type !== 'category' || request.distinct <= countedAtOnce,
  );
  const size = columnsAtOnce(all);
  for (let start = 0; start < together.length; start += size) {
    const group = together.slice(start, start + size);
    const cells = group.map(({ request }) => `histogram(${keySql(request)})`);
    const row = (await connection.runAndReadAll(`SELECT ${cells.join(', ')} FROM ${relation}`)).getRows()[0];
    for (const [place, { request, at }] of group.entries()) {
      result[at] = fromCounts(request, countsOf(row?.[place]));
    }
  }
  for (const { request, at } of indexed) {
    if (request.type !== 'category' || request.distinct <= countedAtOnce) continue;
    const rows = await connection.runAndReadAll(
      `SELECT value, rows, sum(rows) OVER () FROM (SELECT ${request.value} AS value, count(*) AS rows FROM ${relation} ` +
        `GROUP BY 1) WHERE value IS NOT NULL ORDER BY rows DESC, value LIMIT ${mostBars}`,
    );
    const found = rows.getRows();
    const bars = found.map((cells) => ({ label: textOrNull(cells[0]) ?? '', count: wholeNumber(cells[1]) }));
    const counted = wholeNumber(found[0]?.[2]);
    result[at] = { bars, other: counted - bars.reduce((sum, bar) => sum + bar.count, 0) };
  }
  return result;
}

function isBinned(request: HistogramRequest): boolean {
  return request.type === 'date' || (request.type === 'number' && request.distinct > mostBars);
}

function binCount(request: HistogramRequest): number {
  const span = request.max - request.min;
  if (!(span > 0)) return 1;
  if (request.type === 'number' && request.whole) return Math.ceil((span + 1) / binWidth(request));
  return mostBars;
}

function binWidth(request: HistogramRequest): number {
  const span = request.max - request.min;
  if (request.type === 'number' && request.whole) return Math.max(1, Math.ceil((span + 1) / mostBars));
  return span > 0 ? span / mostBars : 1;
}

function keySql(request: HistogramRequest): string {
  if (!isBinned(request)) return request.value;
  const last = binCount(request) - 1;
  return `CAST(least(${last}, greatest(0, floor((${request.value} - (${request.min})) / ${binWidth(request)}))) AS INTEGER)`;
}

function countsOf(value: DuckDBValue | undefined): { key: string | number; count: number }[] {
  if (!(value instanceof DuckDBMapValue)) return [];
  return value.entries.map(({ key, value: count }) => ({
    key: typeof key === 'number' ? key : (textOrNull(key) ?? ''),
    count: wholeNumber(count),
  }));
}

function fromCounts(request: HistogramRequest, counts: { key: string | number; count: number }[]): Histogram {
  if (isBinned(request)) {
    const byBin = new Map(counts.map(({ key, count }) => [Number(key), count]));
    const bars = Array.from({ length: binCount(request) }, (_, bin) => ({
      label: binLabel(request, bin),
      count: byBin.get(bin) ?? 0,
    }));
    return { bars, other: 0 };
  }
  if (request.type === 'number') {
    const sorted = counts.toSorted((a, b) => Number(a.key) - Number(b.key));
    return {
      bars: sorted.map(({ key, count }) => ({ label: numberLabel(Number(key), request), count })),
      other: 0,
    };
  }
  const sorted = counts.toSorted((a, b) => b.count - a.count || (String(a.key) < String(b.key) ? -1 : 1));
  return {
    bars: sorted.slice(0, mostBars).map(({ key, count }) => ({ label: String(key), count })),
    other: sorted.slice(mostBars).reduce((sum, { count }) => sum + count, 0),
  };
}

function binLabel(request: HistogramRequest, bin: number): string {
  const width = binWidth(request);
  const low = request.min + bin * width;
  if (request.type === 'date') {
    const write = dateFormatter(request.format ?? '%Y-%m-%d');
    return `${write(low)} – ${write(Math.min(request.max, low + width))}`;
  }
  if (!request.whole) return `${numberLabel(low, request)} – ${numberLabel(low + width, request)}`;
  const high = Math.min(low + width - 1, request.max);
  return high === low ? String(low) : `${low} – ${high}`;
}

/** Enough digits to tell one bar from the next, no more than the column has; tiny and huge numbers with an exponent. */
function numberLabel(value: number, request: HistogramRequest): string {
  if (request.whole) return String(value);
  return plainLabel(value, request).replace('.', request.mark);
}

function plainLabel(value: number, request: HistogramRequest): string {
  const size = Math.max(Math.abs(request.min), Math.abs(request.max));
  if (size > 0 && (size < 1e-6 || size >= 1e15)) return String(Number(value.toPrecision(3)));
  if (!isBinned(request)) return value.toFixed(Math.min(request.decimals, 15));
  const needed = Math.max(0, 1 - Math.floor(Math.log10(binWidth(request))));
  return value.toFixed(Math.min(request.decimals, needed, 15));
}
