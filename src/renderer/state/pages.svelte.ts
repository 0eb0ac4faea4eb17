import type { MethodPart } from './method.ts';

/** Pages beside the project. */
export type Aside = 'settings' | 'method' | 'storage' | 'devices';

/** Which page beside the project is shown, and the way back from it. */
export class Pages {
  /** Part of the method page to begin at. */
  methodPart = $state<MethodPart>('columns');
  #aside = $state<Aside | null>(null);
  /** Pages beside the project that led to the one shown, the last last. */
  #trail: Aside[] = [];

  /** Opens the page on the method at one of its parts. */
  showMethod(part: MethodPart): void {
    this.methodPart = part;
    this.openFromHere('method');
  }

  /** A page beside the project: it covers it, and closing it comes back. */
  get aside(): Aside | null {
    return this.#aside;
  }

  set aside(page: Aside | null) {
    this.#trail = [];
    this.#aside = page;
  }

  /** Opens a page beside the project that comes back to this one when it is left. */
  openFromHere(page: Aside): void {
    if (this.#aside !== null && this.#aside !== page) this.#trail.push(this.#aside);
    this.#aside = page;
  }

  /** Leaves the page beside the project for the one that led to it. */
  leaveAside(): void {
    this.#aside = this.#trail.pop() ?? null;
  }
}
