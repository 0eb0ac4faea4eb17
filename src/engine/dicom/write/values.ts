/** Values and headers of elements in bytes (PS3.5 sections 6.2 and 7.1). */
import { AppError } from '../../../shared/errors.ts';
import { asciiBytes, type CharacterSet } from '../character-set.ts';
import { elementOf, formatTag, groupOf, type Tag } from '../tag.ts';
import { type Encoding } from '../transfer-syntax.ts';
import { hasLongLength, isText, numberSize, padding, usesCharacterSet, type Vr } from '../vr.ts';
import { type SetEdit } from './edits.ts';

export const undefinedLength = 0xffffffff;
const longestShort = 0xffff;

/** Header of an element, an item or a delimiter. Longer values than a short length can say become UN. */
export function headerBytes(tag: Tag, vr: Vr | undefined, length: number, encoding: Encoding): Uint8Array {
  const explicitVr = vr !== undefined && encoding.explicit ? vr : undefined;
  const stated = explicitVr && !hasLongLength(explicitVr) && length > longestShort ? 'UN' : explicitVr;
  const isLong = stated !== undefined && hasLongLength(stated);
  const bytes = new Uint8Array(isLong ? 12 : 8);
  const put = encoding.littleEndian ? putLittle : putBig;
  put(bytes, 0, 2, groupOf(tag));
  put(bytes, 2, 2, elementOf(tag));
  if (stated === undefined) put(bytes, 4, 4, length);
  else {
    bytes[4] = stated.charCodeAt(0);
    bytes[5] = stated.charCodeAt(1);
    if (isLong) put(bytes, 8, 4, length);
    else put(bytes, 6, 2, length);
  }
  return bytes;
}

function putLittle(bytes: Uint8Array, at: number, size: number, value: number): void {
  for (let i = 0; i < size; i++) bytes[at + i] = value >>> (8 * i);
}

function putBig(bytes: Uint8Array, at: number, size: number, value: number): void {
  for (let i = 0; i < size; i++) bytes[at + i] = value >>> (8 * (size - 1 - i));
}

/**
 * A value of even length.
 *
 * @throws dicom/unfit where the character set cannot write it.
 */
export function valueBytes(
  { tag, value }: SetEdit,
  vr: Vr,
  characterSet: CharacterSet,
  encoding: Encoding,
): Uint8Array {
  if (value instanceof Uint8Array) return even(value, vr);
  const text = typeof value === 'string' ? value : isText(vr) ? value.join('\\') : undefined;
  if (text === undefined) return numberBytes(typeof value === 'string' ? [] : value, vr, encoding);
  const bytes = usesCharacterSet(vr) ? characterSet.encode(text) : asciiBytes(text);
  if (!bytes) throw AppError.of('dicom/unfit', 'dicom_character_set', { tag: formatTag(tag) });
  return even(bytes, vr);
}

/** Filled up to an even length as its value representation asks. */
export function even(bytes: Uint8Array, vr: Vr): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const filled = new Uint8Array(bytes.length + 1);
  filled.set(bytes);
  filled[bytes.length] = padding(vr);
  return filled;
}

function numberBytes(numbers: readonly number[], vr: Vr, { littleEndian }: Encoding): Uint8Array {
  const size = vr === 'AT' ? 4 : (numberSize(vr) ?? 1);
  const bytes = new Uint8Array(numbers.length * size);
  const view = new DataView(bytes.buffer);
  for (const [i, number] of numbers.entries()) writeNumber(view, i * size, number, vr, littleEndian);
  return even(bytes, vr);
}

function writeNumber(view: DataView, at: number, number: number, vr: Vr, littleEndian: boolean): void {
  switch (vr) {
    case 'AT':
      view.setUint16(at, groupOf(number), littleEndian);
      view.setUint16(at + 2, elementOf(number), littleEndian);
      return;
    case 'US':
    case 'OW':
      return view.setUint16(at, number, littleEndian);
    case 'SS':
      return view.setInt16(at, number, littleEndian);
    case 'UL':
    case 'OL':
      return view.setUint32(at, number, littleEndian);
    case 'SL':
      return view.setInt32(at, number, littleEndian);
    case 'FL':
    case 'OF':
      return view.setFloat32(at, number, littleEndian);
    case 'FD':
    case 'OD':
      return view.setFloat64(at, number, littleEndian);
    case 'SV':
      return view.setBigInt64(at, BigInt(number), littleEndian);
    case 'UV':
    case 'OV':
      return view.setBigUint64(at, BigInt(number), littleEndian);
    default:
      return view.setUint8(at, number);
  }
}
