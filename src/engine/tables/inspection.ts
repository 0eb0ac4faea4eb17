/** What is known about a source after walking over it: kept with it, so that profile and load walk only once. */
import { AppError } from '../../shared/errors.ts';
import { gatherFacts, type ColumnFacts } from './column-facts.ts';
import { isOutOfMemory, withConnection } from './duckdb.ts';
import type { Relation, Source } from './source.ts';

export interface Inspection {
  relation: Relation;
  columns: { name: string; facts: ColumnFacts; storage: string | undefined }[];
}

const inspections = new WeakMap<Source, Promise<Inspection>>();

/**
 * @throws AppError source/malformed when the rows cannot be read, source/changed, source/not-found,
 *   compute/out-of-memory; AbortError.
 */
export async function inspect(source: Source, signal?: AbortSignal): Promise<Inspection> {
  const known = inspections.get(source);
  if (known) {
    await source.check();
    return known;
  }
  const work = walk(source, signal);
  inspections.set(source, work);
  try {
    return await work;
  } catch (error) {
    inspections.delete(source);
    throw error;
  }
}

async function walk(source: Source, signal?: AbortSignal): Promise<Inspection> {
  const options = signal ? { signal } : {};
  const relation = await source.relation(options);
  const first = await tryFacts(relation, signal);
  if (first) return inspection(source, relation, first.facts);
  // DuckDB reads some oddity otherwise than we do: give it a regular copy.
  await source.check();
  const rewritten = await source.relation({ rewrite: true, ...options });
  const second = await tryFacts(rewritten, signal);
  await source.check();
  if (second) return inspection(source, rewritten, second.facts);
  throw AppError.of('source/malformed', 'not_read_to_end', { file: source.name });
}

/** undefined where DuckDB refuses the file or counts other rows than we do. Its message may quote values: gone. */
async function tryFacts(
  relation: Relation,
  signal?: AbortSignal,
): Promise<{ facts: ColumnFacts[] } | undefined> {
  try {
    const found = await withConnection(signal, (connection) => gatherFacts(connection, relation));
    return found.rows === relation.rows ? found : undefined;
  } catch (error) {
    signal?.throwIfAborted();
    if (isOutOfMemory(error)) throw AppError.of('compute/out-of-memory', 'table_memory', {});
    return undefined;
  }
}

function inspection(source: Source, relation: Relation, facts: ColumnFacts[]): Inspection {
  const columns = source.columns.flatMap((name, at) => {
    const found = facts[at];
    return found ? [{ name, facts: found, storage: relation.storage[at] }] : [];
  });
  return { relation, columns };
}
