import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Table } from '../../tables/table.ts';
import { chunkRows } from './draw-program.ts';
import { joinTables } from './join-tables.ts';
import { fingerprint, rowHashes } from './row-hashes.ts';
import type { RowHashes } from './row-hashes.ts';
import { createSampler } from './sampler.ts';
import type { Sampler, SampleStream } from './sampler.ts';
import { encoding, names, untrainedGenerator } from './test-generator.ts';

/** One row of each combination listed, such as `pq`. */
function tableOf(combinations: readonly string[]): Table {
  return {
    rows: combinations.length,
    columns: ['a', 'b'].map((name, column) => ({
      type: 'category',
      name,
      categories: names,
      codes: Int32Array.from(combinations, (combination) => names.indexOf(combination[column] ?? '')),
    })),
  };
}

/** The rows in words, to be compared with ===. */
function spelled(table: Table): string[] {
  const columns = table.columns.map((column) => {
    if (column.type !== 'category') throw new Error('A category column was expected.');
    return Array.from(column.codes, (code) => column.categories[code] ?? '');
  });
  return Array.from({ length: table.rows }, (_, row) => columns.map((column) => column[row]).join(''));
}

const everything = names.flatMap((a) => names.map((b) => a + b));

let sampler: Sampler;
let generator: Uint8Array;

beforeAll(async () => {
  generator = await untrainedGenerator();
  sampler = await createSampler({ generator, encoding });
});
afterAll(async () => sampler.dispose());

async function read(stream: SampleStream, pause?: () => Promise<void>): Promise<Table> {
  const chunks: Table[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    await pause?.();
  }
  return joinTables(chunks);
}
const rowsOf = async (rows: number, seed: number, avoid?: RowHashes): Promise<string[]> =>
  spelled(await read(sampler.sample(rows, seed, { avoid })));

describe('copies of training rows', () => {
  it('are replaced by what is drawn next, and counted', async () => {
    const known = new Set(['pp', 'qr', 'ss']);
    const stream = sampler.sample(5000, 1, { avoid: rowHashes(tableOf([...known])) });
    const rows = spelled(await read(stream));
    expect(rows).toHaveLength(5000);
    expect(rows.filter((row) => known.has(row))).toEqual([]);
    expect(stream.replacedCopies).toBeGreaterThan(300);
    expect(stream.remainingCopies).toBe(0);
    const plain = await rowsOf(5000 + stream.replacedCopies, 1);
    expect(plain.filter((row) => known.has(row))).toHaveLength(stream.replacedCopies);
    expect(rows).toEqual(plain.filter((row) => !known.has(row)));
  });

  it('stay where nothing else can be drawn, after a bounded number of attempts, and are counted', async () => {
    const stream = sampler.sample(100, 1, { avoid: rowHashes(tableOf(everything)) });
    expect((await read(stream)).rows).toBe(100);
    expect(stream.remainingCopies).toBe(100);
    expect(stream.replacedCopies).toBeGreaterThan(0);
    expect(stream.replacedCopies).toBeLessThanOrEqual(4 * chunkRows + 2 * 100);
  });

  it('that at least five training rows share stay, and are counted', async () => {
    const training = tableOf([...Array<string>(5).fill('pp'), 'qr']);
    const stream = sampler.sample(3000, 1, { avoid: rowHashes(training) });
    const rows = spelled(await read(stream));
    const common = rows.filter((row) => row === 'pp').length;
    expect(common).toBeGreaterThan(50);
    expect(stream.commonRows).toBe(common);
    expect(rows).not.toContain('qr');
  });

  it('are recognised by fingerprints of the rows generated', async () => {
    const table = await read(sampler.sample(500, 4));
    const known = rowHashes(table);
    const { low, high } = fingerprint(await read(sampler.sample(500, 4)));
    expect(low.every((word, row) => known.has(word, high[row]!) || known.isCommon(word, high[row]!))).toBe(
      true,
    );
  });
});

describe('a longer sample begins with the shorter one', () => {
  it.each<[string, string[] | undefined]>([
    ['of all rows', undefined],
    ['with some rows to avoid', ['pp', 'qr']],
    ['with most rows to avoid', everything.slice(1)],
    ['with nothing but rows to avoid', everything],
  ])('%s', async (_, combinations) => {
    const avoid = combinations && rowHashes(tableOf(combinations));
    const [short, long] = [await rowsOf(700, 3, avoid), await rowsOf(4500, 3, avoid)];
    expect(short).toHaveLength(700);
    expect(long.slice(0, 700)).toEqual(short);
  });
});

describe('the same seed', () => {
  it('gives the same rows however slowly they are read', async () => {
    const slow = await read(sampler.sample(6000, 9), () => new Promise((resolve) => setTimeout(resolve, 20)));
    expect(spelled(slow)).toEqual(await rowsOf(6000, 9));
  });

  it('gives the same rows after a sample that was left in the middle, and in a fresh sampler', async () => {
    const expected = await rowsOf(3000, 9);
    for await (const chunk of sampler.sample(50_000, 1)) {
      expect(chunk.rows).toBeGreaterThan(0);
      break;
    }
    expect(await rowsOf(3000, 9)).toEqual(expected);
    const fresh = await createSampler({ generator, encoding });
    expect(spelled(await read(fresh.sample(3000, 9)))).toEqual(expected);
    await fresh.dispose();
  });

  it('and another seed gives other rows', async () => {
    expect(await rowsOf(200, 9)).not.toEqual(await rowsOf(200, 10));
  });
});

it('stops when cancelled', async () => {
  const stop = new AbortController();
  const reading = read(sampler.sample(1e9, 1, { signal: stop.signal }), async () => stop.abort());
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
});

it('gives no rows when none are wanted', async () => {
  expect((await read(sampler.sample(0, 1))).rows).toBe(0);
});

it('refuses a generator that belongs to other columns', async () => {
  const other = { columns: encoding.columns.slice(0, 1) };
  await expect(createSampler({ generator, encoding: other })).rejects.toMatchObject({
    code: 'model/invalid',
  });
});
