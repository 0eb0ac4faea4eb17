/** A DICOM file with its edits, in bytes (PS3.10 section 7.1). */
import { deflateRawSync } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import { type DicomFile } from '../read/part10.ts';
import {
  FILE_META_GROUP_LENGTH,
  MEDIA_STORAGE_SOP_CLASS_UID,
  MEDIA_STORAGE_SOP_INSTANCE_UID,
  SOP_CLASS_UID,
  SOP_INSTANCE_UID,
  TRANSFER_SYNTAX_UID,
  type Tag,
} from '../tag.ts';
import { explicitLittleEndian, type TransferSyntax } from '../transfer-syntax.ts';
import { Chunks } from './chunks.ts';
import { writtenDataSet } from './data-set.ts';
import { type Edit, type SetEdit } from './edits.ts';
import { headerBytes, valueBytes } from './values.ts';

export interface WriteOptions {
  /** Of the same byte order and with representations said as before: from compressed pixels to plain ones. */
  readonly transferSyntax?: TransferSyntax;
  /** `keep` copies the group as it is, but for a new transfer syntax or instance; `fresh` writes one of Semblance's own. */
  readonly meta?: 'keep' | 'fresh';
  /** `keep` copies the 128 bytes before “DICM”, `fresh` writes zeros. */
  readonly preamble?: 'keep' | 'fresh';
}

const dicm = Uint8Array.from(Buffer.from('DICM'));

/** Of Semblance as an implementation, below the root for UUIDs (PS3.5 annex B.2). */
export const implementationUid = '2.25.94627551474873824335863593623881356864';
export const implementationName = 'SEMBLANCE';

/**
 * The file after its edits. Without edits and options that ask for more, the very bytes that were read.
 *
 * @throws dicom/unfit where a value cannot be written in the file's character set, or the transfer syntax asked for
 * lays elements out otherwise.
 */
export function writeDicom(file: DicomFile, edits: readonly Edit[], options: WriteOptions = {}): Uint8Array {
  const [first, ...others] = dicomChunks(file, edits, options);
  if (first && others.length === 0) return first;
  const out = new Chunks();
  if (first) out.add(first, ...others);
  return out.joined();
}

/**
 * As `writeDicom`, piece by piece without a copy of what stays as it was: so that large files can go to a drive.
 *
 * @throws As `writeDicom`.
 */
export function dicomChunks(
  file: DicomFile,
  edits: readonly Edit[],
  options: WriteOptions = {},
): readonly Uint8Array[] {
  const { transferSyntax = file.transferSyntax, meta = 'keep', preamble = 'keep' } = options;
  const isSameSyntax = transferSyntax.uid === file.transferSyntax.uid;
  if (edits.length === 0 && isSameSyntax && meta === 'keep' && preamble === 'keep') return [file.source];
  checkLayout(file.transferSyntax, transferSyntax);
  const dataSet = writtenDataSet(file.dataSet, edits);
  const out = new Chunks();
  if (meta === 'fresh' || preamble === 'fresh' || file.preamble) {
    out.add(preamble === 'keep' ? (file.preamble ?? new Uint8Array(128)) : new Uint8Array(128));
    out.add(dicm);
  }
  out.append(
    meta === 'fresh' ? freshMeta(file, edits, transferSyntax) : keptMeta(file, edits, transferSyntax),
  );
  if (!transferSyntax.deflated) out.append(dataSet);
  else if (edits.length === 0 && isSameSyntax) out.add(file.source.subarray(dataSetStart(file)));
  else {
    const deflated = deflateRawSync(dataSet.joined());
    out.add(deflated, new Uint8Array(deflated.length % 2));
  }
  return out.list;
}

/** Where the deflated data set begins. */
function dataSetStart({ meta }: DicomFile): number {
  return meta?.elements.at(-1)?.end ?? 0;
}

function checkLayout(from: TransferSyntax, to: TransferSyntax): void {
  if (from.explicit === to.explicit && from.littleEndian === to.littleEndian) return;
  throw AppError.of('dicom/unfit', 'dicom_other_layout', { from: from.name, to: to.name });
}

/** The group as it was, but for what the edits make untrue. */
function keptMeta({ meta, ...file }: DicomFile, edits: readonly Edit[], to: TransferSyntax): Chunks {
  if (!meta) return new Chunks();
  const changes: Edit[] = [];
  if (to.uid !== file.transferSyntax.uid) {
    changes.push({ kind: 'set', tag: TRANSFER_SYNTAX_UID, vr: 'UI', value: to.uid });
  }
  const instance = setValue(edits, SOP_INSTANCE_UID);
  if (instance !== undefined) {
    changes.push({ kind: 'set', tag: MEDIA_STORAGE_SOP_INSTANCE_UID, vr: 'UI', value: instance });
  }
  if (changes.length === 0) {
    const [start, end] = [meta.elements[0]?.start ?? 0, meta.elements.at(-1)?.end ?? 0];
    const kept = new Chunks();
    kept.add(meta.source.subarray(start, end));
    return kept;
  }
  return withLength(writtenDataSet(meta, [...changes, { kind: 'remove', tag: FILE_META_GROUP_LENGTH }]));
}

/** A group of our own that says only what the standard asks for. */
function freshMeta({ dataSet, meta }: DicomFile, edits: readonly Edit[], { uid }: TransferSyntax): Chunks {
  // An instance that the former group alone names, or that an edit takes away, is not brought back.
  const edited = (tag: Tag) => edits.some((edit) => edit.tag === tag);
  const valueOf = (tag: Tag) => (edited(tag) ? setValue(edits, tag) : dataSet.text(tag));
  const sopClass = valueOf(SOP_CLASS_UID) ?? meta?.text(MEDIA_STORAGE_SOP_CLASS_UID);
  const instance = valueOf(SOP_INSTANCE_UID);
  const values: SetEdit[] = [
    { kind: 'set', tag: 0x00020001, vr: 'OB', value: Uint8Array.of(0, 1) },
    ...(sopClass === undefined ? [] : [set(MEDIA_STORAGE_SOP_CLASS_UID, sopClass)]),
    ...(instance === undefined ? [] : [set(MEDIA_STORAGE_SOP_INSTANCE_UID, instance)]),
    set(TRANSFER_SYNTAX_UID, uid),
    set(0x00020012, implementationUid),
    { kind: 'set', tag: 0x00020013, vr: 'SH', value: implementationName },
  ];
  const out = new Chunks();
  for (const edit of values) {
    const vr = edit.vr ?? 'UI';
    const value = valueBytes(edit, vr, dataSet.characterSet, explicitLittleEndian);
    out.add(headerBytes(edit.tag, vr, value.length, explicitLittleEndian), value);
  }
  return withLength(out);
}

function set(tag: Tag, value: string): SetEdit {
  return { kind: 'set', tag, vr: 'UI', value };
}

function setValue(edits: readonly Edit[], tag: Tag): string | undefined {
  const edit = edits.find((candidate) => candidate.tag === tag);
  return edit?.kind === 'set' && typeof edit.value === 'string' ? edit.value : undefined;
}

function withLength(group: Chunks): Chunks {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, group.length, true);
  const out = new Chunks();
  out.add(headerBytes(FILE_META_GROUP_LENGTH, 'UL', 4, explicitLittleEndian), length);
  out.append(group);
  return out;
}
