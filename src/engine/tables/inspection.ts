/** What is known about a source after walking over it: kept with it, so that profile and load walk only once. */
import { AppError } from '../../shared/errors.ts';
import { gatherFacts, type ColumnFacts } from './column-facts.ts';
import { isOutOfMemory, withConnection } from './duckdb.ts';
import type { Relation, Source } from './source.ts';
import { untilAborted } from './until-aborted.ts';

export interface Inspection {
  relation: Relation;
  columns: { name: string; facts: ColumnFacts; storage: string | undefined }[];
}

interface Walk {
  readonly found: Promise<Inspection>;
  /** Stops it once nobody waits for it any more. */
  readonly stop: AbortController;
  waiting: number;
  ended: boolean;
}

const inspections = new WeakMap<Source, Walk>();

/**
 * @throws AppError source/malformed when the rows cannot be read, source/changed, source/not-found,
 *   compute/out-of-memory; AbortError.
 */
export async function inspect(source: Source, signal?: AbortSignal): Promise<Inspection> {
  const known = inspections.get(source);
  if (known) await source.check();
  const work = known ?? begin(source);
  // Who gives up gives up for themselves: others may wait for the same walk.
  work.waiting++;
  try {
    return await untilAborted(work.found, signal);
  } finally {
    work.waiting--;
    if (work.waiting === 0 && !work.ended) {
      forget(source, work);
      work.stop.abort();
    }
  }
}

function begin(source: Source): Walk {
  const stop = new AbortController();
  const found = walk(source, stop.signal);
  const work: Walk = { found, stop, waiting: 0, ended: false };
  inspections.set(source, work);
  found.then(
    () => {
      work.ended = true;
    },
    () => {
      work.ended = true;
      forget(source, work);
    },
  );
  return work;
}

function forget(source: Source, work: Walk): void {
  if (inspections.get(source) === work) inspections.delete(source);
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
