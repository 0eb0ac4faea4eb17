/** A data set with its edits, in bytes: what no edit touches is copied from where it lies. */
import { characterSetOf, type CharacterSet } from '../character-set.ts';
import { vrOf } from '../dictionary/attributes.ts';
import { type DataSet, type DicomElement, type DicomItem } from '../read/data-set.ts';
import {
  groupOf,
  isGroupLength,
  ITEM,
  ITEM_DELIMITATION,
  SEQUENCE_DELIMITATION,
  SPECIFIC_CHARACTER_SET,
  type Tag,
} from '../tag.ts';
import { type Encoding } from '../transfer-syntax.ts';
import { type Vr } from '../vr.ts';
import { Chunks } from './chunks.ts';
import { type Edit, type ItemsEdit, type SetFramesEdit, type SetItemsEdit } from './edits.ts';
import { even, headerBytes, undefinedLength, valueBytes } from './values.ts';

/** What new elements are written in. */
interface Form {
  readonly encoding: Encoding;
  readonly characterSet: CharacterSet;
}

/**
 * The bytes of a data set after its edits. New elements come in the order of their tags. Lengths of groups that change
 * (which are retired) are left out, those of sequences and items that change stated anew or left undefined as they were.
 *
 * @param around The character set of the data set around an item, where edits change it.
 */
export function writtenDataSet(dataSet: DataSet, edits: readonly Edit[], around?: CharacterSet): Chunks {
  const out = new Chunks();
  const pending = sorted(edits);
  const byTag = byTagOf(edits);
  const changedGroups = new Set(pending.map(({ tag }) => groupOf(tag)));
  const own = dataSet.get(SPECIFIC_CHARACTER_SET) && dataSet.characterSet;
  const inherited = around ?? dataSet.characterSet;
  const form = { encoding: dataSet.encoding, characterSet: characterSetAfter(byTag, own, inherited) };
  const written = new Set<Tag>();
  let next = 0;
  // What stays is copied in runs of elements, as they lie in the file.
  let [runStart, runEnd] = [0, 0];
  const writeRun = () => {
    if (runEnd > runStart) out.add(dataSet.source.subarray(runStart, runEnd));
    runStart = runEnd;
  };
  const writeNewBefore = (tag: Tag) => {
    for (let edit = pending[next]; edit && edit.tag < tag; edit = pending[++next]) {
      if (dataSet.get(edit.tag)) continue;
      writeRun();
      writeNew(out, edit, form);
    }
  };
  for (const element of dataSet.elements) {
    const { tag, start, end } = element;
    if (isGroupLength(tag) && changedGroups.has(groupOf(tag)) && !byTag.has(tag)) continue;
    writeNewBefore(tag);
    const edit = byTag.get(tag);
    if (!edit) {
      if (runEnd !== start) {
        writeRun();
        runStart = start;
      }
      runEnd = end;
      continue;
    }
    writeRun();
    // Of an element that is there twice, which the standard forbids, an edit leaves one.
    if (!written.has(tag)) writeElement(out, edit, element, dataSet, form);
    written.add(tag);
  }
  writeNewBefore(Infinity);
  writeRun();
  return out;
}

function sorted(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.tag - b.tag);
}

function byTagOf(edits: readonly Edit[]): ReadonlyMap<Tag, Edit> {
  return new Map(edits.map((edit) => [edit.tag, edit]));
}

/** @param own That which the data set names itself. */
function characterSetAfter(
  edits: ReadonlyMap<Tag, Edit>,
  own: CharacterSet | undefined,
  inherited: CharacterSet,
): CharacterSet {
  const edit = edits.get(SPECIFIC_CHARACTER_SET);
  if (edit?.kind === 'set' && typeof edit.value === 'string') return characterSetOf(edit.value.split('\\'));
  return edit?.kind === 'remove' ? inherited : (own ?? inherited);
}

/** An edit of an element that is there. */
function writeElement(out: Chunks, edit: Edit, element: DicomElement, dataSet: DataSet, form: Form): void {
  if (edit.kind === 'remove') return;
  if (edit.kind === 'items') writeItems(out, edit, element, dataSet, form);
  else writeNew(out, edit, form, element.vr);
}

