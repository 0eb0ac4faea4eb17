/** Files made in threads, or here until one can begin, told of in the order of the set. */
import { setImmediate } from 'node:timers/promises';
import type { MadeSome, MakerThread } from './maker-threads.ts';
import type { StudyFiles } from './study-maker.ts';

/** Studies that are handed out together. */
export interface Unit {
  readonly studies: readonly StudyFiles[];
}

export interface MadeOfUnit<U extends Unit> extends MadeSome {
  readonly unit: U;
}

/** Makes them where it is called. */
export type MakeHere = (studies: readonly StudyFiles[]) => AsyncIterator<MadeSome, undefined>;

/** Units a thread is given at a time, so that it never waits for the next. */
const each = 2;

interface Member {
  readonly thread: MakerThread;
  isReady: boolean;
  busy: number;
}

/**
 * Without threads, files are made one by one as they are asked for. With threads, what is made does not hang on who
 * makes it: a thread that fails is given no more, and what it owes is made here.
 */
export async function* madeInOrder<U extends Unit>(
  units: Iterator<U, undefined>,
  makeHere: MakeHere,
  threads: readonly MakerThread[],
): AsyncGenerator<MadeOfUnit<U>> {
  const members = threads.map((thread): Member => ({ thread, isReady: false, busy: 0 }));
  for (const member of members) {
    member.thread.ready.then(
      () => (member.isReady = true),
      () => undefined,
    );
  }
  const pending: Pending<U>[] = [];
  let upcoming = units.next();
  const take = (): U | undefined => {
    const { value } = upcoming;
    if (value) upcoming = units.next();
    return value;
  };
  for (;;) {
    for (let member = idlest(members); member && upcoming.value; member = idlest(members)) {
      const unit = take();
      if (unit) pending.push(new Pending(unit, makeHere, member));
    }
    const [head] = pending;
    if (head) {
      const some = await head.next();
      if (some) yield { ...some, unit: head.unit };
      else pending.shift();
      continue;
    }
    // No thread can begin yet, or any more.
    const unit = take();
    if (!unit) return;
    pending.push(new Pending(unit, makeHere));
    if (members.length > 0) await setImmediate();
  }
}

/** The least busy thread that can take a unit. */
function idlest(members: readonly Member[]): Member | undefined {
  const [first] = members
    .filter(({ isReady, busy }) => isReady && busy < each)
    .sort((a, b) => a.busy - b.busy);
  return first;
}

/** A unit of which something is still to be told. */
class Pending<U extends Unit> {
  readonly unit: U;
  readonly #makeHere: MakeHere;
  #member: Member | undefined;
  #made: AsyncIterator<MadeSome, undefined>;
  readonly #told: Set<number>[];

  constructor(unit: U, makeHere: MakeHere, member?: Member) {
    this.unit = unit;
    this.#makeHere = makeHere;
    this.#member = member;
    this.#told = unit.studies.map(() => new Set());
    this.#made = member ? member.thread.make(unit.studies) : makeHere(unit.studies);
    if (member) member.busy++;
  }

  /** Undefined once all is told. */
  async next(): Promise<MadeSome | undefined> {
    const { value } = await this.#made.next().catch((error: unknown) => this.#fallBack(error));
    if (value) for (const { study, at } of value.made) this.#told[study]?.add(at);
    else if (this.#member) this.#member.busy--;
    return value;
  }

  /** What the thread has not told of is made here. */
  #fallBack(error: unknown): Promise<IteratorResult<MadeSome, undefined>> {
    if (!this.#member) throw error;
    this.#member.isReady = false;
    this.#member = undefined;
    const rest = this.unit.studies.map(({ series, wanted }, study) => ({
      series,
      wanted: wanted.map((isWanted, at) => isWanted && this.#told[study]?.has(at) !== true),
    }));
    this.#made = this.#makeHere(rest);
    return this.#made.next();
  }
}
