/** A data set moved to UTF-8 as a whole, for new values that its own character set cannot write. */
import { type DataSet } from '../read/data-set.ts';
import { isText, usesCharacterSet } from '../vr.ts';
import { SPECIFIC_CHARACTER_SET } from '../tag.ts';
import { type Edit } from './edits.ts';

const utf8 = 'ISO_IR 192';

/**
 * The edits that write all text in UTF-8, at every depth. Values stay what they are, blanks at their ends included;
 * items no longer name a set of their own. Edits that are meant besides go through `withEdits`.
 */
export function editsToUtf8(dataSet: DataSet): Edit[] {
  const edits = textEdits(dataSet);
  if (dataSet.characterSet.terms === utf8 && edits.length === 0) return [];
  return [{ kind: 'set', tag: SPECIFIC_CHARACTER_SET, vr: 'CS', value: utf8 }, ...edits];
}

function textEdits(dataSet: DataSet): Edit[] {
  return dataSet.elements.flatMap((element): Edit[] => {
    const { tag, items } = element;
    if (items) {
      const inside = items.map((item) => [...ownSetRemoved(item.dataSet), ...textEdits(item.dataSet)]);
      return inside.some((edits) => edits.length > 0) ? [{ kind: 'items', tag, items: inside }] : [];
    }
    const vr = dataSet.vr(element);
    if (!isText(vr) || !usesCharacterSet(vr)) return [];
    const bytes = dataSet.bytesOf(element);
    const text = dataSet.characterSet.decode(bytes, vr);
    const after = new TextEncoder().encode(text);
    return Buffer.compare(bytes, after) === 0 ? [] : [{ kind: 'set', tag, vr, value: after }];
  });
}

function ownSetRemoved(item: DataSet): Edit[] {
  return item.get(SPECIFIC_CHARACTER_SET) ? [{ kind: 'remove', tag: SPECIFIC_CHARACTER_SET }] : [];
}

/**
 * Edits of one data set on top of others: of the same element the later one holds, of the same sequence's items both.
 */
export function withEdits(first: readonly Edit[], later: readonly Edit[]): Edit[] {
  const merged = new Map(first.map((edit) => [edit.tag, edit]));
  for (const edit of later) {
    const former = merged.get(edit.tag);
    const isBoth = former?.kind === 'items' && edit.kind === 'items';
    merged.set(edit.tag, isBoth ? { ...edit, items: withItems(former.items, edit.items) } : edit);
  }
  return [...merged.values()];
}

function withItems(
  first: readonly (readonly Edit[])[],
  later: readonly (readonly Edit[])[],
): (readonly Edit[])[] {
  return Array.from({ length: Math.max(first.length, later.length) }, (_, i) =>
    withEdits(first[i] ?? [], later[i] ?? []),
  );
}
