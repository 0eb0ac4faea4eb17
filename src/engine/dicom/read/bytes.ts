/** Numbers in a file of either byte order, over the readers of dicom-parser, which check every position. */
import dicomParser from 'dicom-parser';
import { tagOf, type Tag } from '../tag.ts';
import { type Encoding } from '../transfer-syntax.ts';
import { type Vr } from '../vr.ts';

const { littleEndianByteArrayParser, bigEndianByteArrayParser } = dicomParser;

export function byteReader({ littleEndian }: Pick<Encoding, 'littleEndian'>) {
  return littleEndian ? littleEndianByteArrayParser : bigEndianByteArrayParser;
}

export function readTag(bytes: Uint8Array, position: number, encoding: Encoding): Tag {
  const reader = byteReader(encoding);
  return tagOf(reader.readUint16(bytes, position), reader.readUint16(bytes, position + 2));
}

/** One number of a binary value representation; 64-bit whole numbers beyond 2^53 are rounded. */
export function readNumber(bytes: Uint8Array, position: number, vr: Vr, encoding: Encoding): number {
  const reader = byteReader(encoding);
  switch (vr) {
    case 'US':
    case 'OW':
      return reader.readUint16(bytes, position);
    case 'SS':
      return reader.readInt16(bytes, position);
    case 'UL':
    case 'OL':
      return reader.readUint32(bytes, position);
    case 'SL':
      return reader.readInt32(bytes, position);
    case 'FL':
    case 'OF':
      return reader.readFloat(bytes, position);
    case 'FD':
    case 'OD':
      return reader.readDouble(bytes, position);
    case 'AT':
      return readTag(bytes, position, encoding);
    case 'SV':
    case 'UV':
    case 'OV': {
      const view = new DataView(bytes.buffer, bytes.byteOffset + position, 8);
      const number =
        vr === 'SV'
          ? view.getBigInt64(0, encoding.littleEndian)
          : view.getBigUint64(0, encoding.littleEndian);
      return Number(number);
    }
    default:
      return bytes[position] ?? 0;
  }
}
