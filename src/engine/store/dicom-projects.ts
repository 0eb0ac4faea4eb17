import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { dicomChoices, type DicomChoices } from '../../shared/dicom.ts';
import { checkedRow, jsonColumn } from './rows.ts';

const dicomRow = z.object({
  sources: jsonColumn(z.array(z.string())),
  choices: jsonColumn(dicomChoices),
});
export type DicomRow = z.infer<typeof dicomRow>;

/** What is kept of DICOM projects besides what every project has: sources, what was found in them, what was chosen. */
export class DicomRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  create(projectId: string, sources: readonly string[], choices: DicomChoices): void {
    this.#db
      .prepare('INSERT INTO dicom_projects (project_id, changed_at, sources, choices) VALUES (?, ?, ?, ?)')
      .run(projectId, new Date().toISOString(), JSON.stringify(sources), JSON.stringify(choices));
  }

  /** Throws `project/not-found`, also for projects of tables. */
  get(projectId: string): DicomRow {
    const row = this.#db
      .prepare('SELECT sources, choices FROM dicom_projects WHERE project_id = ?')
      .get(projectId);
    if (row === undefined) throw AppError.of('project/not-found', 'project_gone', {});
    return checkedRow(dicomRow, row, 'dicom_projects');
  }

  setSources(projectId: string, sources: readonly string[]): void {
    this.#update(projectId, 'sources = ?', JSON.stringify(sources));
  }

  setChoices(projectId: string, choices: DicomChoices): void {
    this.#update(projectId, 'choices = ?', JSON.stringify(choices));
  }

  /** What an import has found, as `packFound` gives it; null before there is any. */
  found(projectId: string): Buffer | null {
    const found = this.#db
      .prepare<[string], Buffer | null>('SELECT found FROM dicom_projects WHERE project_id = ?')
      .pluck()
      .get(projectId);
    return found ?? null;
  }

  /** @param files In studies: for the list of projects. */
  setFound(projectId: string, found: Uint8Array, files: number): void {
    this.#update(projectId, 'found = ?, files = ?', found, files);
  }

  /** Where text was found in pictures, as JSON; null before it was looked for. */
  review(projectId: string): string | null {
    const review = this.#db
      .prepare<[string], string | null>('SELECT review FROM dicom_projects WHERE project_id = ?')
      .pluck()
      .get(projectId);
    return review ?? null;
  }

  setReview(projectId: string, review: string): void {
    this.#update(projectId, 'review = ?', review);
  }

  #update(projectId: string, assignments: string, ...values: (string | number | Uint8Array)[]): void {
    const { changes } = this.#db
      .prepare(`UPDATE dicom_projects SET ${assignments}, changed_at = ? WHERE project_id = ?`)
      .run(...values, new Date().toISOString(), projectId);
    if (changes === 0) throw AppError.of('project/not-found', 'project_gone', {});
  }
}
