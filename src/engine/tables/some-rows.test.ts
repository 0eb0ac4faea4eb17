/** A table of more rows than memory takes: the mechanism at a small size. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadTable, type LoadedTable, type LoadOptions } from './load.ts';
import { profileTable } from './profile.ts';
import { openSource } from './source.ts';

const folder = await mkdtemp(join(tmpdir(), 'semblance-some-rows-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = 20_000;
const towns = ['Wien', 'Graz', 'Ärzen', '𝄞', 'ﬀ', ''];
const csv = `place,town,half\n${Array.from({ length: rows }, (_, row) => `${row * 3},${towns[row % 6] ?? ''},${row % 5 === 0 ? '' : row / 2}`).join('\n')}\n`;
const jsonl = csv
  .split('\n')
  .slice(1, -1)
  .map((line) => {
    const [place, town = '', half = ''] = line.split(',');
    return `{"place":${place},"town":${town === '' ? 'null' : JSON.stringify(town)},"half":${half === '' ? 'null' : half}}`;
  })
  .join('\n');

async function load(path: string, options: LoadOptions): Promise<LoadedTable> {
  const source = await openSource(path);
  try {
    const profile = await profileTable(source);
    const choices = profile.columns.map(({ name, kind }) => ({ name, kind, role: 'keep' as const }));
    return await loadTable(source, profile, choices, options);
  } finally {
    await source.close();
  }
}

/** The rows as texts, to find them in another table. */
function asText({ table }: LoadedTable): string[] {
  return Array.from({ length: table.rows }, (_, row) =>
    table.columns
      .map((column) =>
        column.type === 'number' ? column.values[row] : (column.categories[column.codes[row] ?? -1] ?? null),
      )
      .join('|'),
  );
}

describe.each([
  ['CSV', 'table.csv', csv],
  ['JSON lines', 'table.jsonl', jsonl],
])('%s of more rows than are to be read', (_, name, text) => {
  const path = join(folder, name);

  it('is read in part: whole rows, in their order, and it is told', async () => {
    await writeFile(path, text);
    const all = await load(path, {});
    const some = await load(path, { mostRows: 3000, seed: 5 });
    expect(all.table.rows).toBe(rows);
    expect(all.problems).toEqual([]);
    expect(some.table.rows).toBe(3000);
    expect(some.sourceRows).toBe(rows);
    expect(some.problems).toHaveLength(1);
    expect(some.problems[0]?.message).toContain('Only 3,000 of 20,000 rows (15 %)');
    const known = new Map(asText(all).map((row, at) => [row, at]));
    const places = asText(some).map((row) => known.get(row) ?? -1);
    expect(places[0]).toBeGreaterThanOrEqual(0);
    expect(places.every((place, at) => at === 0 || place > places[at - 1]!)).toBe(true);
    // From everywhere: a tenth of the table holds about a tenth of them.
    for (let tenth = 0; tenth < 10; tenth++) {
      const within = places.filter((place) => Math.floor((place * 10) / rows) === tenth).length;
      expect(Math.abs(within - 300)).toBeLessThan(90);
    }
    // The same numbering of categories as in the whole table: sorted by their UTF-8 bytes.
    expect(some.table.columns[1]).toMatchObject({ categories: ['Graz', 'Wien', 'Ärzen', 'ﬀ', '𝄞'] });
    expect(some.schema).toEqual(all.schema);
  });

  it('gives the same rows for the same seed, others for another', async () => {
    await writeFile(path, text);
    const once = asText(await load(path, { mostRows: 500, seed: 5 }));
    expect(asText(await load(path, { mostRows: 500, seed: 5 }))).toEqual(once);
    expect(asText(await load(path, { mostRows: 500, seed: 6 }))).not.toEqual(once);
    expect(asText(await load(path, { mostRows: rows, seed: 6 }))).toHaveLength(rows);
  });
});

it('tells values that do not fit a kind from those that are missing, in a part as well', async () => {
  const path = join(folder, 'unfit.csv');
  await writeFile(path, csv);
  const source = await openSource(path);
  const profile = await profileTable(source);
  const read = (kind: 'integer' | 'decimal') =>
    loadTable(source, profile, [{ name: 'town', kind, role: 'keep' }], { mostRows: 2000 });
  const { problems } = await read('integer');
  await source.close();
  expect(problems.map(({ column }) => column)).toEqual([undefined, 'town']);
});
