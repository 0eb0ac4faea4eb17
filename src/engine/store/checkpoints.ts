import { randomBytes } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { AppError } from '../../shared/errors.ts';
import { seal, sealKeyBytes, unseal } from './sealed-bytes.ts';
import { decodeState, encodeState } from './state-codec.ts';
import type { Places } from './state-codec.ts';

/** Milliseconds between two states that are made safe from a power cut. */
const syncInterval = 5000;

/** What it takes to write a checkpoint in another thread of this process: plain data. */
export interface CheckpointPlace {
  readonly folder: string;
  readonly name: string;
  readonly key: Uint8Array;
}

/** The checkpoint of one job. */
export interface CheckpointFile {
  /**
   * Keeps a state in place of the one before. Safe from the death of this process once it returns, and a few seconds
   * later from a power cut. Arrays in it must not change afterwards. Throws what the file system throws; the state
   * before is then still there.
   */
  write(state: unknown): void;
  /** The newest state that can be read; null when none was kept. Throws `checkpoint/unusable` when none can be read. */
  read(): unknown;
  /** For `openCheckpoint`; from then on only one of the two may write. */
  place(): CheckpointPlace;
}

/** The checkpoint at a place that the store has given. */
export function openCheckpoint({ folder, name, key }: CheckpointPlace): CheckpointFile {
  return new Parts(folder, name, () => key);
}

/**
 * Unfinished work, to go on from after a crash.
 *
 * A state is tens of megabytes, written every second or two, and encrypting it page by page inside the database took
 * a tenth of the time of a training on a small table. So it lies in files beside the database: each sealed with a key
 * of its job that is in the database and nowhere else. Whoever cannot open the store cannot open them, and with the
 * job's row they are beyond recovery.
 */
export class Checkpoints {
  readonly #db: Database;
  readonly #folder: string;

  /** @param folder Made when first needed. */
  constructor(db: Database, folder: string) {
    this.#db = db;
    this.#folder = folder;
  }

  /** The job has to be in the store. */
  of(jobId: string): CheckpointFile {
    return new Parts(join(this.#folder, jobId), jobId, () => this.#key(jobId));
  }

  /** Forgets the job's checkpoint; harmless where there is none. */
  remove(jobId: string): void {
    this.#db.prepare('DELETE FROM checkpoints WHERE job_id = ?').run(jobId);
    rmSync(join(this.#folder, jobId), { recursive: true, force: true });
  }

  /** Jobs that have one, with their size on the drive in bytes. */
  list(): { jobId: string; bytes: number }[] {
    return this.#ids().map((jobId) => ({ jobId, bytes: sizeOf(join(this.#folder, jobId)) }));
  }

  /** Removes the files of checkpoints whose job has gone from the store. */
  sweep(): void {
    const known = new Set(this.#ids());
    for (const name of namesIn(this.#folder)) {
      if (!known.has(name)) rmSync(join(this.#folder, name), { recursive: true, force: true });
    }
  }

  #ids(): string[] {
    return this.#db.prepare<[], string>('SELECT job_id FROM checkpoints').pluck().all();
  }

  #key(jobId: string): Uint8Array {
    this.#db
      .prepare('INSERT INTO checkpoints (job_id, key) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(jobId, randomBytes(sealKeyBytes));
    const key: unknown = this.#db.prepare('SELECT key FROM checkpoints WHERE job_id = ?').pluck().get(jobId);
    if (key instanceof Uint8Array) return key;
    throw new TypeError('A checkpoint has no key.');
  }
}

/**
 * States as numbered files, each holding what is new since those it refers to. Kept are the newest with what it refers
 * to, and the same of the newest that is safe from a power cut.
 */
class Parts implements CheckpointFile {
  readonly #folder: string;
  readonly #name: string;
  readonly #getKey: () => Uint8Array;
  readonly #places: Places = new WeakMap();
  #key: Uint8Array | undefined;
  #last: number | undefined;
  #newest: ReadonlySet<number> = new Set();
  /** Parts that the drive has said to hold, of a state and all it refers to. */
  #safe: ReadonlySet<number> = new Set();
  #syncing: ReadonlySet<number> = new Set();
  #syncedAt = -Infinity;

  constructor(folder: string, name: string, getKey: () => Uint8Array) {
    this.#folder = folder;
    this.#name = name;
    this.#getKey = getKey;
  }

  write(state: unknown): void {
    const key = (this.#key ??= this.#getKey());
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const part = (this.#last ?? this.#numbers()[0] ?? 0) + 1;
    this.#last = part;
    const { pieces, parts, added } = encodeState(state, part, this.#places);
    const path = this.#path(part);
    const temporary = `${path}.unfinished`;
    try {
      writePieces(temporary, seal(pieces, key, this.#sealedAs(part)));
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    for (const [array, place] of added) this.#places.set(array, place);
    this.#newest = parts;
    this.#tidy();
    if (this.#syncing.size === 0 && performance.now() - this.#syncedAt >= syncInterval)
      void this.#sync(parts);
  }

  read(): unknown {
    const key = (this.#key ??= this.#getKey());
    const numbers = this.#numbers();
    const readPart = (part: number): Uint8Array =>
      unseal(readFileSync(this.#path(part)), key, this.#sealedAs(part));
    for (const part of numbers) {
      try {
        const { state, parts } = decodeState(readPart(part), part, readPart, this.#places);
        this.#newest = parts;
        return state;
      } catch {
        // A power cut may have taken the newest; the one before is complete.
      }
    }
    if (numbers.length === 0) return null;
    throw AppError.of('checkpoint/unusable', 'checkpoint_damaged', {});
  }

  place(): CheckpointPlace {
    return { folder: this.#folder, name: this.#name, key: (this.#key ??= this.#getKey()) };
  }

  /** Has the drive write what it may still hold in memory, without waiting for it. */
  async #sync(parts: ReadonlySet<number>): Promise<void> {
    this.#syncing = parts;
    this.#syncedAt = performance.now();
    try {
      for (const part of parts) {
        if (this.#safe.has(part)) continue;
        await using file = await open(this.#path(part), 'r+');
        await file.sync();
      }
      this.#safe = parts;
    } catch {
      // The checkpoint has been removed meanwhile, or the drive cannot say: the next one is tried again.
    }
    this.#syncing = new Set();
    this.#tidy();
  }

  /** Removes what no state that counts refers to. */
  #tidy(): void {
    for (const part of this.#numbers()) {
      if (this.#newest.has(part) || this.#safe.has(part) || this.#syncing.has(part)) continue;
      rmSync(this.#path(part), { force: true });
    }
  }

  /** Numbers of the parts there are, the newest first. */
  #numbers(): number[] {
    return namesIn(this.#folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .sort((a, b) => b - a);
  }

  #path(part: number): string {
    return join(this.#folder, String(part));
  }

  #sealedAs(part: number): string {
    return `${this.#name}/${String(part)}`;
  }
}

/** Writes a new file that this user alone can read. */
function writePieces(path: string, pieces: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w', 0o600);
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
    }
  } finally {
    closeSync(file);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sizeOf(folder: string): number {
  return namesIn(folder).reduce((sum, name) => {
    const { size = 0 } = statSync(join(folder, name), { throwIfNoEntry: false }) ?? {};
    return sum + size;
  }, 0);
}
