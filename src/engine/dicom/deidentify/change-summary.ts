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

type Row = { -readonly [K in keyof AttributeSummary]: AttributeSummary[K] } & {
  lastFile: number | undefined;
};

/** A summary of some files, as a thread can tell it. */
export interface SummaryPart {
  readonly attributes: readonly (Pick<AttributeSummary, 'handling' | 'changed' | 'files'> & {
    readonly key: Tag;
  })[];
  readonly kept: readonly (readonly [word: string, times: number])[];
}

export class ChangeSummary {
  /** By treatment, then by tag; all private attributes are one. */
  readonly #rows = new Map<Change['handling'], Map<Tag, Row>>();
  #file = 0;
  /** Words that cleaning left, and in how many elements: to be looked over. */
  readonly #kept = new Map<string, number>();

  /** Begins another file. */
  nextFile(): void {
    this.#file++;
  }

  add({ path, handling, kept }: Change): void {
    const tag = path.at(-1) ?? 0;
    const row = this.#row(handling, tag);
    row.changed++;
    if (row.lastFile !== this.#file) row.files++;
    row.lastFile = this.#file;
    for (const word of kept) this.#kept.set(word, (this.#kept.get(word) ?? 0) + 1);
  }

  #row(handling: Change['handling'], tag: Tag): Row {
    let rows = this.#rows.get(handling);
    if (!rows) this.#rows.set(handling, (rows = new Map<Tag, Row>()));
    const key = handling === 'private' ? 0 : tag;
    let row = rows.get(key);
    if (!row) {
      const own = handling === 'private' || isPrivate(tag) ? undefined : tag;
      row = { tag: own, name: nameOf(own), handling, changed: 0, files: 0, lastFile: undefined };
      rows.set(key, row);
    }
    return row;
  }

  /** What was counted since the last part; counting begins anew. */
  takePart(): SummaryPart {
    const attributes = [...this.#rows.values()].flatMap((rows) =>
      [...rows].map(([key, { handling, changed, files }]) => ({ key, handling, changed, files })),
    );
    const kept = [...this.#kept];
    this.#rows.clear();
    this.#kept.clear();
    return { attributes, kept };
  }

  /** Takes up what was counted elsewhere, of other files. */
  addPart({ attributes, kept }: SummaryPart): void {
    for (const { key, handling, changed, files } of attributes) {
      const row = this.#row(handling, key);
      row.changed += changed;
      row.files += files;
    }
    for (const [word, times] of kept) this.#kept.set(word, (this.#kept.get(word) ?? 0) + times);
  }

  /** In the order of tags, private ones last. */
  get attributes(): AttributeSummary[] {
    const order = ({ tag }: AttributeSummary) => tag ?? Infinity;
    return [...this.#rows.values()]
      .flatMap((rows) => [...rows.values()])
      .map(({ tag, name, handling, changed, files }) => ({ tag, name, handling, changed, files }))
      .sort((a, b) => order(a) - order(b) || (a.handling < b.handling ? -1 : 1));
  }

  /** The most frequent first, and those of the same frequency in their order. */
  get keptWords(): { readonly word: string; readonly times: number }[] {
    return [...this.#kept]
      .map(([word, times]) => ({ word, times }))
      .sort((a, b) => b.times - a.times || (a.word < b.word ? -1 : 1));
  }
}

function nameOf(tag: Tag | undefined): string {
  if (tag === undefined) return '';
  return isGroupLength(tag) ? 'Group Length' : (attributeOf(tag)?.name ?? '');
}
