import type { Card } from '../../shared/card.ts';
import { m } from '../../shared/messages/messages.js';
import { saveModel } from '../synthesis/tables/model-file.ts';
import type { TrainedTableModel } from '../synthesis/tables/train.ts';
import type { TaskContext } from './task.ts';

export interface ExportModelParams {
  model: TrainedTableModel;
  card: Card;
  path: string;
  overwrite: boolean;
}

/** Writes the model as one portable file, whole or not at all. Throws the `output/…` errors. */
export async function exportModel(
  { model, card, path, overwrite }: ExportModelParams,
  { signal, report }: TaskContext,
): Promise<void> {
  report({ phase: m.phases_writing_model(), progress: 0 });
  signal.throwIfAborted();
  await saveModel(path, model, card, { overwrite });
  report({ progress: 1 });
}
