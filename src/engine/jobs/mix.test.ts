import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { realRows } from '../tables/real-rows.ts';
import { openSource } from '../tables/source.ts';
import type { Table } from '../tables/table.ts';
import { markColumnName, mixRows } from './mix.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-mix-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function* pieces(prefix: string, first: number, rows: number, size: number): AsyncIterable<Table> {
  for (let at = 0; at < rows; at += size) {
    const count = Math.min(size, rows - at);
    yield {
      rows: count,
      columns: [
        {
          type: 'number',
          name: 'n',
          values: Float64Array.from({ length: count }, (_, row) => first + at + row),
        },
        {
          type: 'category',
          name: 'c',
          codes: Int32Array.from({ length: count }, (_, row) => ((at + row) % 3) - 1),
          categories: [`${prefix}0`, `${prefix}1`],
        },
      ],
    };
  }
}

async function mixed(seed: number, counts = { synthetic: 5000, real: 1200 }) {
  const rows: { n: number; c: string | null; mark: string | undefined }[] = [];
  const parts = {
    synthetic: pieces('s', 0, counts.synthetic, 700),
    real: pieces('r', 1e6, counts.real, 333),
  };
  for await (const { columns, rows: count } of mixRows({ ...parts, counts, mark: 'synthetic', seed })) {
    const [n, c, mark] = columns;
    for (let row = 0; row < count; row++)
      rows.push({
        n: n?.type === 'number' ? (n.values[row] ?? NaN) : NaN,
        c: c?.type === 'category' ? (c.categories[c.codes[row] ?? -1] ?? null) : null,
        mark: mark?.type === 'category' ? mark.categories[mark.codes[row] ?? -1] : undefined,
      });
  }
  return rows;
}

describe('mixing', () => {
  it('takes every row of both once, whole, in its own order, and marks it', async () => {
    const rows = await mixed(1);
    const real = rows.filter(({ mark }) => mark === 'false');
    const synthetic = rows.filter(({ mark }) => mark === 'true');
    expect(real.map(({ n }) => n)).toEqual(Array.from({ length: 1200 }, (_, row) => 1e6 + row));
    expect(synthetic.map(({ n }) => n)).toEqual(Array.from({ length: 5000 }, (_, row) => row));
    for (const { n, c, mark } of rows) {
      const place = mark === 'false' ? n - 1e6 : n;
      const expected = place % 3 === 0 ? null : `${mark === 'false' ? 'r' : 's'}${(place % 3) - 1}`;
      expect(c).toBe(expected);
    }
  });

  it('spreads real rows evenly, the same way for the same seed', async () => {
    const rows = await mixed(2);
    expect(await mixed(2)).toEqual(rows);
    expect(await mixed(3)).not.toEqual(rows);
    for (let tenth = 0; tenth < 10; tenth++) {
      const real = rows.slice(tenth * 620, (tenth + 1) * 620).filter(({ mark }) => mark === 'false').length;
      // 120 expected; a deviation of 50 is five standard deviations.
      expect(Math.abs(real - 120)).toBeLessThan(50);
    }
    expect((await mixed(1, { synthetic: 0, real: 5 })).map(({ mark }) => mark)).toEqual(
      Array(5).fill('false'),
    );
  });

  it('does not take the name of a column that is there, in any case of letters', () => {
    expect(markColumnName(['a'])).toBe('synthetic');
    expect(markColumnName(['a', 'Synthetic'])).toBe('is_synthetic');
    expect(markColumnName(['synthetic', 'IS_SYNTHETIC', 'is_synthetic_2'])).toBe('is_synthetic_3');
  });
});

describe('real rows', () => {
  const path = join(folder, 'people.csv');
  const lines = Array.from(
    { length: 400 },
    (_, row) => `P${1000 + row},${row},${row % 2 ? 'x' : ''},note ${row} of ${row * 7} words`,
  );
  writeFileSync(path, `id,n,c,remark\n${lines.join('\n')}\n`);
  const choices = [
    { name: 'id', kind: 'identifier', role: 'identifier' },
    { name: 'n', kind: 'integer', role: 'keep' },
    { name: 'c', kind: 'category', role: 'keep' },
    { name: 'remark', kind: 'text', role: 'keep' },
  ] as const;

  async function taken(count: number, seed: number): Promise<Table[]> {
    const source = await openSource(path);
    try {
      const chunks: Table[] = [];
      for await (const chunk of realRows(source, choices, count, seed)) chunks.push(chunk);
      return chunks;
    } finally {
      await source.close();
    }
  }

  it('are different rows, whole, in an order of the seed, without identifiers and free text', async () => {
    const [first] = await taken(100, 1);
    const [n, c] = first?.columns ?? [];
    expect(first?.columns.map(({ name }) => name)).toEqual(['n', 'c']);
    const values = n?.type === 'number' ? [...n.values] : [];
    expect(new Set(values).size).toBe(100);
    expect(values).not.toEqual([...values].sort((a, b) => a - b));
    expect(Math.max(...values)).toBeGreaterThan(300);
    for (const [row, value] of values.entries())
      expect(c?.type === 'category' ? (c.categories[c.codes[row] ?? -1] ?? null) : undefined).toBe(
        value % 2 ? 'x' : null,
      );
    expect(await taken(100, 1)).toEqual([first]);
    expect(await taken(100, 2)).not.toEqual([first]);
  });

  it('are refused where there are not enough', async () => {
    await expect(taken(401, 1)).rejects.toMatchObject({ code: 'table/too-few-rows' });
  });
});
