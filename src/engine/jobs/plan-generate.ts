import type { ExportPlan } from '../../shared/export-plan.ts';
import { m } from '../../shared/messages/messages.js';
import type { Access } from '../../shared/output.ts';
import type { Table } from '../tables/table.ts';
import { planExport } from './export-plan.ts';
import { requireFitting, requireUnconstrained, type GenerateParams } from './generate.ts';
import { prepareMix } from './mix-request.ts';
import { jsonFile } from './papers.ts';
import { requireTreatedModel } from './personal.ts';
import { sampleTable } from './sample-rows.ts';
import type { TaskContext } from './task.ts';

export interface PlanGenerateParams extends Omit<GenerateParams, 'protection' | 'overwrite'> {
  protection?: Access | null | undefined;
  /** Rows of the model to work out sizes from; drawn here unless given. */
  sample?: Table | undefined;
  /** Whether `path` says where; else only the name is known. */
  inFolder?: boolean | undefined;
}

/** Rows made to work out sizes from. */
const sampleRows = 300;

/**
 * What `generate` would write with the same parameters; nothing is written. Throws as `generate` where it is known
 * before, but for files that are there: the plan says which would be replaced.
 */
export async function planGenerate(params: PlanGenerateParams, context: TaskContext): Promise<ExportPlan> {
  const { model, card, rows, seed, avoid, constraints } = params;
  requireTreatedModel(card, params.keep);
  requireFitting(params);
  const mixed = await prepareMix(
    requireUnconstrained(params),
    { schema: model.schema, card, rows, seed },
    context,
  );
  context.report({ phase: m.phases_sizes(), progress: null });
  const sample =
    params.sample ?? (await sampleTable(model, Math.min(rows, sampleRows), seed, { signal: context.signal }));
  context.signal.throwIfAborted();
  return planExport({
    ...{ path: params.path, format: params.format, delimiter: params.delimiter, rows },
    ...{ protection: params.protection, signing: params.signing, inFolder: params.inFolder },
    realRows: mixed.rows,
    mark: mixed.mark,
    schema: mixed.schema,
    sample,
    cardBytes: jsonFile(card).length + 300,
    others: (params.alsoWrite?.(card) ?? []).map(({ path, role, content }) => ({
      ...{ path, role, bytes: content.length },
    })),
    conditions: constraints?.where === undefined ? [] : [constraints.where],
    warnings: [...(avoid === null ? [m.notes_copies_unknown()] : []), ...card.warnings],
  });
}
