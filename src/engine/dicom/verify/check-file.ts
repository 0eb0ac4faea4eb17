/** Whether a file that could be read is as the standard asks for, in what can be told without its IOD. */
import { attributeOf } from '../dictionary/attributes.ts';
import { type DataSet, type DicomElement } from '../read/data-set.ts';
import { type DicomFile } from '../read/part10.ts';
import {
  FILE_META_GROUP_LENGTH,
  MEDIA_STORAGE_SOP_CLASS_UID,
  MEDIA_STORAGE_SOP_INSTANCE_UID,
  SERIES_INSTANCE_UID,
  SOP_CLASS_UID,
  SOP_INSTANCE_UID,
  STUDY_INSTANCE_UID,
  TRANSFER_SYNTAX_UID,
  type Tag,
} from '../tag.ts';

export const findingKinds = [
  /** No 128 bytes and “DICM” at the beginning (PS3.10 section 7.1). */
  'no-preamble',
  /** No file meta group, or none that names a transfer syntax. */
  'no-meta',
  /** The file meta group ends elsewhere than it says. */
  'meta-length',
  /** File meta group and data set name different instances or classes. */
  'meta-differs',
  /** A UID every instance needs is not there. */
  'missing',
  /** A tag is not greater than the one before (PS3.5 section 7.1). */
  'order',
  /** A tag is there twice. */
  'twice',
  /** A value of an odd number of bytes (PS3.5 section 7.1.1). */
  'odd-length',
  /** A UID with other characters than digits and dots, or longer than 64 (PS3.5 section 9). */
  'malformed-uid',
  /** Another value representation than the dictionary has. */
  'other-vr',
] as const;

export type FindingKind = (typeof findingKinds)[number];

export interface Finding {
  readonly kind: FindingKind;
  /** Of the element; of one within items, those of the sequences around it first. */
  readonly path: readonly Tag[];
}

const mediaStorageDirectory = '1.2.840.10008.1.3.10';

/** What is amiss, in the order of the file; nothing where all is well. */
export function checkFile(file: DicomFile): Finding[] {
  const found: Finding[] = [...fileFindings(file), ...missing(file)];
  if (file.meta) found.push(...elementFindings(file.meta, []));
  found.push(...elementFindings(file.dataSet, []));
  return found;
}

function fileFindings({ preamble, meta, dataSet }: DicomFile): Finding[] {
  const found: Finding[] = [];
  if (!preamble) found.push({ kind: 'no-preamble', path: [] });
  if (meta?.text(TRANSFER_SYNTAX_UID) === undefined) found.push({ kind: 'no-meta', path: [] });
  const [length] = meta?.numbers(FILE_META_GROUP_LENGTH) ?? [];
  const begin = meta?.get(FILE_META_GROUP_LENGTH)?.end;
  const end = meta?.elements.at(-1)?.end;
  if (meta && (begin === undefined || end === undefined || end - begin !== length)) {
    found.push({ kind: 'meta-length', path: [FILE_META_GROUP_LENGTH] });
  }
  const pairs = [
    [MEDIA_STORAGE_SOP_CLASS_UID, SOP_CLASS_UID],
    [MEDIA_STORAGE_SOP_INSTANCE_UID, SOP_INSTANCE_UID],
  ] as const;
  for (const [inMeta, inDataSet] of pairs) {
    const [one, other] = [meta?.text(inMeta), dataSet.text(inDataSet)];
    if (one !== undefined && other !== undefined && one !== other) {
      found.push({ kind: 'meta-differs', path: [inMeta] });
    }
  }
  return found;
}

function missing({ dataSet, meta }: DicomFile): Finding[] {
  if (meta?.text(MEDIA_STORAGE_SOP_CLASS_UID) === mediaStorageDirectory) return [];
  return [SOP_CLASS_UID, SOP_INSTANCE_UID, STUDY_INSTANCE_UID, SERIES_INSTANCE_UID]
    .filter((tag) => dataSet.text(tag) === undefined)
    .map((tag) => ({ kind: 'missing', path: [tag] }));
}

function elementFindings(dataSet: DataSet, around: readonly Tag[]): Finding[] {
  const found: Finding[] = [];
  let before = -1;
  for (const element of dataSet.elements) {
    const path = [...around, element.tag];
    if (element.tag === before) found.push({ kind: 'twice', path });
    else if (element.tag < before) found.push({ kind: 'order', path });
    before = element.tag;
    if (element.length % 2 === 1) found.push({ kind: 'odd-length', path });
    if (element.vr === 'UI' && !dataSet.stringsOf(element).every(isUid)) {
      found.push({ kind: 'malformed-uid', path });
    }
    if (dataSet.encoding.explicit && hasOtherVr(element)) found.push({ kind: 'other-vr', path });
    for (const item of element.items ?? []) found.push(...elementFindings(item.dataSet, path));
  }
  return found;
}

function isUid(text: string): boolean {
  return text === '' || (text.length <= 64 && /^(0|[1-9]\d*)(\.(0|[1-9]\d*))*$/.test(text));
}

/** UN is allowed for any element, and 64-bit kin of OB and OW where the dictionary has those. */
function hasOtherVr({ tag, vr }: DicomElement): boolean {
  const attribute = attributeOf(tag);
  return attribute !== undefined && vr !== 'UN' && attribute.vrs.length > 0 && !attribute.vrs.includes(vr);
}
