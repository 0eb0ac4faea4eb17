/**
 * Chooses between ways of running the same program by how long they take. More threads are faster on an idle
 * machine and many times slower on a busy one, where each operator waits for a thread that is not scheduled; which it
 * is changes while a training runs. Most programs give the same bits either way; one that sums over long axes may not,
 * and names its number of threads instead (see `CompileOptions.threads`).
 */
export class ThreadChoice {
  /** Mean milliseconds of late, one for each way; undefined until measured. */
  readonly #means: (number | undefined)[];
  readonly #warmedUp: boolean[];
  #best = 0;
  #untilProbe = 0;
  #probing: { way: number; left: number } | undefined;

  constructor(ways: number) {
    this.#means = Array<number | undefined>(ways).fill(undefined);
    this.#warmedUp = Array<boolean>(ways).fill(false);
  }

  /** The way to take for the next run. */
  next(): number {
    const unmeasured = this.#means.findIndex((mean) => mean === undefined);
    if (unmeasured >= 0) return unmeasured;
    if (this.#probing) return this.#probing.way;
    if (this.#means.length > 1 && this.#untilProbe <= 0) {
      const way = (this.#best + 1) % this.#means.length;
      this.#probing = { way, left: probeRuns };
      return way;
    }
    return this.#best;
  }

  /** Tells how long a run took. */
  report(way: number, milliseconds: number): void {
    // The first run allocates memory and says nothing.
    if (!this.#warmedUp[way]) {
      this.#warmedUp[way] = true;
      return;
    }
    const mean = this.#means[way];
    this.#means[way] = mean === undefined ? milliseconds : mean + (milliseconds - mean) * memory;
    if (this.#probing) {
      if (--this.#probing.left > 0) return;
      this.#probing = undefined;
      this.#best = this.#fastest();
      this.#untilProbe = this.#interval();
      return;
    }
    // Slower than another way once was: time to see whether that still holds.
    this.#untilProbe = this.#fastest() === way ? this.#untilProbe - 1 : 0;
  }

  #fastest(): number {
    return this.#means.reduce<number>(
      (best, mean, way) => ((mean ?? Infinity) < (this.#means[best] ?? Infinity) ? way : best),
      this.#best,
    );
  }

  /** The worse the alternative was, the longer it is left alone: trying it again must not cost more than it may gain. */
  #interval(): number {
    const times = this.#means.filter((mean) => mean !== undefined);
    const ratio = Math.max(...times) / Math.max(Math.min(...times), 1e-3);
    return Math.round(Math.min(48 * ratio * ratio, 800));
  }
}

const probeRuns = 3;
const memory = 0.25;
