/** Files made in threads and here, told of in the order of the set, whoever made them. */
import { setImmediate } from 'node:timers/promises';
import type { MadeSome, MakerThread } from './maker-threads.ts';
import type { StudyFiles } from './study-maker.ts';

/** Studies that are handed out together. */
export interface Unit {
  readonly studies: readonly StudyFiles[];
  /** Of all their files. */
  readonly bytes: number;
}

export interface MadeOfUnit<U extends Unit> extends MadeSome {
  readonly unit: U;
}

/** Makes them where it is called. */
export type MakeHere = (studies: readonly StudyFiles[]) => AsyncIterator<MadeSome, undefined>;

/** Units a thread is given at a time, so that it never waits for the next. */
const each = 2;
/** Units made here that may wait in memory for those before them. */
const mostHere = 4;
/** Larger ones are not made here beforehand. */
const largestHere = 8 * 2 ** 20;

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
    const isWaiting = head !== undefined && !head.isReady;
    // Lets threads be heard.
    if (members.length > 0 && (!head || isWaiting)) await setImmediate();
    if (!head) {
      const unit = take();
      if (!unit) return;
      pending.push(new Pending(unit, makeHere));
    } else if (
      isWaiting &&
      !head.isReady &&
      upcoming.value &&
      upcoming.value.bytes <= largestHere &&
      pending.length < each * members.length + mostHere
    ) {
      const unit = take();
      if (unit) pending.push(await madeAhead(unit, makeHere));
    } else {
      const some = await head.next();
      if (some) yield { ...some, unit: head.unit };
      else pending.shift();
    }
  }
}

/** The least busy thread that can take a unit. */
function idlest(members: readonly Member[]): Member | undefined {
  const [first] = members
    .filter(({ isReady, busy }) => isReady && busy < each)
    .sort((a, b) => a.busy - b.busy);
  return first;
}

async function madeAhead<U extends Unit>(unit: U, makeHere: MakeHere): Promise<Pending<U>> {
  const all: MadeSome[] = [];
  const made = makeHere(unit.studies);
  for (let next = await made.next(); next.done !== true; next = await made.next()) all.push(next.value);
  const given = all.values();
  return new Pending(unit, () => ({ next: () => Promise.resolve(given.next()) }));
}

/** A unit of which something is still to be told. */
class Pending<U extends Unit> {
  readonly unit: U;
  isReady = false;
  readonly #makeHere: MakeHere;
  #member: Member | undefined;
  #made: AsyncIterator<MadeSome, undefined>;
  #next: Promise<IteratorResult<MadeSome, undefined>> | undefined;
  readonly #told: Set<number>[];

  constructor(unit: U, makeHere: MakeHere, member?: Member) {
    this.unit = unit;
    this.#makeHere = makeHere;
    this.#member = member;
    this.#told = unit.studies.map(() => new Set());
    if (!member) {
      this.#made = makeHere(unit.studies);
      this.isReady = true;
      return;
    }
    member.busy++;
    this.#made = member.thread.make(unit.studies);
    this.#await();
  }

  /** Undefined once all is told. */
  async next(): Promise<MadeSome | undefined> {
    const { done, value } = await (this.#next ?? this.#made.next()).catch((error: unknown) =>
      this.#fallBack(error),
    );
    if (done === true) {
      if (this.#member) this.#member.busy--;
      return undefined;
    }
    for (const { study, at } of value.made) this.#told[study]?.add(at);
    if (this.#member) this.#await();
    return value;
  }

  #await(): void {
    this.isReady = false;
    const settled = () => {
      this.isReady = true;
    };
    this.#next = this.#made.next();
    this.#next.then(settled, settled);
  }

  /** What the thread has not told of is made here. */
  #fallBack(error: unknown): Promise<IteratorResult<MadeSome, undefined>> {
    if (!this.#member) throw error;
    this.#member.isReady = false;
    this.#member = undefined;
    this.#next = undefined;
    this.isReady = true;
    const rest = this.unit.studies.map(({ series, wanted }, study) => ({
      series,
      wanted: wanted.map((isWanted, at) => isWanted && this.#told[study]?.has(at) !== true),
    }));
    this.#made = this.#makeHere(rest);
    return this.#made.next();
  }
}
