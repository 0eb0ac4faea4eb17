import { describe, expect, it } from 'vitest';
import { createRandom } from '../../compute/random.ts';
import type { CategoryColumn } from '../../tables/table.ts';
import { fitCategories, hiddenCategories } from './category-classes.ts';
import { encodeTable } from './codes.ts';
import { createDecoder } from './decode.ts';
import { classCount } from './encoding.ts';

function column(names: readonly (string | null)[]): CategoryColumn {
  const categories = [...new Set(names.filter((name) => name !== null))];
  const index = new Map(categories.map((name, code) => [name, code]));
  const codes = Int32Array.from(names, (name) => (name === null ? -1 : index.get(name)!));
  return { type: 'category', name: 'c', codes, categories };
}

describe('few categories', () => {
  const values = column(
    ['b', 'a', 'a', null, 'a', 'b', 'c', 'a', 'c'].flatMap((name) => Array<string | null>(3).fill(name)),
  );

  it('are classes of their own, most frequent first, and null is one too', () => {
    expect(fitCategories(values, 10)).toEqual({
      type: 'category',
      name: 'c',
      own: ['a', 'b', 'c'],
      buckets: [],
      nulls: true,
    });
  });

  it('come back as they were', () => {
    const encoding = { columns: [fitCategories(values, 10)] };
    const [codes] = encodeTable(encoding, { rows: 27, columns: [values] }).columns;
    const back = createDecoder(encoding).decode(Int32Array.from(codes!), 27, createRandom(1)).columns[0];
    if (back?.type !== 'category') throw new Error('A category column was expected.');
    expect(Array.from(back.codes, (code) => back.categories[code] ?? null)).toEqual(
      Array.from(values.codes, (code) => values.categories[code] ?? null),
    );
  });

  it('leaves out categories that no row has', () => {
    expect(fitCategories({ ...values, categories: ['b', 'a', 'c', 'unused'] }, 10).own).not.toContain(
      'unused',
    );
  });
});

describe('categories of too few rows', () => {
  it('are not stored, and their rows go to what is spelled before them', () => {
    const values = column([
      ...Array<string>(300).fill('anna'),
      ...Array<string>(300).fill('mia'),
      'anne',
      'zoe',
    ]);
    const encoding = fitCategories(values, 10);
    expect(JSON.stringify(encoding)).not.toMatch(/anne|zoe/);
    const [codes] = encodeTable({ columns: [encoding] }, { rows: 602, columns: [values] }).columns;
    expect([codes![600], codes![601]].map((code) => encoding.own[code!])).toEqual(['anna', 'mia']);
    expect(hiddenCategories(values)).toBe(2);
  });

  it('are not stored in a small table either', () => {
    const names = [...Array<string>(20).fill('Lyon'), ...Array<string>(4).fill('Zyxthorpe')];
    expect(fitCategories(column(names), 10)).toMatchObject({ own: ['Lyon'], buckets: [] });
  });

  it('leave an empty column where there are no others', () => {
    const values = column(Array.from({ length: 600 }, (_, row) => `person ${row}`));
    const encoding = fitCategories(values, 10);
    expect(encoding).toMatchObject({ own: [], buckets: [], nulls: true });
    const [codes] = encodeTable({ columns: [encoding] }, { rows: 600, columns: [values] }).columns;
    const back = createDecoder({ columns: [encoding] }).decode(Int32Array.from(codes!), 600, createRandom(1));
    expect(back.columns[0]).toMatchObject({ codes: new Int32Array(600).fill(-1), categories: [] });
  });
});

describe('a hundred thousand categories', () => {
  const random = createRandom(2);
  // Frequencies fall like 1/rank, as names and places do.
  const names = Array.from({ length: 200_000 }, () => `n${Math.floor(100_000 ** random.uniform())}`);
  const values = column(names);
  const encoding = fitCategories(values, 200);

  it('stay within the cap and lose none but the rarest', () => {
    expect(classCount(encoding)).toBe(200);
    const kept = encoding.own.length + encoding.buckets.reduce((sum, bucket) => sum + bucket.names.length, 0);
    expect(kept).toBe(values.categories.length - hiddenCategories(values));
    expect(kept).toBeGreaterThan(4000);
  });

  it('fill their buckets about equally and keep neighbours together', () => {
    const weights = encoding.buckets.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
    expect(Math.max(...weights)).toBeLessThan(2 * Math.min(...weights));
    for (const { names: members } of encoding.buckets) expect([...members].sort()).toEqual(members);
  });

  it('draw inside a bucket by frequency', () => {
    const bucket = encoding.buckets.findIndex(({ counts }) => Math.max(...counts) > Math.min(...counts));
    const { names: members, counts } = encoding.buckets[bucket]!;
    const rows = 50_000;
    const codes = new Int32Array(rows).fill(encoding.own.length + bucket);
    const drawn = createDecoder({ columns: [encoding] }).decode(codes, rows, createRandom(3)).columns[0];
    if (drawn?.type !== 'category') throw new Error('A category column was expected.');
    const total = counts.reduce((sum, count) => sum + count, 0);
    const heaviest = counts.indexOf(Math.max(...counts));
    const wanted = counts[heaviest]! / total;
    const got = drawn.codes.filter((code) => drawn.categories[code] === members[heaviest]).length / rows;
    expect(Math.abs(got - wanted)).toBeLessThan(4 * Math.sqrt(wanted / rows));
  });
});
