/** The elements of a data set, found without copying or decoding a value (PS3.5 section 7). */
import { AppError } from '../../../shared/errors.ts';
import { vrOf } from '../dictionary/attributes.ts';
import { formatTag, ITEM, ITEM_DELIMITATION, PIXEL_DATA, SEQUENCE_DELIMITATION, type Tag } from '../tag.ts';
import { implicitLittleEndian, type Encoding } from '../transfer-syntax.ts';
import { hasLongLength, isVr, type Vr } from '../vr.ts';
import { byteReader, readTag } from './bytes.ts';
import { DataSet, type ByteRange, type DicomElement, type DicomItem } from './data-set.ts';

/** Deeper than any real file: a structured report seldom has more than twenty levels. */
export const deepestNesting = 128;

/** More of either are not in one data set or sequence of any device, and would fill the memory. */
export const mostElements = 100_000;
export const mostItems = 1_000_000;

const undefinedLength = 0xffffffff;

/** What stands before a value. */
export interface ElementHeader {
  readonly tag: Tag;
  readonly vr: Vr;
  readonly start: number;
  readonly valueStart: number;
  /** In bytes; of an undefined length, infinity. */
  readonly length: number;
}

interface Place {
  readonly bytes: Uint8Array;
  /** Where the data set, or what it lies in, ends at the latest. */
  readonly end: number;
  readonly depth: number;
}

/** Where reading ended, and why. */
export interface ReadDataSet {
  readonly dataSet: DataSet;
  readonly end: number;
  /** The element that reading was to stop at. */
  readonly stoppedAt: ElementHeader | undefined;
}

/**
 * Reads the elements of a data set that is no item.
 *
 * @param stops Whether to stop before an element, seen from its header.
 * @throws dicom/damaged for what contradicts the standard; dicom/truncated for a file that ends too early.
 */
export function readElements(
  bytes: Uint8Array,
  start: number,
  encoding: Encoding,
  stops: (header: ElementHeader) => boolean,
): ReadDataSet {
  return readDataSet({ bytes, end: bytes.length, depth: 0 }, start, encoding, undefined, stops);
}

function readDataSet(
  place: Place,
  start: number,
  assumed: Encoding,
  parent: DataSet | undefined,
  stops: (header: ElementHeader) => boolean,
): ReadDataSet {
  const { bytes, end } = place;
  const encoding = encodingAt(bytes, start, end, assumed);
  const elements: DicomElement[] = [];
  const dataSet = new DataSet(bytes, encoding, elements, parent);
  let position = start;
  /** Files are met that are filled up with zeros, which are no elements. */
  let zerosFrom: number | undefined;
  while (position < end) {
    if (parent === undefined && isZero(bytes, position, Math.min(position + 8, end))) {
      zerosFrom ??= startOfZeros(bytes, end);
      if (position >= zerosFrom) break;
    }
    const header = readHeader(place, position, encoding);
    if (stops(header)) return { dataSet, end: position, stoppedAt: header };
    const element = readElement(place, header, dataSet);
    if (elements.length >= mostElements) throw tooMany(header.tag);
    elements.push(element);
    position = element.end;
  }
  return { dataSet, end: position, stoppedAt: undefined };
}

function isZero(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0) return false;
  return true;
}

/** Where the zeros at the end begin. */
function startOfZeros(bytes: Uint8Array, end: number): number {
  let start = end;
  while (start > 0 && bytes[start - 1] === 0) start--;
  return start;
}

/**
 * Whether elements say their value representation is seen from the first one: files and items are met that do not do
 * what their transfer syntax says.
 */
function encodingAt(bytes: Uint8Array, start: number, end: number, assumed: Encoding): Encoding {
  if (start + 8 > end || readTag(bytes, start, assumed) >= ITEM) return assumed;
  const vr = String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0);
  if (assumed.explicit) return isCapitals(vr) ? assumed : { ...assumed, explicit: false };
  const length = byteReader(assumed).readUint32(bytes, start + 4);
  return isVr(vr) && start + 8 + length > end ? { ...assumed, explicit: true } : assumed;
}

function isCapitals(vr: string): boolean {
  return /^[A-Z]{2}$/.test(vr);
}

/** @throws dicom/truncated where the file ends within the header. */
function readHeader({ bytes, end }: Place, start: number, encoding: Encoding): ElementHeader {
  if (start + 8 > end) throw truncated();
  const reader = byteReader(encoding);
  const tag = readTag(bytes, start, encoding);
  const header = (vr: Vr, valueStart: number, length: number): ElementHeader => {
    return { tag, vr, start, valueStart, length: length === undefinedLength ? Infinity : length };
  };
  const longAt = (position: number) => {
    if (position + 4 > end) throw truncated(tag);
    return reader.readUint32(bytes, position);
  };
  if (tag >= ITEM || !encoding.explicit) return header(vrOf(tag), start + 8, longAt(start + 4));
  const vr = String.fromCharCode(bytes[start + 4] ?? 0, bytes[start + 5] ?? 0);
  if (isVr(vr) && !hasLongLength(vr)) return header(vr, start + 8, reader.readUint16(bytes, start + 6));
  if (isVr(vr)) return header(vr, start + 12, longAt(start + 8));
  if (!isCapitals(vr)) return header(vrOf(tag), start + 8, longAt(start + 4));
  // A value representation nobody knows: new ones have long lengths, and two reserved bytes that are zero.
  const short = reader.readUint16(bytes, start + 6);
  const isLong = short === 0 && start + 12 <= end && start + 12 + longAt(start + 8) <= end;
  return isLong ? header('UN', start + 12, longAt(start + 8)) : header('UN', start + 8, short);
}

