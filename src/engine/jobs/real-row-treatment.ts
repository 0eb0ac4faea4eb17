/** Real rows leave the machine only as the columns were decided on: treated exactly as what the model learned was. */
import type { ColumnChoice, ColumnKind } from '../../shared/table.ts';
import { pseudonyms } from '../privacy/pseudonyms/pseudonymise.ts';
import type { PseudonymKey } from '../privacy/pseudonyms/key.ts';
import { generalise } from '../privacy/treat/generalise.ts';
import { readingChoices } from '../privacy/treat/treat.ts';
import { inspect } from '../tables/inspection.ts';
import { findKind } from '../tables/kinds.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import type { Source } from '../tables/source.ts';
import type { Column, Table } from '../tables/table.ts';

/**
 * What each part of a column's schema is about. `spelling`: how values are written, real ones included. `treatment`:
 * values are not written as they are in the source, and `treatRealRows` treats real rows alike. A new part of the schema
 * has to be given its meaning here, and its treatment below.
 *
 * Columns that are dropped are in no schema; identifiers (`role`, `pattern`, `identifier`) are made anew for real
 * rows as for synthetic ones; free text stays empty in both.
 */
export const partsOfSchema: Readonly<Record<keyof ColumnSchema, 'spelling' | 'treatment'>> = {
  name: 'spelling',
  kind: 'spelling',
  role: 'spelling',
  nullable: 'spelling',
  decimals: 'spelling',
  minDecimals: 'spelling',
  significant: 'spelling',
  decimalMark: 'spelling',
  group: 'spelling',
  prefix: 'spelling',
  suffix: 'spelling',
  signAfterPrefix: 'spelling',
  spellings: 'spelling',
  format: 'spelling',
  zone: 'spelling',
  pattern: 'spelling',
  identifier: 'spelling',
  fake: 'treatment',
  generalise: 'treatment',
  readAs: 'treatment',
  nullText: 'spelling',
  storage: 'spelling',
};

export interface RealRowTreatment {
  /** The choices to read the source with. */
  choices: ColumnChoice[];
  /** A chunk so read, as it may leave the machine. */
  treat: (chunk: Table) => Table;
}

/**
 * How real rows of `source` are made ready to stand among the synthetic ones of a model: what was made coarser is made
 * coarser, what is made up gets pseudonyms. Throws what reading the source throws.
 */
export async function realRowTreatment(
  schema: readonly ColumnSchema[],
  source: Source,
  key: PseudonymKey,
  signal?: AbortSignal,
): Promise<RealRowTreatment> {
  const { relation, columns: known } = await inspect(source, signal);
  const foundKind = (name: string): ColumnKind => {
    const column = known.find((each) => each.name === name);
    return column ? findKind(name, column.facts, relation.rows, column.storage).kind : 'category';
  };
  const choices = schema.map((column): ColumnChoice => {
    const { name, kind, role, generalise: how } = column;
    // Read as it stands: pseudonyms hang on the very text.
    if (role === 'fake') return { name, kind: 'category', role: 'keep' };
    return how === undefined
      ? { name, kind, role }
      : { name, kind: readAs(column, foundKind), role: 'keep', generalise: how };
  });
  const reading = readingChoices(choices);
  const coarser = new Map(
    reading.flatMap(({ name, kind, generalise: how }) =>
      how === undefined
        ? []
        : [[name, { schema: { name, kind, role: 'keep', nullable: true } as const, how }] as const],
    ),
  );
  const pseudonymise = await pseudonyms(schema, key);
  const treated = (column: Column): Column => {
    const change = coarser.get(column.name);
    return change === undefined ? column : generalise(column, change.schema, change.how).column;
  };
  return {
    // Dates that are made coarser are read otherwise than those that are not.
    choices: reading.map(({ name, kind, role, generalise: how }) =>
      how?.how === 'date' ? { name, kind, role, generalise: how } : { name, kind, role },
    ),
    treat: (chunk) => pseudonymise({ rows: chunk.rows, columns: chunk.columns.map(treated) }),
  };
}

/** Kind a column was read as before it was made coarser. Models of earlier versions do not say. */
function readAs(column: ColumnSchema, foundKind: (name: string) => ColumnKind): ColumnKind {
  if (column.readAs !== undefined) return column.readAs;
  const how = column.generalise?.how;
  // These leave a number a number.
  return how === 'top' || how === 'round' ? column.kind : foundKind(column.name);
}

/** Passes chunks on as they may leave. */
export async function* treatRealRows(
  chunks: AsyncIterable<Table>,
  treat: RealRowTreatment['treat'],
): AsyncGenerator<Table> {
  for await (const chunk of chunks) yield treat(chunk);
}
