/** Whatever a table looks like, what is generated from it is spelled and typed as it is. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TableFormat } from '../../shared/table.ts';
import { createSampler } from '../synthesis/tables/sampler.ts';
import { trainTableGan } from '../synthesis/tables/train.ts';
import { withConnection } from '../tables/duckdb.ts';
import { loadTable } from '../tables/load.ts';
import { profileTable } from '../tables/profile.ts';
import { openSource } from '../tables/source.ts';
import { writeTable } from '../tables/write.ts';
import { proposedColumns } from './profile.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-faithful-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const rows = 300;

/** A kind of column: how its values are written, and what they must look like again. */
interface Kind {
  make: (random: () => number) => string;
  looks: RegExp;
  /** Type in Parquet, and of a JSON value, when the source is CSV. */
  parquet: RegExp;
  json: 'number' | 'string' | 'boolean';
}

const digits = (value: number, places: number): string => value.toFixed(places);
const grouped = (text: string, group: string): string => {
  const [whole = '', rest] = text.split(/(?=[.,])/);
  return whole.replace(/\B(?=(\d{3})+$)/g, group) + (rest ?? '');
};
const two = (value: number): string => String(value).padStart(2, '0');
const day = (random: () => number): [string, string, string] => [
  String(1990 + Math.floor(random() * 30)),
  two(1 + Math.floor(random() * 12)),
  two(1 + Math.floor(random() * 28)),
];

const kinds: Record<string, Kind> = {
  integer: {
    make: (r) => String(Math.floor(r() * 500) - 50),
    looks: /^-?\d+$/,
    parquet: /BIGINT/,
    json: 'number',
  },
  places: {
    make: (r) => digits(r() * 900, 2),
    looks: /^\d+\.\d\d$/,
    parquet: /DECIMAL\(18,2\)/,
    json: 'number',
  },
  uneven: { make: (r) => String(Math.round(r() * 9000) / 100), looks: /^\d+(\.\d{1,2})?$/, parquet: /DOUBLE/, json: 'number' }, // prettier-ignore
  comma: { make: (r) => digits(r() * 90, 2).replace('.', ','), looks: /^\d+,\d\d$/, parquet: /DECIMAL|DOUBLE/, json: 'number' }, // prettier-ignore
  thousands: { make: (r) => grouped(digits(r() ** 2 * 4e6, 2), ','), looks: /^\d{1,3}(,\d{3})*\.\d\d$/, parquet: /DECIMAL|DOUBLE/, json: 'number' }, // prettier-ignore
  german: { make: (r) => grouped(digits(r() ** 2 * 4e6, 2).replace('.', ','), '.'), looks: /^\d{1,3}(\.\d{3})*,\d\d$/, parquet: /DECIMAL|DOUBLE/, json: 'number' }, // prettier-ignore
  dollars: { make: (r) => `$${grouped(digits(r() ** 2 * 9000, 2), ',')}`, looks: /^\$\d{1,3}(,\d{3})*\.\d\d$/, parquet: /VARCHAR/, json: 'string' }, // prettier-ignore
  euros: { make: (r) => `${digits(r() * 90, 2).replace('.', ',')} €`, looks: /^\d+,\d\d €$/, parquet: /VARCHAR/, json: 'string' }, // prettier-ignore
  weight: {
    make: (r) => `${Math.floor(40 + r() * 80)} kg`,
    looks: /^\d+ kg$/,
    parquet: /VARCHAR/,
    json: 'string',
  },
  percent: {
    make: (r) => `${digits(r() * 100, 1)} %`,
    looks: /^\d+\.\d %$/,
    parquet: /VARCHAR/,
    json: 'string',
  },
  padded: { make: (r) => String(Math.floor(r() * 60)).padStart(5, '0'), looks: /^\d{5}$/, parquet: /VARCHAR/, json: 'string' }, // prettier-ignore
  yesNo: { make: (r) => (r() < 0.4 ? 'Yes' : 'No'), looks: /^(Yes|No)$/, parquet: /VARCHAR/, json: 'string' },
  truth: {
    make: (r) => (r() < 0.4 ? 'TRUE' : 'FALSE'),
    looks: /^(TRUE|FALSE)$/,
    parquet: /BOOLEAN/,
    json: 'boolean',
  },
  letters: { make: (r) => (r() < 0.4 ? 't' : 'f'), looks: /^[tf]$/, parquet: /VARCHAR/, json: 'string' },
  iso: { make: (r) => day(r).join('-'), looks: /^\d{4}-\d\d-\d\d$/, parquet: /DATE/, json: 'string' },
  dots: {
    make: (r) => day(r).reverse().join('.'),
    looks: /^\d\d\.\d\d\.\d{4}$/,
    parquet: /DATE/,
    json: 'string',
  },
  zone: { make: (r) => `${day(r).join('-')}T${two(Math.floor(r() * 24))}:${two(Math.floor(r() * 60))}:00+02:00`, looks: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+02:00$/, parquet: /TIMESTAMP/, json: 'string' }, // prettier-ignore
  utc: { make: (r) => `${day(r).join('-')}T${two(Math.floor(r() * 24))}:${two(Math.floor(r() * 60))}:07Z`, looks: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, parquet: /TIMESTAMP WITH TIME ZONE/, json: 'string' }, // prettier-ignore
  clock: { make: (r) => `${Math.floor(r() * 12) + 1}:${two(Math.floor(r() * 60))} ${r() < 0.5 ? 'AM' : 'PM'}`, looks: /^\d{1,2}:\d\d [AP]M$/, parquet: /TIME/, json: 'string' }, // prettier-ignore
};

