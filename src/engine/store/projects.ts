import { randomInt, randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { exportRecord } from '../../shared/project.ts';
import type { ExportRecord } from '../../shared/project.ts';
import { projectRule, ruleOutcome } from '../../shared/rules.ts';
import type { ProjectRule } from '../../shared/rules.ts';
import { columnChoice, tableProfile } from '../../shared/table.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { trainingProgress, trainingSettings } from '../../shared/training.ts';
import type { TrainingProgress } from '../../shared/training.ts';
import { checkedRow, jsonColumn } from './rows.ts';
import { timeAfter } from './time-after.ts';

const projectSettings = trainingSettings.omit({ columns: true });
export type ProjectSettings = z.infer<typeof projectSettings>;

/** Settings of a new project; the seed is drawn. */
export function freshSettings(): ProjectSettings {
  return { minutes: 5, stopEarly: true, seed: randomInt(1, 1_000_000), holdout: 0.2 };
}

const projectRow = z.object({
  id: z.string(),
  name: z.string(),
  /** Path of the source; `sample:NAME` for the bundled one; empty for an imported model. */
  sourceLink: z.string(),
  sourceBytes: z.number().nullable(),
  sourceModified: z.number().nullable(),
  createdAt: z.string(),
  openedAt: z.string(),
  profile: jsonColumn(tableProfile).nullable(),
  columns: jsonColumn(z.array(columnChoice)),
  settings: jsonColumn(projectSettings),
  training: jsonColumn(trainingProgress).nullable(),
  rules: jsonColumn(z.array(projectRule)),
});
export type ProjectRow = z.infer<typeof projectRow>;

const exportRow = exportRecord.extend({
  realRows: z
    .number()
    .nullable()
    .transform((rows) => rows ?? undefined),
  rules: jsonColumn(z.array(ruleOutcome))
    .nullable()
    .transform((rules) => rules ?? undefined),
});

const summaryRow = z.object({
  id: z.string(),
  name: z.string(),
  sourceLink: z.string(),
  openedAt: z.string(),
  rows: z.number().int().nullable(),
  trained: z.number().transform((value) => value === 1),
  /** Of DICOM; null for tables. */
  files: z.number().int().nullable(),
});
export type ProjectSummaryRow = z.infer<typeof summaryRow>;

/** What tells one state of a source file from another without reading it. */
export interface SourceStamp {
  bytes: number;
  /** Modification time in milliseconds. */
  modified: number;
}

const selectProject = `SELECT id, name, source_link AS sourceLink, source_bytes AS sourceBytes,
  source_modified AS sourceModified, created_at AS createdAt, opened_at AS openedAt,
  profile, columns, settings, training, rules FROM projects`;

/** Projects and the records of what they wrote. */
export class ProjectRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Newest opened first. */
  list(): ProjectSummaryRow[] {
    const rows = this.#db
      .prepare(
        `SELECT id, name, source_link AS sourceLink, opened_at AS openedAt,
           json_extract(profile, '$.rows') AS rows,
           EXISTS (SELECT 1 FROM models WHERE project_id = projects.id) AS trained,
           (SELECT files FROM dicom_projects WHERE project_id = projects.id) AS files
         FROM projects ORDER BY opened_at DESC, created_at DESC`,
      )
      .all();
    return rows.map((row) => checkedRow(summaryRow, row, 'projects'));
  }

  /** Throws `project/not-found`. */
  summary(id: string): ProjectSummaryRow {
    const summary = this.list().find((row) => row.id === id);
    if (summary === undefined) throw projectNotFound();
    return summary;
  }

  /** The new project's id. The name gets a number when it is taken. */
  create(name: string, sourceLink: string, columns: ColumnChoice[], settings: ProjectSettings): string {
    const id = randomUUID();
    const now = this.#nextTime();
    this.#db
      .prepare(
        `INSERT INTO projects (id, name, source_link, created_at, opened_at, columns, settings)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, this.#freeName(name), sourceLink, now, now, JSON.stringify(columns), JSON.stringify(settings));
    return id;
  }

  #freeName(name: string): string {
    const taken = new Set(this.#db.prepare<[], string>('SELECT name FROM projects').pluck().all());
    let candidate = name;
    for (let count = 2; taken.has(candidate); count++) candidate = `${name} ${count}`;
    return candidate;
  }

  /** Throws `project/not-found`. */
  get(id: string): ProjectRow {
    const row = this.#db.prepare(`${selectProject} WHERE id = ?`).get(id);
    if (row === undefined) throw projectNotFound();
    return checkedRow(projectRow, row, 'projects');
  }

  rename(id: string, name: string): void {
    this.#update(id, 'name = ?', name);
  }

  touch(id: string): void {
    this.#update(id, 'opened_at = ?', this.#nextTime());
  }

  setProfile(id: string, profile: TableProfile, columns: ColumnChoice[], stamp: SourceStamp): void {
    this.#update(
      id,
      'profile = ?, columns = ?, source_bytes = ?, source_modified = ?',
      JSON.stringify(profile),
      JSON.stringify(columns),
      stamp.bytes,
      stamp.modified,
    );
  }

  setColumns(id: string, columns: ColumnChoice[]): void {
    this.#update(id, 'columns = ?', JSON.stringify(columns));
  }

  setSettings(id: string, settings: ProjectSettings): void {
    this.#update(id, 'settings = ?', JSON.stringify(settings));
  }

  setRules(id: string, rules: readonly ProjectRule[]): void {
    this.#update(id, 'rules = ?', JSON.stringify(rules));
  }

  setTraining(id: string, training: TrainingProgress | null): void {
    this.#update(id, 'training = ?', training === null ? null : JSON.stringify(training));
  }

  /** Removes the project and, by cascade, its model, jobs and export records. */
  remove(id: string): void {
    const { changes } = this.#db.prepare('DELETE FROM projects WHERE id = ?').run(id);
    if (changes === 0) throw projectNotFound();
  }

  /** Its time is put behind those of earlier files, should the clock have been set back. */
  addExport(id: string, record: ExportRecord): void {
    const newest = this.#db
      .prepare<[string], string | null>('SELECT max(written_at) FROM exports WHERE project_id = ?')
      .pluck()
      .get(id);
    const writtenAt = timeAfter(newest, Date.parse(record.writtenAt));
    this.#db
      .prepare(
        `INSERT INTO exports (project_id, path, what, rows, replaced_copies, real_rows, rules, written_at)
         VALUES (@id, @path, @what, @rows, @replacedCopies, @realRows, @rules, @writtenAt)`,
      )
      .run({
        ...record,
        ...{ id, writtenAt, realRows: record.realRows ?? 0 },
        rules: record.rules === undefined ? null : JSON.stringify(record.rules),
      });
  }

  /** Newest first. */
  exports(id: string): ExportRecord[] {
    return this.#db
      .prepare(
        `SELECT path, what, rows, replaced_copies AS replacedCopies,
           nullif(real_rows, 0) AS realRows, rules, written_at AS writtenAt
         FROM exports WHERE project_id = ? ORDER BY exports.id DESC`,
      )
      .all(id)
      .map((row) => checkedRow(exportRow, row, 'exports'));
  }

  /** Behind the times of all projects, so that the one opened last is the newest. */
  #nextTime(): string {
    const newest = this.#db
      .prepare<[], string | null>('SELECT max(opened_at, created_at) FROM projects ORDER BY 1 DESC LIMIT 1')
      .pluck()
      .get();
    return timeAfter(newest);
  }

  #update(id: string, assignments: string, ...values: (string | number | null)[]): void {
    const { changes } = this.#db
      .prepare(`UPDATE projects SET ${assignments} WHERE id = ?`)
      .run(...values, id);
    if (changes === 0) throw projectNotFound();
  }
}

function projectNotFound(): AppError {
  return AppError.of('project/not-found', 'project_gone', {});
}
