import type { Database } from 'better-sqlite3';
import { deviceRecord } from '../../shared/devices.ts';
import type { DeviceRecord } from '../../shared/devices.ts';

/** What is remembered of the devices of this machine. */
export class DeviceRow {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Null where nothing is remembered, or nothing that this version understands. */
  read(): DeviceRecord | null {
    const stored = this.#db.prepare<[], string>('SELECT record FROM devices').pluck().get();
    if (stored === undefined) return null;
    return deviceRecord.safeParse(JSON.parse(stored)).data ?? null;
  }

  write(record: DeviceRecord): void {
    this.#db
      .prepare(
        `INSERT INTO devices (id, changed_at, record) VALUES (1, ?, ?)
         ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at, record = excluded.record`,
      )
      .run(new Date().toISOString(), JSON.stringify(record));
  }
}
