import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';

/** Marks the file as a Semblance store ("SMBL"), so that a stray database is never taken for one. */
export const applicationId = 0x534d_424c;

/**
 * What each version adds, oldest first; `user_version` is the number of those applied. A released step is
 * never edited: a change is a new step at the end.
 *
 * JSON columns hold what is read and written whole and never searched; zod checks it on the way out.
 * No table holds a row of a source. `models.row_hashes` holds one 64-bit hash a training row, which is
 * what replacing copies needs; it goes with the project and never into an exported model.
 */
export const migrations: readonly string[] = [
  `CREATE TABLE projects (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     source_link TEXT NOT NULL,
     source_bytes INTEGER,
     source_modified REAL,
     created_at TEXT NOT NULL,
     opened_at TEXT NOT NULL,
     profile TEXT,
     columns TEXT NOT NULL,
     settings TEXT NOT NULL,
     training TEXT
   ) STRICT;
   CREATE TABLE models (
     project_id TEXT PRIMARY KEY REFERENCES projects(id) ON DELETE CASCADE,
     created_at TEXT NOT NULL,
     card TEXT NOT NULL,
     file BLOB NOT NULL,
     row_hashes BLOB
   ) STRICT;
   CREATE TABLE exports (
     id INTEGER PRIMARY KEY,
     project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
     path TEXT NOT NULL,
     rows INTEGER NOT NULL,
     replaced_copies INTEGER NOT NULL,
     written_at TEXT NOT NULL
   ) STRICT;
   CREATE INDEX exports_of_project ON exports(project_id);
   CREATE TABLE jobs (
     id TEXT PRIMARY KEY,
     project_id TEXT NOT NULL REFERENCES projects(id) ON DELETE CASCADE,
     kind TEXT NOT NULL,
     state TEXT NOT NULL,
     phase TEXT NOT NULL,
     progress REAL,
     rate TEXT,
     seconds_left REAL,
     created_at TEXT NOT NULL,
     started_at TEXT,
     finished_at TEXT,
     error TEXT,
     outcome TEXT
   ) STRICT;
   CREATE INDEX jobs_of_project ON jobs(project_id);`,
  // The newest training of a project may be one that was cancelled: it then says nothing about the model. Of
  // models already there, those are given their training whose learning curve is the one on their card.
  `ALTER TABLE models ADD COLUMN learned TEXT;
   UPDATE models SET learned = (
     SELECT training FROM projects
     WHERE projects.id = models.project_id AND models.row_hashes IS NOT NULL
       AND json_extract(projects.training, '$.history') = json_extract(models.card, '$.training.history'));
   ALTER TABLE exports ADD COLUMN what TEXT NOT NULL DEFAULT 'rows';`,
  // The key by which this installation signs what it writes (PKCS #8); made when it is first needed.
  `CREATE TABLE signing_key (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     created_at TEXT NOT NULL,
     private_key BLOB NOT NULL
   ) STRICT;`,
  // What it takes to run a job once more, how far a paused one has come, and the keys of checkpoints' files.
  `ALTER TABLE jobs ADD COLUMN request TEXT;
   ALTER TABLE jobs ADD COLUMN saved TEXT;
   CREATE TABLE checkpoints (
     job_id TEXT PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE,
     key BLOB NOT NULL
   ) STRICT;`,
  // Rules between columns, found and written; no value of the table but those written in them.
  `ALTER TABLE projects ADD COLUMN rules TEXT NOT NULL DEFAULT '[]';`,
  // What pseudonyms of a project's real rows hang on; made when it is first needed.
  `CREATE TABLE pseudonym_keys (
     project_id TEXT PRIMARY KEY REFERENCES projects(id) ON DELETE CASCADE,
     created_at TEXT NOT NULL,
     key BLOB NOT NULL
   ) STRICT;`,
  // How many of the rows of a file written are real ones.
  `ALTER TABLE exports ADD COLUMN real_rows INTEGER NOT NULL DEFAULT 0;`,
  // What the user wants to compute on, and what came of trying it. Names hardware, no table and no model.
  `CREATE TABLE devices (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     changed_at TEXT NOT NULL,
     record TEXT NOT NULL
   ) STRICT;`,
  // What it takes to run a job once more holds what is known of the table: nobody needs it of a job that has ended.
  `UPDATE jobs SET request = NULL WHERE state IN ('done', 'failed', 'cancelled');`,
  // What became of each rule while the rows of a file were made.
  `ALTER TABLE exports ADD COLUMN rules TEXT;`,
  // The model before the last training: it can be brought back.
  `CREATE TABLE former_models (
     project_id TEXT PRIMARY KEY REFERENCES projects(id) ON DELETE CASCADE,
     created_at TEXT NOT NULL,
     card TEXT NOT NULL,
     file BLOB NOT NULL,
     row_hashes BLOB,
     learned TEXT
   ) STRICT;`,
  // Projects of DICOM files: where they lie, what was found in them (compressed), how they are de-identified.
  `CREATE TABLE dicom_projects (
     project_id TEXT PRIMARY KEY REFERENCES projects(id) ON DELETE CASCADE,
     changed_at TEXT NOT NULL,
     sources TEXT NOT NULL,
     choices TEXT NOT NULL,
     found BLOB,
     files INTEGER NOT NULL DEFAULT 0
   ) STRICT;`,
  // Where text was found in pictures, and what a person says of it: places and devices, nothing that was read.
  `ALTER TABLE dicom_projects ADD COLUMN review TEXT;`,
];

/**
 * Checks that the database is ours and no newer than this program, before anything is written to it.
 * Throws `store/foreign`, `store/newer`.
 */
export function checkVersion(db: Database, file: string): void {
  const version = Number(db.pragma('user_version', { simple: true }));
  const owner = Number(db.pragma('application_id', { simple: true }));
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  if (owner !== applicationId && (owner !== 0 || tables > 0)) {
    throw AppError.of('store/foreign', 'not_a_store', { file });
  }
  if (version > migrations.length) {
    throw AppError.of('store/newer', 'store_too_new', { version, known: migrations.length });
  }
}

/** Brings the store to the newest version, each step in a transaction of its own. */
export function migrate(db: Database, steps: readonly string[] = migrations): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  for (let version = from; version < steps.length; version++) {
    db.transaction(() => {
      db.exec(steps[version] ?? '');
      db.pragma(`user_version = ${version + 1}`);
      db.pragma(`application_id = ${applicationId}`);
    })();
  }
}