function readElement(place: Place, header: ElementHeader, parent: DataSet): DicomElement {
  const { tag, vr, start, valueStart, length } = header;
  if (tag >= ITEM) throw damaged(tag);
  const isOpen = length === Infinity;
  if (!isOpen && valueStart + length > place.end) throw truncated(tag);
  const element = { tag, vr, start, valueStart, undefinedLength: isOpen };
  if (isOpen && (tag === PIXEL_DATA || vr === 'OB' || vr === 'OW')) {
    const { ranges, contentEnd, end } = readFragments(place, header, parent.encoding);
    const [table, ...fragments] = ranges;
    const offsetTable = table ? offsetsIn(place.bytes, table, parent.encoding) : [];
    return { ...element, length: contentEnd - valueStart, end, fragments, offsetTable };
  }
  if (isOpen || vr === 'SQ') {
    const { items, contentEnd, end } = readItems(place, header, parent);
    return { ...element, length: contentEnd - valueStart, end, items };
  }
  const plain = { tag, vr, start, valueStart, undefinedLength: false, length, end: valueStart + length };
  const items = vr === 'UN' ? hiddenItems(place, header, parent) : undefined;
  return items ? { ...plain, items } : plain;
}

/** The items of a value that does not say it is a sequence, but can be read as one to its last byte. */
function hiddenItems(place: Place, header: ElementHeader, parent: DataSet): readonly DicomItem[] | undefined {
  const encoding = itemEncoding(header, parent);
  if (header.length < 8 || readTag(place.bytes, header.valueStart, encoding) !== ITEM) return undefined;
  try {
    return readItems(place, header, parent).items;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Sequences whose value representation is not known are implicit whatever the file is (PS3.5 section 6.2.2). */
function itemEncoding({ vr }: ElementHeader, { encoding }: DataSet): Encoding {
  return vr === 'UN' && encoding.explicit ? implicitLittleEndian : encoding;
}

interface Items {
  readonly items: readonly DicomItem[];
  readonly contentEnd: number;
  readonly end: number;
}

function readItems(place: Place, header: ElementHeader, parent: DataSet): Items {
  if (place.depth >= deepestNesting) {
    throw AppError.of('dicom/damaged', 'dicom_too_deep', {
      tag: formatTag(header.tag),
      most: deepestNesting,
    });
  }
  const { tag, valueStart, length } = header;
  const encoding = itemEncoding(header, parent);
  const isOpen = length === Infinity;
  const inside = { ...place, end: isOpen ? place.end : valueStart + length, depth: place.depth + 1 };
  const items: DicomItem[] = [];
  let position = valueStart;
  while (isOpen || position < inside.end) {
    const delimiter = readHeader(inside, position, encoding);
    if (isOpen && delimiter.tag === SEQUENCE_DELIMITATION) {
      return { items, contentEnd: position, end: delimiter.valueStart };
    }
    if (delimiter.tag !== ITEM) throw damaged(tag);
    const item = readItem(inside, delimiter, encoding, parent, tag);
    if (items.length >= mostItems) throw tooMany(tag);
    items.push(item);
    position = item.end;
  }
  return { items, contentEnd: position, end: position };
}

function readItem(
  place: Place,
  { start, valueStart, length }: ElementHeader,
  encoding: Encoding,
  parent: DataSet,
  tag: Tag,
): DicomItem {
  if (length !== Infinity) {
    const end = valueStart + length;
    if (end > place.end) throw truncated(tag);
    const { dataSet } = readDataSet({ ...place, end }, valueStart, encoding, parent, () => false);
    return { dataSet, start, end, undefinedLength: false };
  }
  const isDelimiter = (header: ElementHeader) => header.tag === ITEM_DELIMITATION;
  const { dataSet, stoppedAt } = readDataSet(place, valueStart, encoding, parent, isDelimiter);
  if (!stoppedAt) throw truncated(tag);
  return { dataSet, start, end: stoppedAt.valueStart, undefinedLength: true };
}

interface Fragments {
  readonly ranges: readonly ByteRange[];
  readonly contentEnd: number;
  readonly end: number;
}

/** Fragments are followed by their lengths: what looks like a delimiter within them is pixels (PS3.5 section A.4). */
function readFragments(place: Place, { tag, valueStart }: ElementHeader, encoding: Encoding): Fragments {
  const ranges: ByteRange[] = [];
  let position = valueStart;
  // Files are met that end with the last fragment.
  while (position < place.end || ranges.length === 0) {
    const header = readHeader(place, position, encoding);
    if (header.tag === SEQUENCE_DELIMITATION) {
      return { ranges, contentEnd: position, end: header.valueStart };
    }
    if (header.tag !== ITEM) throw damaged(tag);
    const end = header.valueStart + header.length;
    if (end > place.end) throw truncated(tag);
    ranges.push({ start: header.valueStart, end });
    position = end;
  }
  return { ranges, contentEnd: position, end: position };
}

function offsetsIn(bytes: Uint8Array, { start, end }: ByteRange, encoding: Encoding): number[] {
  const reader = byteReader(encoding);
  return Array.from({ length: Math.floor((end - start) / 4) }, (_, i) =>
    reader.readUint32(bytes, start + i * 4),
  );
}

function damaged(tag: Tag): AppError {
  return AppError.of('dicom/damaged', 'dicom_damaged', { tag: formatTag(tag) });
}

function tooMany(tag: Tag): AppError {
  return AppError.of('dicom/damaged', 'dicom_too_many', { tag: formatTag(tag) });
}

/** @param tag The element within which the file ends. */
export function truncated(tag?: Tag): AppError {
  return tag === undefined
    ? AppError.of('dicom/truncated', 'dicom_truncated', {})
    : AppError.of('dicom/truncated', 'dicom_truncated_within', { tag: formatTag(tag) });
}
