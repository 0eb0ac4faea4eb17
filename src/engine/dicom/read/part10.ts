/** DICOM files: preamble, file meta group, data set (PS3.10 section 7). */
import { inflateRawSync } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import { attributeOf } from '../dictionary/attributes.ts';
import { FILE_META_GROUP_LENGTH, groupOf, isGroupLength, TRANSFER_SYNTAX_UID, type Tag } from '../tag.ts';
import {
  explicitLittleEndian,
  implicitLittleEndian,
  nativeSyntaxOf,
  transferSyntaxOf,
  type Encoding,
  type TransferSyntax,
} from '../transfer-syntax.ts';
import { isVr } from '../vr.ts';
import { byteReader, readTag } from './bytes.ts';
import { type DataSet } from './data-set.ts';
import { readElements, truncated, type ElementHeader, type ReadDataSet } from './elements.ts';

export interface DicomFile {
  /** The file as it was read. */
  readonly source: Uint8Array;
  /** What elements point into: `source`, with the data set inflated where it was deflated. */
  readonly bytes: Uint8Array;
  /** The 128 bytes before “DICM”; undefined where there are none. */
  readonly preamble: Uint8Array | undefined;
  readonly meta: DataSet | undefined;
  readonly dataSet: DataSet;
  readonly transferSyntax: TransferSyntax;
  /** The element that reading was to stop at, where it did. */
  readonly stoppedAt: ElementHeader | undefined;
}

export interface ReadOptions {
  /** Stops before the first element of the data set with this or a higher tag. */
  readonly until?: Tag;
}

/** No deflated data set of a real file is larger, or so much larger than the file; zip bombs are. */
const largestInflated = 2 ** 31 - 1;
const steepestCompression = 200;
const preambleLength = 128;

/**
 * Reads a file with or without preamble and file meta group.
 *
 * @throws dicom/not-dicom, dicom/damaged, dicom/truncated or dicom/unsupported.
 */
export function readDicomFile(source: Uint8Array, { until = Infinity }: ReadOptions = {}): DicomFile {
  const { preamble, start } = beginning(source);
  const meta = readMeta(source, start);
  const dataSetStart = meta?.end ?? start;
  const named = meta?.dataSet.text(TRANSFER_SYNTAX_UID);
  const transferSyntax =
    named === undefined
      ? guessedSyntax(source, dataSetStart, preamble !== undefined || meta !== undefined)
      : transferSyntaxOf(named);
  if (!transferSyntax) throw AppError.of('dicom/unsupported', 'dicom_unknown_syntax', {});
  const bytes = transferSyntax.deflated ? inflated(source, dataSetStart) : source;
  const { dataSet, stoppedAt } = readElements(bytes, dataSetStart, transferSyntax, ({ tag }) => tag >= until);
  return { source, bytes, preamble, meta: meta?.dataSet, dataSet, transferSyntax, stoppedAt };
}

function beginning(bytes: Uint8Array): { preamble: Uint8Array | undefined; start: number } {
  if (saysDicm(bytes, preambleLength)) {
    return { preamble: bytes.subarray(0, preambleLength), start: preambleLength + 4 };
  }
  return { preamble: undefined, start: saysDicm(bytes, 0) ? 4 : 0 };
}

function saysDicm(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x44 && bytes[at + 1] === 0x49 && bytes[at + 2] === 0x43 && bytes[at + 3] === 0x4d;
}

/**
 * The file meta group, which is explicit little-endian in every file. It ends where it says, or, since what it says is
 * wrong in many files, where another group begins.
 */
function readMeta(bytes: Uint8Array, start: number): ReadDataSet | undefined {
  if (start + 8 > bytes.length || groupOf(readTag(bytes, start, explicitLittleEndian)) !== 2)
    return undefined;
  const endsGroup = ({ tag }: ElementHeader) => groupOf(tag) !== 2;
  const { dataSet } = readElements(
    bytes,
    start,
    explicitLittleEndian,
    ({ tag }) => tag !== FILE_META_GROUP_LENGTH,
  );
  const [length] = dataSet.numbers(FILE_META_GROUP_LENGTH);
  if (length !== undefined) {
    const end = (dataSet.elements[0]?.end ?? start) + length;
    try {
      const stated = readElements(bytes.subarray(0, end), start, explicitLittleEndian, endsGroup);
      if (stated.end === end && !continuesAt(bytes, end)) return stated;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return readElements(bytes, start, explicitLittleEndian, endsGroup);
}

/** Whether the group goes on after the end it states. A deflated data set may begin with any bytes, but hardly these. */
function continuesAt(bytes: Uint8Array, position: number): boolean {
  if (position + 6 > bytes.length) return false;
  const vr = String.fromCharCode(bytes[position + 4] ?? 0, bytes[position + 5] ?? 0);
  return groupOf(readTag(bytes, position, explicitLittleEndian)) === 2 && isVr(vr);
}

/**
 * The transfer syntax of a data set that no file meta group names one for, from its first element.
 *
 * @param saysDicom Whether the file is known as DICOM by what comes before, so that the default one will do.
 * @throws dicom/not-dicom where that is no element of the standard.
 */
function guessedSyntax(bytes: Uint8Array, start: number, saysDicom: boolean): TransferSyntax {
  const found = [true, false]
    .flatMap((littleEndian) => [true, false].map((explicit) => ({ explicit, littleEndian })))
    .find((encoding) => couldBegin(bytes, start, encoding));
  if (!found && !saysDicom) throw notDicom();
  return found ? nativeSyntaxOf(found) : implicitLittleEndian;
}

/** Whether an element of the standard could begin here, of a group that data sets begin with. */
function couldBegin(bytes: Uint8Array, start: number, encoding: Encoding): boolean {
  if (start + 8 > bytes.length) return false;
  const tag = readTag(bytes, start, encoding);
  const isKnown = isGroupLength(tag) || attributeOf(tag) !== undefined;
  if (!isKnown || groupOf(tag) < 8 || groupOf(tag) > 0x20) return false;
  if (encoding.explicit) return isVr(String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0));
  return start + 8 + byteReader(encoding).readUint32(bytes, start + 4) <= bytes.length;
}

/** The file up to the data set, and the data set inflated. */
function inflated(source: Uint8Array, start: number): Uint8Array {
  const head = source.subarray(0, start);
  try {
    const dataSet = inflateRawSync(source.subarray(start), {
      maxOutputLength: Math.min(largestInflated, source.length * steepestCompression),
    });
    return Buffer.concat([head, dataSet]);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw AppError.of('dicom/damaged', 'dicom_bomb', {});
    if (code === 'Z_BUF_ERROR') throw truncated();
    throw AppError.of('dicom/damaged', 'dicom_not_deflated', {});
  }
}

function notDicom(): AppError {
  return AppError.of('dicom/not-dicom', 'dicom_not_dicom', {});
}
