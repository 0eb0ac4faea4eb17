/** What changed over many files, attribute by attribute, without the values of any of them. */
import { attributeOf } from '../dictionary/attributes.ts';
import { isGroupLength, isPrivate, type Tag } from '../tag.ts';
import { type Change } from './plan.ts';

export interface AttributeSummary {
  /** Undefined for all private attributes together. */
  readonly tag: Tag | undefined;
  readonly name: string;
  readonly handling: Change['handling'];
  /** Elements so treated, at every depth. */
  readonly changed: number;
  /** Files that have one. */
  readonly files: number;
}

export class ChangeSummary {
  readonly #rows = new Map<string, { -readonly [K in keyof AttributeSummary]: AttributeSummary[K] }>();
  readonly #seen = new Set<string>();
  /** Words that cleaning left, and in how many elements: to be looked over. */
  readonly #kept = new Map<string, number>();

  /** Begins another file. */
  nextFile(): void {
    this.#seen.clear();
  }

  add({ path, handling, kept }: Change): void {
    const tag = path.at(-1) ?? 0;
    const key = handling === 'private' ? 'private' : `${String(tag)} ${handling}`;
    let row = this.#rows.get(key);
    if (!row) {
      const own = handling === 'private' || isPrivate(tag) ? undefined : tag;
      const name = isGroupLength(tag) ? 'Group Length' : (attributeOf(tag)?.name ?? '');
      row = { tag: own, name, handling, changed: 0, files: 0 };
      this.#rows.set(key, row);
    }
    row.changed++;
    if (!this.#seen.has(key)) row.files++;
    this.#seen.add(key);
    for (const word of kept ?? []) this.#kept.set(word, (this.#kept.get(word) ?? 0) + 1);
  }

  /** In the order of tags, private ones last. */
  get attributes(): AttributeSummary[] {
    const order = ({ tag }: AttributeSummary) => tag ?? Infinity;
    return [...this.#rows.values()].sort((a, b) => order(a) - order(b)).map((row) => ({ ...row }));
  }

  /** The most frequent first. */
  get keptWords(): { readonly word: string; readonly times: number }[] {
    return [...this.#kept].map(([word, times]) => ({ word, times })).sort((a, b) => b.times - a.times);
  }
}
