import { fingerprint } from '../tables/source-file.ts';
import type { Fingerprint } from '../tables/source-file.ts';
import { openSource } from '../tables/source.ts';
import type { Source } from '../tables/source.ts';

interface Held {
  path: string;
  stamp: Fingerprint;
  source: Promise<Source>;
  users: number;
  /** Off the shelf: to be closed by its last user. */
  retired: boolean;
}

/**
 * Keeps the last few sources open, so that scrolling through a table does not open it again for every page, and
 * profiling and training walk over it only once. A file that has changed is opened anew.
 */
export class SourceShelf {
  readonly #capacity: number;
  /** Least recently used first. */
  #held: Held[] = [];

  constructor(capacity = 3) {
    this.#capacity = capacity;
  }

  /** Lets `work` use the open source at `path`. Throws what `openSource` throws. */
  async use<Result>(path: string, work: (source: Source) => Promise<Result>): Promise<Result> {
    const held = this.#take(path, await fingerprint(path));
    held.users++;
    try {
      return await work(await held.source);
    } finally {
      held.users--;
      if (held.retired) await close(held);
      await this.#trim();
    }
  }

  /** Closes the source at `path` as soon as nobody uses it. */
  async drop(path: string): Promise<void> {
    for (const held of this.#held.filter((each) => each.path === path)) await this.#retire(held);
  }

  async close(): Promise<void> {
    for (const held of [...this.#held]) await this.#retire(held);
  }

  #take(path: string, stamp: Fingerprint): Held {
    const known = this.#held.find((each) => each.path === path);
    if (known && sameStamp(known.stamp, stamp)) {
      this.#held = [...this.#held.filter((each) => each !== known), known];
      return known;
    }
    if (known) void this.#retire(known);
    const held: Held = { path, stamp, source: openSource(path), users: 0, retired: false };
    this.#held.push(held);
    // What could not be opened is not kept.
    held.source.catch(() => {
      held.retired = true;
      this.#held = this.#held.filter((each) => each !== held);
    });
    return held;
  }

  async #trim(): Promise<void> {
    for (const held of this.#held.filter(({ users }) => users === 0)) {
      if (this.#held.length <= this.#capacity) return;
      await this.#retire(held);
    }
  }

  async #retire(held: Held): Promise<void> {
    held.retired = true;
    this.#held = this.#held.filter((each) => each !== held);
    await close(held);
  }
}

async function close({ source, users }: Held): Promise<void> {
  if (users > 0) return;
  const opened = await source.catch(() => null);
  await opened?.close();
}

/** Whether a file is, to all appearances, still the one it was. */
export function sameStamp(a: Fingerprint, b: Fingerprint): boolean {
  return a.bytes === b.bytes && a.modified === b.modified;
}
