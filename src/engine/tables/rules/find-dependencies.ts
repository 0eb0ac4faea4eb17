import type { Rule, RuleFinding } from '../../../shared/rules.ts';
import { fewestSubjects } from './fit.ts';
import { columnIn, finding, leastSurprise, leastSurprised, mostBroken, mostBrokenInSample } from './found.ts';
import type { Search } from './found.ts';
import type { Table } from '../table.ts';
import { codesOf } from './values.ts';

/** Distinct values of a column that is looked at, and of one that may be part of a combination. */
const mostValues = 2000;
const mostCombined = 200;
/** Rows that must lie with values at least five rows share: of a column that is nearly all different nothing follows. */
const repeated = 0.9;
/** A combination of fixed pairs is weaker than all else that is found: only the most surprising are proposed. */
const mostPairs = 8;

interface Codes {
  name: string;
  codes: Int32Array;
  count: number;
}

/**
 * Columns that determine others, pairs that determine each other (kept as combinations), and pairs of columns many of
 * whose combinations never occur though chance would bring them.
 */
export function findDependencies(search: Search): RuleFinding[] {
  const names = search.schema
    .filter(({ role, kind }) => role === 'keep' && kind !== 'text' && kind !== 'datetime')
    .map(({ name }) => name);
  const columns = names
    .flatMap((name) => coded(search.sample, name, mostValues) ?? [])
    .filter(({ count }) => count > 1);
  const determined = determinations(columns);
  const edges = [...determined].filter((edge) => isDirect(edge, determined, names));
  const full = new Map<string, Codes | null>();
  const whole = (name: string): Codes | null => {
    if (!full.has(name)) full.set(name, coded(search.table, name, 50_000));
    return full.get(name) ?? null;
  };
  const found: RuleFinding[] = [];
  for (const edge of edges) {
    const [from = '', to = ''] = edge.split('\0');
    const both = determined.has(`${to}\0${from}`);
    if (both && names.indexOf(from) > names.indexOf(to)) continue;
    const [x, y] = [whole(from), whole(to)];
    if (!x || !y) continue;
    const { rows, broken } = both ? pairsBroken(x, y) : mostFrequent(x, y);
    if (rows < leastSurprised || broken > rows * mostBroken) continue;
    const rule: Rule = both ? { type: 'combination', columns: [from, to] } : { type: 'determines', from, to };
    found.push(finding(rule, rows, broken));
  }
  return [...found, ...combinations(columns, determined, whole)];
}

function coded(table: Table, name: string, most: number): Codes | null {
  const column = columnIn(table, name);
  const found = column && codesOf(column, most);
  return found ? { name, ...found } : null;
}

/** Ordered pairs “from\0to”. */
function determinations(columns: readonly Codes[]): Set<string> {
  const found = new Set<string>();
  for (const x of columns) {
    if (!repeats(x)) continue;
    for (const y of columns) {
      if (x === y) continue;
      const { rows, broken, byChance } = mostFrequent(x, y);
      const surprising = byChance >= Math.max(leastSurprised, rows * leastSurprise);
      if (surprising && broken <= rows * mostBrokenInSample) found.add(`${x.name}\0${y.name}`);
    }
  }
  return found;
}

function repeats({ codes, count }: Codes): boolean {
  const counts = new Uint32Array(count);
  let rows = 0;
  for (const code of codes)
    if (code >= 0) {
      counts[code]!++;
      rows++;
    }
  const often = counts.reduce((sum, each) => (each >= fewestSubjects ? sum + each : sum), 0);
  return rows >= leastSurprised && often >= rows * repeated;
}

/** Whether it does not follow from two others; of columns that determine each other the first stands for all. */
function isDirect(edge: string, all: ReadonlySet<string>, names: readonly string[]): boolean {
  const [from = '', to = ''] = edge.split('\0');
  const alike = (a: string, b: string): boolean => all.has(`${a}\0${b}`) && all.has(`${b}\0${a}`);
  const isEarlier = (a: string, b: string): boolean => names.indexOf(a) < names.indexOf(b);
  for (const middle of names) {
    if (middle === from || middle === to || !all.has(`${from}\0${middle}`) || !all.has(`${middle}\0${to}`))
      continue;
    if (!alike(from, middle) && !alike(middle, to)) return false;
    // Among equals, the way over the one that comes first in the table is kept.
    if (alike(from, middle) && isEarlier(middle, from)) return false;
    if (alike(middle, to) && isEarlier(middle, to)) return false;
  }
  return true;
}

