import type { RandomState } from '../../compute/random.ts';
import type { ChunkSource } from './chunk-source.ts';

/** A thread that draws chunks of one generator; started by the entry points, each of which knows how. */
export interface DrawThread {
  /** Resolves when it can draw; rejects when it never will. */
  readonly ready: Promise<void>;
  /** Rejects when the thread fails or ends. */
  draw(state: RandomState): Promise<Int32Array<ArrayBuffer>>;
  end(): Promise<void>;
}

/** @param width Columns of the generator. */
export type StartDrawThread = (generator: Uint8Array, width: number) => DrawThread;

/** Chunks a thread is given at a time, so that it never waits for the next. */
const each = 2;

interface Member {
  readonly thread: DrawThread;
  ready: boolean;
  busy: number;
}

/**
 * Draws chunks in `threads`, and `here` as long as none is ready. As a chunk depends on its state alone, the rows
 * are the same however many threads there are; a thread that fails is given no more, and its chunks are drawn here.
 * Disposing of it leaves `here` open.
 */
export function drawInThreads(here: ChunkSource, threads: readonly DrawThread[]): ChunkSource {
  const members = threads.map((thread): Member => ({ thread, ready: false, busy: 0 }));
  for (const member of members) {
    member.thread.ready.then(
      () => (member.ready = true),
      () => undefined,
    );
  }
  /** The least busy of those that can take one. */
  const next = (): Member | undefined =>
    members
      .filter(({ ready, busy }) => ready && busy < each)
      .reduce<Member | undefined>(
        (best, member) => (best && best.busy <= member.busy ? best : member),
        undefined,
      );
  return {
    rows: here.rows,
    get ahead() {
      return Math.max(1, each * members.filter(({ ready }) => ready).length);
    },
    draw: async (state) => {
      const member = next();
      if (!member) return here.draw(state);
      member.busy++;
      try {
        return await member.thread.draw(state);
      } catch {
        member.ready = false;
        return await here.draw(state);
      } finally {
        member.busy--;
      }
    },
    dispose: async () => {
      await Promise.all(members.map(({ thread }) => thread.end()));
    },
  };
}