const table = fc.record({
  columns: fc.uniqueArray(fc.constantFrom(...Object.keys(kinds)), { minLength: 4, maxLength: 8 }),
  nulls: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

/** mulberry32. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Column by column, the values of a file of texts: null is missing. */
async function readTexts(path: string): Promise<(string | null)[][]> {
  return withConnection(undefined, async (connection) => {
    const read = await connection.runAndReadAll(
      `SELECT * FROM read_csv('${path}', header = true, all_varchar = true, auto_detect = false, delim = ',', quote = '"', columns = ${columnsOf(path)})`,
    );
    return read.getColumns().map((column) => column.map((value) => (value === null ? null : String(value))));
  });
}

function columnsOf(path: string): string {
  const [head = ''] = readFileSync(path, 'utf8').split('\n');
  return `{${head.split(',').map((name) => `'${name}': 'VARCHAR'`).join(', ')}}`; // prettier-ignore
}

it('CSV, Parquet and JSON lines keep the types and formats of the source', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(table, async ({ columns, nulls, seed }) => {
      const random = noise(seed);
      const path = join(folder, `table-${++run}.csv`);
      const withNulls = (at: number): boolean => nulls[at] === true;
      const lines = Array.from({ length: rows }, () =>
        columns
          .map((name, at) => (withNulls(at) && random() < 0.2 ? '' : kinds[name]!.make(random)))
          .map((cell) => (cell.includes(',') ? `"${cell}"` : cell))
          .join(','),
      );
      writeFileSync(path, `${columns.join(',')}\n${lines.join('\n')}\n`);
      const source = await openSource(path);
      const profile = await profileTable(source, {});
      const loaded = await loadTable(source, profile, proposedColumns(profile), {});
      await source.close();
      const model = await trainTableGan({
        training: loaded.table,
        holdoutScore: async () => 0.5,
        schema: loaded.schema,
        minutes: 0.05,
        stopEarly: true,
        seed: 1,
        maxEpochs: 1,
        criticAfter: Infinity,
      });
      const sampler = await createSampler(model);
      const out = async (format: TableFormat): Promise<string> => {
        const file = join(folder, `out-${run}.${format}`);
        await writeTable(file, format, model.schema, sampler.sample(200, 1), { overwrite: true });
        return file;
      };
      const [csv, parquet, jsonl] = [await out('csv'), await out('parquet'), await out('jsonl')];
      await sampler.dispose();

      const texts = await readTexts(csv);
      const types = await withConnection(undefined, async (connection) => {
        const read = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet('${parquet}')`);
        return read.getRows().map(([, type]) => String(type));
      });
      const objects = readFileSync(jsonl, 'utf8')
        .trim()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      columns.forEach((name, at) => {
        const { looks, parquet: type, json } = kinds[name]!;
        const wrong = texts[at]?.filter((text) => (text === null ? !withNulls(at) : !looks.test(text)));
        expect(wrong, `${name} in CSV`).toEqual([]);
        expect(texts[at]?.some((text) => text !== null)).toBe(true);
        expect(types[at], `${name} in Parquet`).toMatch(type);
        for (const object of objects) {
          const value = (object as Record<string, unknown>)[name];
          if (value === null) expect(withNulls(at)).toBe(true);
          else expect(typeof value, `${name} in JSON`).toBe(json);
          if (typeof value === 'string') expect(value).toMatch(looks);
        }
      });
    }),
    { numRuns: 8 },
  );
}, 240_000);
