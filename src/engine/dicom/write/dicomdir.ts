/** A DICOMDIR of files, made anew from what they say (PS3.3 annex F). */
import { type DataSet } from '../read/data-set.ts';
import { readDicomFile, type DicomFile } from '../read/part10.ts';
import {
  MODALITY,
  PATIENT_ID,
  SERIES_INSTANCE_UID,
  SOP_CLASS_UID,
  SOP_INSTANCE_UID,
  SPECIFIC_CHARACTER_SET,
  STUDY_INSTANCE_UID,
  type Tag,
} from '../tag.ts';
import { type Edit } from './edits.ts';
import { newDicomFile } from './new-file.ts';
import { writeDicom } from './part10.ts';

const RECORDS: Tag = 0x00041220;
const FIRST: Tag = 0x00041200;
const LAST: Tag = 0x00041202;
const NEXT: Tag = 0x00041400;
const LOWER: Tag = 0x00041420;
const mediaStorageDirectory = '1.2.840.10008.1.3.10';

/** Keys of each kind of record (PS3.3 tables F.5-1 to F.5-4), the first of which tells records apart. */
const keys = {
  PATIENT: [PATIENT_ID, 0x00100010],
  STUDY: [STUDY_INSTANCE_UID, 0x00080020, 0x00080030, 0x00081030, 0x00200010, 0x00080050],
  SERIES: [SERIES_INSTANCE_UID, MODALITY, 0x00200011],
  IMAGE: [SOP_INSTANCE_UID, 0x00200013],
} as const;
type Level = keyof typeof keys;
const levels = ['PATIENT', 'STUDY', 'SERIES', 'IMAGE'] as const;

/** Kinds of what a record stands for, by the beginning or the whole of its SOP class (PS3.3 table F.4-1). */
const kinds: readonly (readonly [sopClass: string, kind: string])[] = [
  ['1.2.840.10008.5.1.4.1.1.88.59', 'KEY OBJECT DOC'],
  ['1.2.840.10008.5.1.4.1.1.88.', 'SR DOCUMENT'],
  ['1.2.840.10008.5.1.4.1.1.104.', 'ENCAP DOC'],
  ['1.2.840.10008.5.1.4.1.1.11.', 'PRESENTATION'],
  ['1.2.840.10008.5.1.4.1.1.9.', 'WAVEFORM'],
  ['1.2.840.10008.5.1.4.1.1.481.2', 'RT DOSE'],
  ['1.2.840.10008.5.1.4.1.1.481.3', 'RT STRUCTURE SET'],
  ['1.2.840.10008.5.1.4.1.1.481.5', 'RT PLAN'],
  ['1.2.840.10008.5.1.4.1.1.66', 'RAW DATA'],
];

interface DirectoryRecord {
  readonly edits: readonly Edit[];
  readonly below: Map<string, DirectoryRecord>;
}

/** Collects files and writes their directory. */
export class Dicomdir {
  readonly #roots = new Map<string, DirectoryRecord>();

  /**
   * @param name Of the file, below the folder of the DICOMDIR, with `/` between folders. Names of more than eight
   *   characters are against the standard and still understood by most.
   */
  add({ dataSet, transferSyntax }: DicomFile, name: string): void {
    let among = this.#roots;
    for (const level of levels) {
      // Files without a UID are none the less files.
      const key = dataSet.text(keys[level][0]) ?? (level === 'IMAGE' ? name : '');
      let record = among.get(key);
      if (!record) {
        const file = level === 'IMAGE' ? referenced(dataSet, name, transferSyntax.uid) : [];
        record = { edits: [...recordEdits(dataSet, level), ...file], below: new Map() };
        among.set(key, record);
      }
      among = record.below;
    }
  }

