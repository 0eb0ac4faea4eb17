/** A table for benchmarks, read as the product reads it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadTable } from '../src/engine/tables/load.ts';
import { profileTable } from '../src/engine/tables/profile.ts';
import type { ColumnSchema } from '../src/engine/tables/schema.ts';
import { openSource } from '../src/engine/tables/source.ts';
import type { Table } from '../src/engine/tables/table.ts';

/** A census table (UCI Adult) given by SEMBLANCE_CENSUS, else the bundled sample. */
export function benchmarkTable(): string {
  const census = process.env.SEMBLANCE_CENSUS;
  if (census !== undefined && existsSync(census)) return census;
  return join(import.meta.dirname, '..', 'resources', 'samples', 'credit-card-clients.csv.gz');
}

/** All columns the profile proposes to keep. */
export async function readTable(path: string): Promise<{ table: Table; schema: ColumnSchema[] }> {
  const source = await openSource(path);
  try {
    const profile = await profileTable(source);
    return await loadTable(source, profile, profile.columns);
  } finally {
    await source.close();
  }
}
