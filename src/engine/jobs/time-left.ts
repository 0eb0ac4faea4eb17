/** Seconds before anything is said: an early guess is worse than none. */
const patience = 2;
/** Seconds over which a shown estimate is moved to a new one. */
const inertia = 4;

/**
 * Estimates the time left from progress, without jumping about: the pace is averaged over the last third of the
 * time run (5 s at least), and what is shown counts down with the clock and is only drawn towards the new estimate.
 */
export class TimeLeft {
  readonly #now: () => number;
  #begun: number | null = null;
  #last = { at: 0, progress: 0 };
  #pace = 0;
  #shown: number | null = null;

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whole seconds left at `progress` (0 to 1, null where it is not known), or null while nothing can be said. */
  update(progress: number | null): number | null {
    if (progress === null) {
      this.#begun = null;
      return null;
    }
    const at = this.#now() / 1000;
    if (this.#begun === null || progress < this.#last.progress) {
      this.#begun = at;
      this.#last = { at, progress };
      this.#pace = 0;
      this.#shown = null;
      return null;
    }
    const passed = at - this.#last.at;
    const elapsed = at - this.#begun;
    if (passed > 0) {
      const recent = (progress - this.#last.progress) / passed;
      // The first span has nothing to be averaged with.
      const weight = this.#pace === 0 ? 1 : 1 - Math.exp(-passed / Math.max(5, elapsed / 3));
      this.#pace += (recent - this.#pace) * weight;
      this.#last = { at, progress };
    }
    if (elapsed < patience || this.#pace <= 0) return this.#rounded();
    const estimate = (1 - progress) / this.#pace;
    if (this.#shown === null) this.#shown = estimate;
    else {
      const counted = Math.max(0, this.#shown - passed);
      this.#shown = counted + (estimate - counted) * (1 - Math.exp(-passed / inertia));
    }
    return this.#rounded();
  }

  #rounded(): number | null {
    return this.#shown === null ? null : Math.max(0, Math.ceil(this.#shown));
  }
}