  /** @param instance UID of the DICOMDIR itself. */
  bytes(instance: string): Uint8Array {
    const records = listed(this.#roots);
    const named = newDicomFile([
      { kind: 'set', tag: SOP_CLASS_UID, vr: 'UI', value: mediaStorageDirectory },
      { kind: 'set', tag: SOP_INSTANCE_UID, vr: 'UI', value: instance },
      { kind: 'set', tag: 0x00041130, vr: 'CS', value: '' },
      { kind: 'set', tag: FIRST, vr: 'UL', value: [0] },
      { kind: 'set', tag: LAST, vr: 'UL', value: [0] },
      { kind: 'set', tag: 0x00041212, vr: 'US', value: [0] },
      { kind: 'setItems', tag: RECORDS, items: records.map(({ edits }) => edits) },
    ]);
    // The file meta group alone says what instance a directory is.
    const removed = [SOP_CLASS_UID, SOP_INSTANCE_UID].map((tag) => ({ kind: 'remove', tag }) as const);
    return withOffsets(readDicomFile(writeDicom(named, removed)), records, this.#roots);
  }
}

/** Parents before what is below them, in the order they came. */
function listed(among: ReadonlyMap<string, DirectoryRecord>): DirectoryRecord[] {
  return [...among.values()].flatMap((record) => [record, ...listed(record.below)]);
}

/** Where records lie is known once they are written; offsets of the same length then take the place of the zeros. */
function withOffsets(
  file: DicomFile,
  records: readonly DirectoryRecord[],
  roots: ReadonlyMap<string, DirectoryRecord>,
): Uint8Array {
  const items = file.dataSet.get(RECORDS)?.items ?? [];
  const places = new Map(records.map((record, i) => [record, items[i]?.start ?? 0]));
  const place = (record: DirectoryRecord | undefined) => (record && places.get(record)) ?? 0;
  const next = new Map<DirectoryRecord, DirectoryRecord>();
  const link = (among: readonly DirectoryRecord[]) => {
    for (const [i, record] of among.entries()) {
      const following = among[i + 1];
      if (following) next.set(record, following);
      link([...record.below.values()]);
    }
  };
  const first = [...roots.values()];
  link(first);
  return writeDicom(file, [
    { kind: 'set', tag: FIRST, vr: 'UL', value: [place(first[0])] },
    { kind: 'set', tag: LAST, vr: 'UL', value: [place(first.at(-1))] },
    {
      kind: 'items',
      tag: RECORDS,
      items: records.map((record) => [
        { kind: 'set', tag: NEXT, vr: 'UL', value: [place(next.get(record))] },
        { kind: 'set', tag: LOWER, vr: 'UL', value: [place([...record.below.values()][0])] },
      ]),
    },
  ]);
}

function recordEdits(dataSet: DataSet, level: Level): Edit[] {
  const type =
    level === 'IMAGE'
      ? (kinds.find(([begin]) => dataSet.text(SOP_CLASS_UID)?.startsWith(begin) === true)?.[1] ?? 'IMAGE')
      : level;
  return [
    { kind: 'set', tag: NEXT, vr: 'UL', value: [0] },
    { kind: 'set', tag: 0x00041410, vr: 'US', value: [0xffff] },
    { kind: 'set', tag: LOWER, vr: 'UL', value: [0] },
    { kind: 'set', tag: 0x00041430, vr: 'CS', value: type },
    { kind: 'set', tag: SPECIFIC_CHARACTER_SET, vr: 'CS', value: 'ISO_IR 192' },
    ...keys[level].flatMap((tag): Edit[] =>
      level === 'IMAGE' && tag === SOP_INSTANCE_UID
        ? []
        : [{ kind: 'set', tag, value: dataSet.strings(tag).join('\\') }],
    ),
  ];
}

function referenced(dataSet: DataSet, name: string, transferSyntax: string): Edit[] {
  return [
    { kind: 'set', tag: 0x00041500, vr: 'CS', value: name.replaceAll('/', '\\') },
    { kind: 'set', tag: 0x00041510, vr: 'UI', value: dataSet.text(SOP_CLASS_UID) ?? '' },
    { kind: 'set', tag: 0x00041511, vr: 'UI', value: dataSet.text(SOP_INSTANCE_UID) ?? '' },
    { kind: 'set', tag: 0x00041512, vr: 'UI', value: transferSyntax },
  ];
}
