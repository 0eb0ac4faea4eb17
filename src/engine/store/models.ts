import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { card } from '../../shared/card.ts';
import type { Card } from '../../shared/card.ts';
import { trainingProgress } from '../../shared/training.ts';
import type { TrainingProgress } from '../../shared/training.ts';
import { checkedRow, jsonColumn } from './rows.ts';

const bytes = z.instanceof(Uint8Array<ArrayBufferLike>);

const modelRow = z.object({
  card: jsonColumn(card),
  /** The portable model file, as it would be exported. */
  file: bytes,
  /** One hash per training row, to recognise copies; null for an imported model. */
  rowHashes: bytes.nullable(),
  /** What the training that made it told last; null for an imported model. */
  learned: jsonColumn(trainingProgress).nullable(),
});
export type ModelRow = z.infer<typeof modelRow>;

const columns = 'project_id, created_at, card, file, row_hashes, learned';

/** The trained model of each project, at most one, and the one before it. */
export class ModelRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The project's model from now on. The one before is kept in place of any former one, and can be brought back. */
  save(projectId: string, model: ModelRow): void {
    this.#db.transaction(() => {
      this.#keepAsFormer(projectId);
      this.#db
        .prepare(`INSERT OR REPLACE INTO models (${columns}) VALUES (?, ?, ?, ?, ?, ?)`)
        .run(
          projectId,
          new Date().toISOString(),
          JSON.stringify(model.card),
          model.file,
          model.rowHashes,
          model.learned === null ? null : JSON.stringify(model.learned),
        );
    })();
  }

  /**
   * Puts the former model in the place of the project's model, and that in its place: done twice, nothing has changed.
   * False where there is no former one.
   */
  bringBack(projectId: string): boolean {
    return this.#db.transaction(() => {
      const former = this.#db
        .prepare(`SELECT ${columns} FROM former_models WHERE project_id = ?`)
        .get(projectId);
      if (former === undefined) return false;
      this.#keepAsFormer(projectId);
      this.#db
        .prepare(
          `INSERT OR REPLACE INTO models (${columns})
           VALUES (@project_id, @created_at, @card, @file, @row_hashes, @learned)`,
        )
        .run(former);
      return true;
    })();
  }

  #keepAsFormer(projectId: string): void {
    this.#db
      .prepare(
        `INSERT OR REPLACE INTO former_models (${columns})
         SELECT ${columns} FROM models WHERE project_id = ?`,
      )
      .run(projectId);
  }

  /** The card of the former model, without reading the model. */
  formerCard(projectId: string): Card | null {
    const row = this.#db.prepare('SELECT card FROM former_models WHERE project_id = ?').get(projectId);
    return row === undefined ? null : checkedRow(modelRow.pick({ card: true }), row, 'former_models').card;
  }

  /** Puts another card in the place of the model's, in its file too; the model itself is the same. */
  setCard(projectId: string, value: Card, file: Uint8Array): void {
    this.#db
      .prepare('UPDATE models SET card = ?, file = ? WHERE project_id = ?')
      .run(JSON.stringify(value), file, projectId);
  }

  get(projectId: string): ModelRow | null {
    const row = this.#db
      .prepare('SELECT card, file, row_hashes AS rowHashes, learned FROM models WHERE project_id = ?')
      .get(projectId);
    return row === undefined ? null : checkedRow(modelRow, row, 'models');
  }

  /** When the project's model was made, as an ISO 8601 time; null where there is none. */
  made(projectId: string): string | null {
    const row = this.#db.prepare('SELECT created_at AS made FROM models WHERE project_id = ?').get(projectId);
    return row === undefined ? null : checkedRow(z.object({ made: z.string() }), row, 'models').made;
  }

  /** The card alone, without reading the model. */
  card(projectId: string): Card | null {
    const row = this.#db.prepare('SELECT card FROM models WHERE project_id = ?').get(projectId);
    return row === undefined ? null : checkedRow(modelRow.pick({ card: true }), row, 'models').card;
  }

  /** What the training that made the model told last, without reading the model. */
  learned(projectId: string): TrainingProgress | null {
    const row = this.#db.prepare('SELECT learned FROM models WHERE project_id = ?').get(projectId);
    return row === undefined ? null : checkedRow(modelRow.pick({ learned: true }), row, 'models').learned;
  }
}
