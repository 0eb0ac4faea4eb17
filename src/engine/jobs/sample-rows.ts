import { fakeColumns } from '../privacy/fakes/fake-columns.ts';
import { joinTables } from '../synthesis/tables/join-tables.ts';
import { createSampler } from '../synthesis/tables/sampler.ts';
import type { SampleOptions } from '../synthesis/tables/sampler.ts';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import type { Table } from '../tables/table.ts';
import { rowsAsText } from './rows-as-text.ts';

type Drawable = Pick<TrainedTableModel, 'generator' | 'encoding' | 'schema' | 'rules'>;

/** Generated rows in memory. Throws `model/invalid`, and the signal's reason when cancelled. */
export async function sampleTable(
  model: Drawable,
  rows: number,
  seed: number,
  options: SampleOptions = {},
): Promise<Table> {
  const sampler = await createSampler(model, { rules: model.rules });
  try {
    const chunks: Table[] = [];
    for await (const chunk of sampler.sample(rows, seed, options)) chunks.push(chunk);
    return joinTables(chunks);
  } finally {
    await sampler.dispose();
  }
}

/** A few generated rows to look at, as they would be written. */
export async function sampleRows(
  model: Drawable,
  rows: number,
  seed: number,
  options: SampleOptions = {},
): Promise<{ columns: string[]; rows: (string | null)[][] }> {
  const add = await fakeColumns(model.schema, seed);
  const table = add(await sampleTable(model, rows, seed, options));
  return { columns: model.schema.map(({ name }) => name), rows: rowsAsText(table, model.schema, rows, seed) };
}
