import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createInstance } from './duckdb.ts';

it('what does not fit in memory is spilled, and cannot be read on the drive', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-spill-'));
  const instance = await createInstance(folder, 64);
  const connection = await instance.connect();
  try {
    await connection.run(
      `CREATE TABLE people AS SELECT 'Johannsen-' || hash(range) || '-' || hash(range + 7) AS name
       FROM range(2000000)`,
    );
    const spilled = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(spilled.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(10e6);
    expect(spilled.some((content) => content.includes('Johannsen-'))).toBe(false);
    const sum = await connection.runAndReadAll(`SELECT count(*) FROM people WHERE name LIKE 'Johannsen-%'`);
    expect(sum.getRows()).toEqual([[2_000_000n]]);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