/** Rows with another value than the most frequent one of theirs; `byChance`: than the most frequent of all. */
function mostFrequent(x: Codes, y: Codes): { rows: number; broken: number; byChance: number } {
  const { pairs, rows } = countPairs(x, y);
  const best = new Uint32Array(x.count);
  const totals = new Uint32Array(y.count + 1);
  for (const [key, count] of pairs) {
    const [from, to] = [Math.floor(key / (y.count + 1)), key % (y.count + 1)];
    if (count > best[from]!) best[from] = count;
    totals[to]! += count;
  }
  const kept = best.reduce((sum, each) => sum + each, 0);
  return { rows, broken: rows - kept, byChance: rows - totals.reduce((a, b) => Math.max(a, b), 0) };
}

function pairsBroken(x: Codes, y: Codes): { rows: number; broken: number } {
  const { pairs, rows } = countPairs(x, y);
  let broken = 0;
  for (const [, count] of pairs) if (count < fewestSubjects) broken += count;
  return { rows, broken };
}

/** How many rows have each pair of values; a missing value of y is a value of its own (code 0), rows without x are left out. */
function countPairs(x: Codes, y: Codes): { pairs: [number, number][]; rows: number } {
  const width = y.count + 1;
  const size = x.count * width;
  let rows = 0;
  if (size <= 2_000_000) {
    const counts = new Uint32Array(size);
    for (let row = 0; row < x.codes.length; row++) {
      const code = x.codes[row]!;
      if (code < 0) continue;
      counts[code * width + y.codes[row]! + 1]!++;
      rows++;
    }
    const pairs: [number, number][] = [];
    counts.forEach((count, key) => {
      if (count > 0) pairs.push([key, count]);
    });
    return { pairs, rows };
  }
  const counts = new Map<number, number>();
  for (let row = 0; row < x.codes.length; row++) {
    const code = x.codes[row]!;
    if (code < 0) continue;
    const key = code * width + y.codes[row]! + 1;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    rows++;
  }
  return { pairs: [...counts], rows };
}

function combinations(
  columns: readonly Codes[],
  determined: ReadonlySet<string>,
  whole: (name: string) => Codes | null,
): RuleFinding[] {
  const found: { columns: [string, string]; surprise: number }[] = [];
  const few = columns.filter(({ count }) => count <= mostCombined);
  few.forEach((x, at) => {
    for (const y of few.slice(at + 1)) {
      if (determined.has(`${x.name}\0${y.name}`) || determined.has(`${y.name}\0${x.name}`)) continue;
      const surprise = neverSeen(x, y);
      if (surprise >= leastSurprise) found.push({ columns: [x.name, y.name], surprise });
    }
  });
  return found
    .sort((a, b) => b.surprise - a.surprise)
    .slice(0, mostPairs)
    .flatMap(({ columns: names }) => {
      const [x, y] = names.map(whole);
      if (!x || !y) return [];
      const { rows, broken } = pairsBroken(x, y);
      return broken <= rows * mostBroken
        ? [finding({ type: 'combination', columns: names }, rows, broken)]
        : [];
    });
}

/** The share of rows that chance would give combinations which (nearly) never occur. */
function neverSeen(x: Codes, y: Codes): number {
  const { pairs, rows } = countPairs(x, y);
  const width = y.count + 1;
  const byX = new Float64Array(x.count);
  const byY = new Float64Array(width);
  const seen = new Map(pairs);
  for (const [key, count] of pairs) {
    byX[Math.floor(key / width)]! += count;
    byY[key % width]! += count;
  }
  let missing = 0;
  byX.forEach((left, a) => {
    byY.forEach((right, b) => {
      const expected = (left * right) / rows;
      const count = seen.get(a * width + b) ?? 0;
      if (expected >= fewestSubjects && count < fewestSubjects && count <= expected * 0.02)
        missing += expected;
    });
  });
  return rows === 0 ? 0 : missing / rows;
}
