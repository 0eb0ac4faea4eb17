/** What a command leaves in the store of `--store`, and takes from it. */
import { resolve } from 'node:path';
import type { GenerateResult } from '../engine/jobs/generate.ts';
import { packRowHashes, openRowHashes } from '../engine/jobs/row-hash-blob.ts';
import type { TrainResult } from '../engine/jobs/train.ts';
import type { Store } from '../engine/store/open.ts';
import type { ProjectSettings } from '../engine/store/projects.ts';
import { openModel, packModel } from '../engine/synthesis/tables/model-file.ts';
import { ruleText } from '../engine/tables/rules/rule-text.ts';
import { fingerprint } from '../engine/tables/source-file.ts';
import { AppError } from '../shared/errors.ts';
import type { ColumnChoice, TableProfile } from '../shared/table.ts';

export interface Described {
  /** The table. */
  input: string;
  /** Its name without folder and endings. */
  name: string;
  profile: TableProfile;
  columns: ColumnChoice[];
  settings: ProjectSettings;
}

/** Keeps a table's description as a project of its own, as the window would. Returns its id. */
export async function keepDescribed(store: Store, described: Described): Promise<string> {
  const { input, name, profile, columns, settings } = described;
  const path = resolve(input);
  const stamp = await fingerprint(path, true);
  const id = store.projects.create(name, path, columns, settings);
  store.projects.setProfile(id, profile, columns, stamp);
  return id;
}

/** Keeps what came of training on the table of a project, as the window would. */
export function keepModel(store: Store, id: string, result: TrainResult): void {
  store.projects.setTraining(id, result.progress);
  store.projects.setRules(
    id,
    (result.model.rules ?? []).map(({ rule }) => ({ text: ruleText(rule), origin: 'own', on: true })),
  );
  store.models.save(id, {
    card: result.card,
    file: packModel(result.model, result.card),
    rowHashes: packRowHashes(result.training),
    learned: result.progress,
  });
}

/** The model of a project, named by its name or id. Throws `project/not-found`, `model/invalid`. */
export function modelOfProject(store: Store, wanted: string) {
  const project = store.projects.list().find(({ id, name }) => id === wanted || name === wanted);
  if (project === undefined) {
    throw new AppError(
      'project/not-found',
      `The store has no project “${wanted}”.`,
      'See its projects with: semblance store list --store DIR',
    );
  }
  const stored = store.models.get(project.id);
  if (stored === null) throw AppError.of('model/invalid', 'no_model_yet', {});
  const { model, card } = openModel(stored.file);
  const hashes = stored.rowHashes === null ? null : openRowHashes(stored.rowHashes);
  return { projectId: project.id, model, card, hashes };
}

/** Notes that rows were written, as the window does. */
export function keepExport(
  store: Store,
  projectId: string,
  written: Pick<GenerateResult, 'rows' | 'replacedCopies' | 'realRows' | 'rules'> & { path: string },
): void {
  const { path, rows, replacedCopies, realRows, rules } = written;
  store.projects.addExport(projectId, {
    path: resolve(path),
    what: 'rows',
    rows,
    replacedCopies,
    ...(realRows > 0 && { realRows }),
    ...(rules.length > 0 && { rules: [...rules] }),
    writtenAt: new Date().toISOString(),
  });
}
