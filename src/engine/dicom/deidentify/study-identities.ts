/** What the files of a study name together: a name in one may stand in the free text of another. */
import { type SourceIdentities } from './identities.ts';
import { type Needle } from './leak-check.ts';

/** Beyond this a study says what no device writes; each file is still cleaned of what it names itself. */
const most = 20_000;

export class StudyIdentities implements SourceIdentities {
  readonly #words = new Set<string>();
  readonly #identifiers = new Set<string>();
  readonly #needles = new Map<string, Needle>();

  add({ known, needles }: SourceIdentities): void {
    if (this.#words.size + this.#identifiers.size > most) return;
    for (const word of known.words) this.#words.add(word);
    for (const identifier of known.identifiers) this.#identifiers.add(identifier);
    // Dates and UIDs of other files are replaced where they stand, and may come up by themselves.
    for (const needle of needles) {
      if (needle.kind !== 'date' && needle.kind !== 'uid') this.#needles.set(needle.text, needle);
    }
  }

  get known() {
    return { words: this.#words, identifiers: [...this.#identifiers] };
  }

  get needles(): readonly Needle[] {
    return [...this.#needles.values()];
  }

  /** Of a file together with its study. */
  with(own: SourceIdentities): SourceIdentities {
    if (this.#words.size === 0 && this.#identifiers.size === 0) return own;
    const needles = new Map(this.#needles);
    for (const needle of own.needles) needles.set(needle.text, needle);
    return {
      known: {
        words: new Set([...this.#words, ...own.known.words]),
        identifiers: [...new Set([...this.#identifiers, ...own.known.identifiers])],
      },
      needles: [...needles.values()],
    };
  }
}
