/** What the store holds, thing by thing, and how each is erased. */
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { storedItem } from '../../shared/store.ts';
import type { StoredItem, StoredKind } from '../../shared/store.ts';
import { checkedRow } from './rows.ts';

/** Kinds that are rows of the database. */
export type RowKind = Exclude<StoredKind, 'set-aside'>;

interface Holding {
  /** Selects id, project, detail, bytes, at: see `StoredItem`. */
  list: string;
  /** Statements that erase the one whose id is `@id`. */
  erase: readonly string[];
  /** Tables and columns that are accounted for here; a test holds that every table is. */
  tables: readonly string[];
}

/**
 * A new table of the store gets an entry here, or its columns are added to one: nothing is kept that the list does
 * not show. Things of no project have `project` null.
 */
export const holdings: Readonly<Record<RowKind, Holding>> = {
  project: {
    list: `SELECT id, name AS project, source_link AS detail, opened_at AS at,
        octet_length(name) + octet_length(source_link) + octet_length(columns) + octet_length(settings)
        + octet_length(rules) AS bytes
      FROM projects`,
    // Everything else of the project goes with it, by cascade.
    erase: ['DELETE FROM projects WHERE id = @id'],
    tables: ['projects'],
  },
  description: {
    list: `SELECT id, name AS project, '' AS detail, octet_length(profile) AS bytes, NULL AS at
      FROM projects WHERE profile IS NOT NULL`,
    erase: [
      `UPDATE projects SET profile = NULL, columns = '[]', rules = '[]', source_bytes = NULL, source_modified = NULL
       WHERE id = @id`,
    ],
    tables: ['projects'],
  },
  model: {
    list: `SELECT project_id AS id, name AS project, '' AS detail, models.created_at AS at,
        octet_length(file) + coalesce(octet_length(row_hashes), 0) AS bytes
      FROM models JOIN projects ON projects.id = project_id`,
    // Its report is about nothing without it, and nobody who erases a model wants the one before instead.
    erase: [
      'DELETE FROM models WHERE project_id = @id',
      'DELETE FROM former_models WHERE project_id = @id',
      'UPDATE projects SET training = NULL WHERE id = @id',
    ],
    tables: ['models'],
  },
  'former-model': {
    list: `SELECT project_id AS id, name AS project, '' AS detail, former_models.created_at AS at,
        octet_length(file) + octet_length(card) + coalesce(octet_length(row_hashes), 0)
          + coalesce(octet_length(learned), 0) AS bytes
      FROM former_models JOIN projects ON projects.id = project_id`,
    erase: ['DELETE FROM former_models WHERE project_id = @id'],
    tables: ['former_models'],
  },
  report: {
    list: `SELECT projects.id AS id, name AS project, '' AS detail, models.created_at AS at,
        coalesce(octet_length(training), 0) + coalesce(octet_length(card), 0)
          + coalesce(octet_length(learned), 0) AS bytes
      FROM projects LEFT JOIN models ON projects.id = project_id
      WHERE training IS NOT NULL OR learned IS NOT NULL OR json_extract(card, '$.scores') IS NOT NULL`,
    // The rest of the card belongs to the model: it cannot be used without. `store-content` sees to that in its file.
    // The former model goes with its own report.
    erase: [
      `UPDATE models SET learned = NULL,
         card = json_set(json_remove(card, '$.scores', '$.training.best'), '$.training.history', json('[]'))
       WHERE project_id = @id`,
      'DELETE FROM former_models WHERE project_id = @id',
      'UPDATE projects SET training = NULL WHERE id = @id',
    ],
    tables: ['models', 'projects'],
  },
  export: {
    list: `SELECT cast(exports.id AS TEXT) AS id, name AS project, path AS detail, written_at AS at,
        octet_length(path) + octet_length(what) + octet_length(written_at)
          + coalesce(octet_length(exports.rules), 0) + 16 AS bytes
      FROM exports JOIN projects ON projects.id = project_id`,
    erase: ['DELETE FROM exports WHERE id = cast(@id AS INTEGER)'],
    tables: ['exports'],
  },
  job: {
    list: `SELECT jobs.id AS id, name AS project, kind AS detail, jobs.created_at AS at,
        octet_length(phase) + coalesce(octet_length(rate), 0) + coalesce(octet_length(error), 0)
          + coalesce(octet_length(outcome), 0) + coalesce(octet_length(request), 0)
          + coalesce(octet_length(saved), 0) + 100 AS bytes
      FROM jobs JOIN projects ON projects.id = project_id`,
    erase: ['DELETE FROM jobs WHERE id = @id'],
    tables: ['jobs'],
  },
  // Their files lie beside the database; without the key that is here, nothing opens them.
  checkpoint: {
    list: `SELECT job_id AS id, name AS project, '' AS detail, jobs.created_at AS at, octet_length(key) AS bytes
      FROM checkpoints JOIN jobs ON jobs.id = job_id JOIN projects ON projects.id = project_id`,
    erase: ['DELETE FROM checkpoints WHERE job_id = @id'],
    tables: ['checkpoints'],
  },
  'signing-key': {
    list: `SELECT cast(id AS TEXT) AS id, NULL AS project, '' AS detail, octet_length(private_key) AS bytes,
        created_at AS at
      FROM signing_key`,
    erase: ['DELETE FROM signing_key WHERE id = cast(@id AS INTEGER)'],
    tables: ['signing_key'],
  },
  'pseudonym-key': {
    list: `SELECT project_id AS id, name AS project, '' AS detail, octet_length(key) AS bytes,
        pseudonym_keys.created_at AS at
      FROM pseudonym_keys JOIN projects ON projects.id = project_id`,
    erase: ['DELETE FROM pseudonym_keys WHERE project_id = @id'],
    tables: ['pseudonym_keys'],
  },
  'dicom-index': {
    list: `SELECT project_id AS id, name AS project, '' AS detail, changed_at AS at,
        octet_length(sources) + octet_length(choices) + coalesce(octet_length(found), 0)
          + coalesce(octet_length(review), 0) AS bytes
      FROM dicom_projects JOIN projects ON projects.id = project_id`,
    // Where the files lie stays, so that they can be looked at again.
    erase: [
      'UPDATE dicom_projects SET found = NULL, review = NULL, files = 0 WHERE project_id = @id AND found IS NOT NULL',
    ],
    tables: ['dicom_projects'],
  },
  devices: {
    list: `SELECT cast(id AS TEXT) AS id, NULL AS project, '' AS detail, octet_length(record) AS bytes,
        changed_at AS at
      FROM devices`,
    erase: ['DELETE FROM devices WHERE id = cast(@id AS INTEGER)'],
    tables: ['devices'],
  },
};

