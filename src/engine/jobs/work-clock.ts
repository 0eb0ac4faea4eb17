/** A gap between two readings that is longer than this, in milliseconds, may be the sleep of the machine. */
const suspicious = 10_000;
/** A program at work uses more of a processor than this, even on a busy machine. */
const atWork = 0.02;

/** What tells time passed from time worked. */
export interface Sources {
  /** Milliseconds of a clock that nobody sets. On some systems it goes on while the machine sleeps. */
  now: () => number;
  /** Milliseconds of processor time this process has used. */
  used: () => number;
}

const machine: Sources = {
  now: () => performance.now(),
  used: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
};

/**
 * Milliseconds in which this process could work: those in which the machine slept are left out, whether it was said
 * (`sleep`, `wake`) or is plain from a long gap in which no processor time was used. Setting the date of the machine
 * changes nothing. To be read often while work goes on.
 */
export class WorkClock {
  readonly #sources: Sources;
  #worked = 0;
  #readAt: number;
  #usedAt: number;
  #asleep = false;
  readonly #followers = new Set<(asleep: boolean) => void>();

  constructor(sources: Sources = machine) {
    this.#sources = sources;
    this.#readAt = sources.now();
    this.#usedAt = sources.used();
  }

  /** Bound, so that it can be handed on as a function. */
  readonly now = (): number => {
    const at = this.#sources.now();
    const used = this.#sources.used();
    const passed = Math.max(0, at - this.#readAt);
    const idle = passed > suspicious && used - this.#usedAt < passed * atWork;
    if (!this.#asleep && !idle) this.#worked += passed;
    this.#readAt = at;
    this.#usedAt = used;
    return this.#worked;
  };

  /** The machine is about to sleep. */
  sleep(): void {
    this.#turn(true);
  }

  /** The machine is awake again. */
  wake(): void {
    this.#turn(false);
  }

  /** Tells `follower` when the machine goes to sleep and wakes, until what it returns is called. */
  follow(follower: (asleep: boolean) => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }

  #turn(asleep: boolean): void {
    this.now();
    this.#asleep = asleep;
    for (const follower of this.#followers) follower(asleep);
  }
}
