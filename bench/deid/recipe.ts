/** A data set in the making, with what is asked of each of its elements. */
import { tagOfKeyword, vrOf } from '../../src/engine/dicom/dictionary/attributes.ts';
import { tagOf, type Tag } from '../../src/engine/dicom/tag.ts';
import type { Vr } from '../../src/engine/dicom/vr.ts';
import type { Edit } from '../../src/engine/dicom/write/edits.ts';
import type { Check, Place } from './checks.ts';
import type { Marked } from './marked.ts';

type Value = string | readonly number[] | Uint8Array;

export class Recipe {
  readonly edits: Edit[] = [];
  readonly checks: Check[];
  readonly #around: Place['around'];

  constructor(checks: Check[] = [], around: Place['around'] = []) {
    this.checks = checks;
    this.#around = around;
  }

  place(tag: Tag): Place {
    return { around: this.#around, tag };
  }

  /** Of which nothing is asked. */
  put(keyword: string, value: Value, vr?: Vr): Place {
    const tag = tagOfKeyword(keyword);
    this.edits.push({ kind: 'set', tag, vr: vr ?? vrOf(tag), value });
    return this.place(tag);
  }

  /** Stays with its value. */
  keep(keyword: string, value: Value, vr?: Vr): void {
    const place = this.put(keyword, value, vr);
    this.checks.push({ kind: 'tag_retained', place });
    if (typeof value === 'string')
      this.checks.push({ kind: 'text_retained', place, text: value, whole: true });
  }

  /** Something must stand there, whatever it is. */
  filled(keyword: string, value: Value): void {
    this.checks.push({ kind: 'text_notnull', place: this.put(keyword, value) });
  }

  /** Must be gone, or not say any of this. */
  remove(keyword: string, value: string, pieces: readonly string[] = [value]): void {
    this.checks.push({ kind: 'text_removed', place: this.put(keyword, value), pieces });
  }

  date(keyword: string, value: string): void {
    this.checks.push({ kind: 'date_shifted', place: this.put(keyword, value), old: value });
  }

  uid(keyword: string, value: string): void {
    const place = this.put(keyword, value);
    this.checks.push(
      { kind: 'uid_changed', place, old: value },
      { kind: 'uid_consistent', place, old: value },
    );
  }

  /** Free text, some of which stays. */
  text(keyword: string, { text, keeps, secrets }: Marked): void {
    const place = this.put(keyword, text);
    for (const kept of keeps) this.checks.push({ kind: 'text_retained', place, text: kept, whole: false });
    for (const pieces of secrets) this.checks.push({ kind: 'text_removed', place, pieces, isFree: true });
  }

  items(keyword: string, ...fill: ((item: Recipe) => void)[]): void {
    const tag = tagOfKeyword(keyword);
    const items = fill.map((each, item) => {
      const recipe = new Recipe(this.checks, [...this.#around, { tag, item }]);
      each(recipe);
      return recipe.edits;
    });
    this.edits.push({ kind: 'setItems', tag, items });
  }

  code(keyword: string, value: string, scheme: string, meaning: string): void {
    this.items(keyword, (item) => {
      item.keep('CodeValue', value);
      item.keep('CodingSchemeDesignator', scheme);
      item.keep('CodeMeaning', meaning);
    });
  }

  /** Elements of a private block at 0x10: numbers that are known to be safe stay, all else goes. */
  privates(
    group: number,
    creator: string,
    elements: readonly { element: number; vr: Vr; value: Value; isSafe?: boolean; says?: string }[],
  ): void {
    this.edits.push({ kind: 'set', tag: tagOf(group, 0x0010), vr: 'LO', value: creator });
    for (const { element, vr, value, isSafe = false, says } of elements) {
      const tag = tagOf(group, 0x1000 + element);
      this.edits.push({ kind: 'set', tag, vr, value });
      const place = this.place(tag);
      if (isSafe) {
        this.checks.push(
          { kind: 'tag_retained', place },
          { kind: 'tag_retained', place: this.place(tagOf(group, 0x0010)) },
        );
        if (typeof value === 'string')
          this.checks.push({ kind: 'text_retained', place, text: value, whole: true });
      }
      if (says !== undefined) this.checks.push({ kind: 'text_removed', place, pieces: [says] });
    }
  }
}