const kinds = Object.keys(holdings).filter((name): name is RowKind => Object.hasOwn(holdings, name));
const listedRow = storedItem.omit({ kind: true });

/** Lists and erases. What is erased is overwritten in the database and in its log, and the file shrinks. */
export class Inventory {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Everything, largest first within each kind. */
  list(): StoredItem[] {
    return kinds.flatMap((kind) =>
      this.#db
        .prepare(`${holdings[kind].list} ORDER BY bytes DESC, at DESC`)
        .all()
        .map((row) => ({ kind, ...checkedRow(listedRow, row, kind) })),
    );
  }

  /** Bytes of the database as it stands, its log not counted. */
  bytes(): number {
    const pages = z.number().parse(this.#db.pragma('page_count', { simple: true }));
    return pages * z.number().parse(this.#db.pragma('page_size', { simple: true }));
  }

  /** Throws `store/item-not-found`. */
  erase(kind: RowKind, id: string): void {
    const changes = this.#db.transaction(() =>
      holdings[kind].erase.reduce((sum, sql) => sum + this.#db.prepare(sql).run({ id }).changes, 0),
    )();
    if (changes === 0) throw itemNotFound();
    this.#compact();
  }

  /** Erases every row of every table. */
  eraseEverything(): void {
    const tables = this.#db
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .pluck()
      .all();
    this.#db.transaction(() => {
      this.#db.pragma('defer_foreign_keys = ON');
      for (const name of tables) this.#db.exec(`DELETE FROM "${name}"`);
    })();
    this.#compact();
  }

  /**
   * Secure deletion has put zeros in place of what was erased, in pages that are still in the log; older versions of
   * those pages are there as well. So: take the log in and empty it, build the file anew without the free pages, and
   * once more.
   */
  #compact(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#db.exec('VACUUM');
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
  }
}

export function itemNotFound(): AppError {
  return AppError.of('store/item-not-found', 'store_item_gone', {});
}
