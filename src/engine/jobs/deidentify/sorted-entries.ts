/**
 * Entries of a manifest in the order of their names, without holding them all: sorted runs of them wait on the drive and
 * are merged (Knuth, The Art of Computer Programming 3, section 5.4).
 */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { forgetTemporary, outputError, temporaryBeside } from '../../tables/output-file.ts';
import { linesOf } from './lines.ts';

/** An entry as JSON on one line. */
interface Entry {
  readonly name: string;
  readonly text: string;
}

const named = z.object({ name: z.string() });

/** Entries that are held at once. */
const longestRun = 10_000;

export class SortedEntries {
  readonly #path: string;
  readonly #longest: number;
  #held = new Map<string, string>();
  readonly #runs: { readonly start: number; readonly end: number }[] = [];
  #descriptor: number | undefined;

  /** @param beside Where the manifest will be; what waits, waits beside it. */
  constructor(beside: string, longest = longestRun) {
    this.#path = temporaryBeside(beside);
    this.#longest = longest;
  }

  /** Of several entries of a name the last stays. What is no entry is passed by. */
  add(text: string): void {
    const name = nameIn(text);
    if (name === undefined) return;
    this.#held.set(name, text);
    if (this.#held.size >= this.#longest) this.#putAside();
  }

  /** The entries, each once. */
  *inOrder(): Generator<string> {
    const held = sorted(this.#held).values();
    const runs = this.#runs.map((run) => this.#entriesOf(run));
    // The later a run, the more its entries count.
    const heads = [...runs, held].reverse().map((entries) => ({ entries, next: nextOf(entries) }));
    for (;;) {
      const names = heads.flatMap(({ next }) => (next ? [next.name] : []));
      const least = names.reduce<string | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
      if (least === undefined) return;
      const same = heads.filter(({ next }) => next?.name === least);
      yield same[0]?.next?.text ?? '';
      for (const head of same) head.next = nextOf(head.entries);
    }
  }

  /** Removes what waits on the drive. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
    rmSync(this.#path, { force: true });
    forgetTemporary(this.#path);
  }

  #putAside(): void {
    const start = this.#runs.at(-1)?.end ?? 0;
    const bytes = Buffer.from(
      sorted(this.#held)
        .map(({ text }) => `${text}\n`)
        .join(''),
    );
    try {
      this.#descriptor ??= openSync(this.#path, 'wx+');
      for (let at = 0; at < bytes.length;)
        at += writeSync(this.#descriptor, bytes, at, bytes.length - at, start + at);
    } catch (error) {
      throw outputError(error, this.#path);
    }
    this.#runs.push({ start, end: start + bytes.length });
    this.#held = new Map();
  }

  *#entriesOf({ start, end }: { readonly start: number; readonly end: number }): Generator<Entry, undefined> {
    if (this.#descriptor === undefined) return;
    for (const text of linesOf(this.#descriptor, start, end)) yield { name: nameIn(text) ?? '', text };
  }
}

function nextOf(entries: Iterator<Entry, undefined>): Entry | undefined {
  const { done, value } = entries.next();
  return done === true ? undefined : value;
}

function sorted(entries: ReadonlyMap<string, string>): Entry[] {
  return [...entries].map(([name, text]) => ({ name, text })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nameIn(text: string): string | undefined {
  if (text === '') return undefined;
  try {
    return named.safeParse(JSON.parse(text)).data?.name;
  } catch {
    // The last line of a journal may be cut off.
    return undefined;
  }
}