/** An element as an edit has it, whatever was there. Edits within items need items to be within. */
function writeNew(out: Chunks, edit: Edit, form: Form, formerVr?: Vr): void {
  switch (edit.kind) {
    case 'remove':
    case 'items':
      return;
    case 'set': {
      const vr = edit.vr ?? formerVr ?? vrOf(edit.tag);
      const value = valueBytes(edit, vr, form.characterSet, form.encoding);
      return out.add(headerBytes(edit.tag, vr, value.length, form.encoding), value);
    }
    case 'setItems':
      return writeNewItems(out, edit, form);
    case 'setFrames':
      return writeFrames(out, edit, form.encoding);
  }
}

function writeItems(
  out: Chunks,
  { items: edits, tag }: ItemsEdit,
  element: DicomElement,
  dataSet: DataSet,
  form: Form,
): void {
  const content = new Chunks();
  for (const [i, item] of (element.items ?? []).entries()) {
    const itemEdits = edits[i] ?? [];
    if (itemEdits.length === 0) content.add(dataSet.source.subarray(item.start, item.end));
    else writeItem(content, item, itemEdits, form);
  }
  const { encoding } = dataSet;
  const length = element.undefinedLength ? undefinedLength : content.length;
  out.add(headerBytes(tag, element.vr, length, encoding));
  out.append(content);
  if (element.undefinedLength) out.add(headerBytes(SEQUENCE_DELIMITATION, undefined, 0, encoding));
}

function writeItem(out: Chunks, item: DicomItem, edits: readonly Edit[], form: Form): void {
  const { dataSet } = item;
  // The item may say its values' representations where its sequence, which is UN, does not.
  const delimiters = { ...dataSet.encoding, explicit: false };
  const content = writtenDataSet(dataSet, edits, form.characterSet);
  out.add(headerBytes(ITEM, undefined, item.undefinedLength ? undefinedLength : content.length, delimiters));
  out.append(content);
  if (item.undefinedLength) out.add(headerBytes(ITEM_DELIMITATION, undefined, 0, delimiters));
}

function writeNewItems(out: Chunks, { tag, items }: SetItemsEdit, form: Form): void {
  const content = new Chunks();
  for (const edits of items) {
    const item = new Chunks();
    const characterSet = characterSetAfter(byTagOf(edits), undefined, form.characterSet);
    for (const edit of sorted(edits)) writeNew(item, edit, { ...form, characterSet });
    content.add(headerBytes(ITEM, undefined, item.length, form.encoding));
    content.append(item);
  }
  out.add(headerBytes(tag, 'SQ', content.length, form.encoding));
  out.append(content);
}

function writeFrames(
  out: Chunks,
  { tag, vr, frames, encapsulated }: SetFramesEdit,
  encoding: Encoding,
): void {
  if (!encapsulated) {
    const length = frames.reduce((sum, frame) => sum + frame.length, 0);
    out.add(headerBytes(tag, vr, length + (length % 2), encoding), ...frames);
    if (length % 2 === 1) out.add(Uint8Array.of(0));
    return;
  }
  out.add(headerBytes(tag, 'OB', undefinedLength, encoding));
  const fragments = frames.map((frame) => even(frame, 'OB'));
  const offsets = new DataView(new ArrayBuffer(4 * fragments.length));
  let offset = 0;
  for (const [i, { length }] of fragments.entries()) {
    offsets.setUint32(4 * i, offset, encoding.littleEndian);
    offset += 8 + length;
  }
  // Offsets have four bytes; without a table, each frame is one fragment (PS3.5 section A.4).
  const table = offset > undefinedLength ? new Uint8Array() : new Uint8Array(offsets.buffer);
  for (const bytes of [table, ...fragments])
    out.add(headerBytes(ITEM, undefined, bytes.length, encoding), bytes);
  out.add(headerBytes(SEQUENCE_DELIMITATION, undefined, 0, encoding));
}
