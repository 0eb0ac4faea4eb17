/**
 * The one DuckDB instance of the process: in memory, no extension ever fetched or loaded, no secret stored,
 * spilling into our own temporary folder. Parquet, JSON and ICU are linked into the binary.
 */
import {
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBValue,
} from '@duckdb/node-api';
import { availableParallelism, totalmem } from 'node:os';
import { memoryAtHand } from './memory.ts';
import { temporaryFolder } from './temporary.ts';

let instance: Promise<DuckDBInstance> | undefined;

async function start(): Promise<DuckDBInstance> {
  // What is free counts, not what is built in. The rows that are learned from need as much beside it.
  const memory = Math.floor(
    Math.max(512, Math.min(4096, totalmem() / 3 / 2 ** 20, memoryAtHand() / 3 / 2 ** 20)),
  );
  return createInstance(await temporaryFolder(), memory);
}

/**
 * An instance that spills into `folder` beyond `memory` MB. What it spills is encrypted (AES-256-GCM) with a key that
 * is only in memory. The ciphers of the binary itself do it: DuckDB trusts their random numbers less than those of an
 * extension, which would have to be fetched, and so wants to be told that this is meant.
 */
export async function createInstance(folder: string, memory: number): Promise<DuckDBInstance> {
  const created = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    temp_directory: folder,
    temp_file_encryption: 'true',
    force_mbedtls_unsafe: 'true',
    memory_limit: `${memory}MB`,
    threads: String(Math.max(1, Math.min(8, availableParallelism()))),
  });
  const connection = await created.connect();
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  await connection.run('SET GLOBAL lock_configuration = true');
  connection.closeSync();
  return created;
}

/** A connection that `signal` interrupts; to be closed. */
async function connect(
  signal: AbortSignal | undefined,
): Promise<{ connection: DuckDBConnection; close: () => void }> {
  signal?.throwIfAborted();
  instance ??= start().catch((error: unknown) => {
    instance = undefined;
    throw error;
  });
  const connection = await (await instance).connect();
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  return {
    connection,
    close: () => {
      signal?.removeEventListener('abort', interrupt);
      connection.closeSync();
    },
  };
}

/**
 * Runs `work` with a connection of its own; `signal` interrupts the query under way.
 * @throws AbortError (the signal's reason) when aborted, whatever the query then said.
 */
export async function withConnection<T>(
  signal: AbortSignal | undefined,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const { connection, close } = await connect(signal);
  try {
    return await work(connection);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    close();
  }
}

/** What `sql` gives, chunk by chunk as it is read. Throws as `withConnection`. */
export async function* streamChunks(
  sql: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<DuckDBDataChunk> {
  const { connection, close } = await connect(signal);
  try {
    for await (const chunk of await connection.stream(sql)) yield chunk;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    close();
  }
}

/** Whether DuckDB has given up for lack of memory, having spilled what it could. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /^Out of Memory Error/i.test(error.message);
}

/** The only row of `sql`, as DuckDB's own values. */
export async function firstRow(connection: DuckDBConnection, sql: string): Promise<DuckDBValue[]> {
  const rows = (await connection.runAndReadAll(sql)).getRows();
  return rows[0] ?? [];
}

/** A string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A quoted name. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A count or other whole number as DuckDB returns it (BIGINT), as a number. */
export function wholeNumber(value: DuckDBValue | undefined): number {
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : 0;
}

/** A VARCHAR cell. */
export function textOrNull(value: DuckDBValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** A DOUBLE cell; NaN for null. */
export function double(value: DuckDBValue | undefined): number {
  return typeof value === 'number' ? value : NaN;
}
