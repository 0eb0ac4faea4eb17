import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { errorCodes } from '../../shared/errors.ts';
import { hasEnded } from '../../shared/job-state.ts';
import { errorShape, job } from '../../shared/jobs.ts';
import type { Job } from '../../shared/jobs.ts';
import { checkedRow, jsonColumn } from './rows.ts';

const jobRow = job.extend({
  resumable: z.number().transform((value) => value === 1),
  saved: jsonColumn(job.shape.saved.unwrap()).nullable(),
  needs: job.shape.needs
    .unwrap()
    .nullable()
    .transform((needs) => needs ?? undefined),
  rate: jsonColumn(job.shape.rate.unwrap()).nullable(),
  // A code that this version does not know must not make the list of jobs unreadable.
  error: jsonColumn(errorShape.extend({ code: z.enum(errorCodes).catch('internal') })).nullable(),
});

const selectJob = `SELECT id, project_id AS projectId, kind, state, phase, progress, rate,
  seconds_left AS secondsLeft, created_at AS createdAt, started_at AS startedAt,
  finished_at AS finishedAt, error, outcome, request IS NOT NULL AS resumable, saved,
  CASE json_extract(request, '$.input.protection.by') WHEN 'passphrase' THEN 'passphrase' END AS needs FROM jobs`;

/** States that nothing is resumed from. */
const ended = `('done', 'failed', 'cancelled')`;

/** Jobs, running and ended: where they stand, and what it takes to run them once more. */
export class JobRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /**
   * Inserts the job or replaces the row with its id. `request`, what it takes to run it once more, is kept from the
   * first save on until the job has ended: it holds what is known of the table.
   */
  save(value: Job, request: string | null = null): void {
    this.#db
      .prepare(
        `INSERT INTO jobs (id, project_id, kind, state, phase, progress, rate, seconds_left, created_at,
           started_at, finished_at, error, outcome, request, saved)
         VALUES (@id, @projectId, @kind, @state, @phase, @progress, @rate, @secondsLeft, @createdAt,
           @startedAt, @finishedAt, @error, @outcome, @request, @saved)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, phase = excluded.phase,
           progress = excluded.progress, rate = excluded.rate, seconds_left = excluded.seconds_left,
           started_at = excluded.started_at, finished_at = excluded.finished_at, error = excluded.error,
           outcome = excluded.outcome, saved = excluded.saved,
           request = CASE WHEN excluded.state IN ${ended} THEN NULL
             ELSE coalesce(request, excluded.request) END`,
      )
      .run({
        ...value,
        request: hasEnded({ ...value, resumable: request !== null }) ? null : request,
        resumable: null,
        needs: null,
        saved: value.saved === null ? null : JSON.stringify(value.saved),
        rate: value.rate === null ? null : JSON.stringify(value.rate),
        error: value.error === null ? null : JSON.stringify(value.error),
      });
  }

  /** Newest first. */
  list(): Job[] {
    return this.#db
      .prepare(`${selectJob} ORDER BY created_at DESC, rowid DESC`)
      .all()
      .map((row) => checkedRow(jobRow, row, 'jobs'));
  }

  get(id: string): Job | null {
    const row = this.#db.prepare(`${selectJob} WHERE id = ?`).get(id);
    return row === undefined ? null : checkedRow(jobRow, row, 'jobs');
  }

  /** What it takes to run the job once more, as it was given to `save`; null where nothing was. */
  request(id: string): string | null {
    const row: unknown = this.#db.prepare('SELECT request FROM jobs WHERE id = ?').pluck().get(id);
    return typeof row === 'string' ? row : null;
  }

  /** Removes jobs that have ended; one that can be resumed has not. */
  clearEnded(): void {
    this.#db
      .prepare(
        `DELETE FROM jobs WHERE state IN ${ended}
           OR (state = 'interrupted' AND request IS NULL)`,
      )
      .run();
  }

  /**
   * To be called once at start: whatever an earlier engine left queued or running has lost its process.
   * Returns how many there were.
   */
  interruptLeftOver(): number {
    return this.#db
      .prepare(
        `UPDATE jobs SET state = 'interrupted', phase = 'Interrupted', rate = NULL, seconds_left = NULL,
           finished_at = ? WHERE state IN ('queued', 'running')`,
      )
      .run(new Date().toISOString()).changes;
  }
}
