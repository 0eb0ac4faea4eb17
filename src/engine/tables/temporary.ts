/**
 * Our folder for what cannot be kept in memory: DuckDB's spill, and text decoded from an encoding DuckDB does
 * not read. Only this user can open it. Files go when they are closed, the folder when the process ends, and a
 * folder left by a process that was killed goes the next time one starts.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';

const prefix = 'semblance-tables-';
let folder: Promise<string> | undefined;

/** Creates the folder on first use (mode 0700). */
export function temporaryFolder(): Promise<string> {
  folder ??= create().catch((error: unknown) => {
    // It may be there the next time.
    folder = undefined;
    throw error;
  });
  return folder;
}

/** A path for a new file in the folder; nothing is created. */
export async function temporaryPath(extension: string): Promise<string> {
  return join(await temporaryFolder(), `${randomUUID()}.${extension}`);
}

async function create(): Promise<string> {
  await removeOrphans();
  const made = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`)).catch((error: unknown) => {
    throw unusable(error);
  });
  process.once('exit', () => {
    try {
      rmSync(made, { recursive: true, force: true });
    } catch {
      // The next process to start removes it.
    }
  });
  return made;
}

function unusable(cause: unknown): AppError {
  return AppError.of('output/no-permission', 'output_temporary_unusable', { folder: tmpdir() }, { cause });
}

/** Removes what processes that were killed have left. To be called at start, too. Never throws. */
export async function removeOrphans(): Promise<void> {
  for (const name of await readdir(tmpdir()).catch(() => [])) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    await rm(join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: someone else's, so alive.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
