/** Rules that know which values go together. */
import type { FittedRule } from '../../../shared/rules.ts';
import type { Random } from '../../compute/random.ts';
import { keyOf, textOf } from '../../tables/rules/values.ts';
import type { Column, Table } from '../../tables/table.ts';
import type { BoundRule, Repair } from './bound-rule.ts';

type Parts = Pick<BoundRule, 'broken' | 'repairs' | 'begin'>;

/** Values whose counterpart a sample has settled itself, at most. */
const mostSettled = 1_000_000;

function find(table: Table, names: readonly string[]): Column[] | null {
  const columns = names.flatMap((name) => table.columns.find((column) => column.name === name) ?? []);
  return columns.length === names.length ? columns : null;
}

/** Sets a cell to a value by its text; false where the column cannot hold it. */
function setText(column: Column, row: number, text: string | null): boolean {
  if (column.type === 'number') {
    column.values[row] = text === null ? NaN : Number(text);
    return true;
  }
  const code = text === null ? -1 : column.categories.indexOf(text);
  if (text !== null && code < 0) return false;
  column.codes[row] = code;
  return true;
}

/**
 * The same `from`, the same `to`. Where too few real rows have a value for its counterpart to be known, the first one
 * generated is kept for the rest of the sample: it holds within the output and tells nothing of those rows.
 */
export function determinesRule({ combinations = [] }: FittedRule, from: string, to: string): Parts {
  const learned = new Map(combinations.map(({ values: [source = null, target = null] }) => [source, target]));
  let settled = new Map<string, string | null>();
  const counterpart = (source: string): string | null | undefined =>
    learned.has(source) ? learned.get(source) : settled.get(source);
  const broken = (table: Table): Uint8Array => {
    const marked = new Uint8Array(table.rows);
    const columns = find(table, [from, to]);
    if (!columns) return marked;
    const [sources, targets] = columns as [Column, Column];
    for (let row = 0; row < table.rows; row++) {
      const source = textOf(sources, row);
      if (source === null) continue;
      const target = textOf(targets, row);
      const known = counterpart(source);
      if (known === undefined && settled.size < mostSettled) settled.set(source, target);
      else if (known !== target) marked[row] = 1;
    }
    return marked;
  };
  const repair: Repair = {
    reads: [from],
    writes: [to],
    mend: (table, marked) => {
      const columns = find(table, [from, to]);
      for (let row = 0; row < table.rows; row++) {
        if (!marked[row]) continue;
        const [sources, targets] = columns ?? [];
        const source = sources && textOf(sources, row);
        const known = source === undefined || source === null ? undefined : counterpart(source);
        if (!targets || known === undefined || !setText(targets, row, known)) marked[row] = 0;
      }
    },
  };
  return {
    broken,
    repairs: [repair],
    begin: () => {
      settled = new Map();
    },
  };
}

/** Only combinations that are known; a wrong one keeps its first value and takes the others of a known one with it. */
export function combinationRule({ combinations = [] }: FittedRule, names: readonly string[]): Parts {
  const known = new Set(combinations.map(({ values }) => keyOf(values)));
  const byFirst = new Map<string | null, { values: (string | null)[]; upTo: number }[]>();
  for (const { values, count } of combinations) {
    const list = byFirst.get(values[0] ?? null) ?? [];
    list.push({ values, upTo: (list.at(-1)?.upTo ?? 0) + count });
    byFirst.set(values[0] ?? null, list);
  }
  const broken = (table: Table): Uint8Array => {
    const marked = new Uint8Array(table.rows);
    const columns = find(table, names);
    if (!columns) return marked;
    for (let row = 0; row < table.rows; row++)
      if (!known.has(keyOf(columns.map((column) => textOf(column, row))))) marked[row] = 1;
    return marked;
  };
  const mend = (table: Table, marked: Uint8Array, random: Random): void => {
    const columns = find(table, names);
    for (let row = 0; row < table.rows; row++) {
      if (!marked[row]) continue;
      const list = columns?.[0] && byFirst.get(textOf(columns[0], row));
      const target = random.uniform() * (list?.at(-1)?.upTo ?? 0);
      const chosen = list?.find(({ upTo }) => target < upTo);
      const done = chosen && columns?.every((column, at) => setText(column, row, chosen.values[at] ?? null));
      if (!done) marked[row] = 0;
    }
  };
  const [first = '', ...rest] = names;
  return { broken, repairs: [{ reads: [first], writes: rest, mend }], begin: () => undefined };
}
