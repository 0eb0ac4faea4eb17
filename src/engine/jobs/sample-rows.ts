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
    return await allOf(sampler.sample(rows, seed, options));
  } finally {
    await sampler.dispose();
  }
}

/** A model that is open for looking at rows of it, as they would be written. */
export interface RowsOfModel {
  /** One at a time. The same for the same seed. */
  draw: (rows: number, seed: number) => Promise<{ columns: string[]; rows: (string | null)[][] }>;
  dispose: () => Promise<void>;
}

/** Throws `model/invalid`. */
export async function openRows(model: Drawable, options: SampleOptions = {}): Promise<RowsOfModel> {
  const sampler = await createSampler(model, { rules: model.rules });
  return {
    draw: async (rows, seed) => {
      const add = await fakeColumns(model.schema, seed);
      const table = add(await allOf(sampler.sample(rows, seed, options)));
      const columns = model.schema.map(({ name }) => name);
      return { columns, rows: rowsAsText(table, model.schema, rows, seed) };
    },
    dispose: () => sampler.dispose(),
  };
}

async function allOf(sample: AsyncIterable<Table>): Promise<Table> {
  const chunks: Table[] = [];
  for await (const chunk of sample) chunks.push(chunk);
  return joinTables(chunks);
}
