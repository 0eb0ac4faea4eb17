/** Something that is about to be done for good, and can be taken back until then. */
export interface Deferrable {
  /** What has been done, as far as the user can see, in words of the present language. */
  text: () => string;
  /** Shows things as they were. */
  undo: () => void;
  /** Does it for good. */
  commit: () => Promise<void>;
}

/** Milliseconds in which it can be taken back. */
const grace = 10_000;

/** Puts off what cannot be undone, one thing at a time: the next settles the one before. */
export class Deferred {
  current = $state.raw<Deferrable | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  offer(what: Deferrable): void {
    this.settle();
    this.current = what;
    this.#timer = setTimeout(() => this.settle(), grace);
  }

  /** Takes it back. */
  undo(): void {
    this.#take()?.undo();
  }

  /** Does it now: the time is over, or the window closes. */
  settle(): void {
    void this.#take()?.commit();
  }

  #take(): Deferrable | null {
    clearTimeout(this.#timer);
    const { current } = this;
    this.current = null;
    return current;
  }
}
