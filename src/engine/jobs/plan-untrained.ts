import type { ExportPlan } from '../../shared/export-plan.ts';
import { m } from '../../shared/messages/messages.js';
import { realRowsOf } from '../../shared/real-rows.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { inspect } from '../tables/inspection.ts';
import { planColumns } from '../tables/load.ts';
import { realRows, requireRealRows } from '../tables/real-rows.ts';
import type { Source } from '../tables/source.ts';
import type { Table } from '../tables/table.ts';
import { planExport, type PlanParams } from './export-plan.ts';
import { markColumn, markColumnName } from './mix.ts';

export interface UntrainedParams extends Pick<
  PlanParams,
  'path' | 'format' | 'delimiter' | 'rows' | 'protection' | 'signing' | 'others' | 'conditions'
> {
  source: Source;
  profile: TableProfile;
  columns: readonly ColumnChoice[];
  /** Share of real rows; null where none are mixed in. */
  share: number | null;
  seed: number;
}

const sampleRows = 300;

/**
 * What would be written once a model has learned from a source. Sizes are worked out from a few of its rows, of which
 * only the length is looked at. Throws as `loadTable`.
 */
export async function planUntrained(params: UntrainedParams, signal: AbortSignal): Promise<ExportPlan> {
  const { source, profile, columns, share, seed, ...rest } = params;
  const inspection = await inspect(source, signal);
  const schema = planColumns(source.name, inspection, profile, columns, []).map((plan) => plan.schema);
  if (share !== null) await requireRealRows(source, realRowsOf(rest.rows, share), signal);
  const mark = share === null ? null : markColumnName(profile.columns.map(({ name }) => name));
  let sample: Table = { rows: 0, columns: [] };
  for await (const chunk of realRows(source, columns, Math.min(profile.rows, sampleRows), seed, signal)) {
    sample = chunk;
    break;
  }
  return planExport({
    ...rest,
    realRows: share === null ? 0 : realRowsOf(rest.rows, share),
    mark,
    schema: mark === null ? schema : [...schema, markColumn(mark)],
    sample,
    cardBytes: null,
    warnings: [
      m.notes_nothing_learned(),
      ...profile.problems
        .filter(({ severity }) => severity !== 'note')
        .map(({ column, message }) => (column === undefined ? message : `${column}: ${message}`)),
    ],
  });
}
