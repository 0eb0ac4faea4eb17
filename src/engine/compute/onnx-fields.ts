/** Reading of protobuf messages field by field, for the few of an ONNX file that are looked at. */
import protobuf from 'protobufjs/minimal.js';

export interface Field {
  readonly number: number;
  /** As on the wire, its tag included. */
  readonly raw: Uint8Array;
  /** Content of a length-delimited field. */
  readonly bytes: Uint8Array | undefined;
  /** Value of a number written as a variable-length integer. */
  readonly whole: number | undefined;
}

/** @throws RangeError or Error where the bytes are no such message. */
export function fieldsOf(message: Uint8Array): Field[] {
  const reader = protobuf.Reader.create(message);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    let bytes: Uint8Array | undefined;
    let whole: number | undefined;
    if ((tag & 7) === 2) bytes = reader.bytes();
    else if ((tag & 7) === 0) whole = Number(reader.int64());
    else reader.skipType(tag & 7);
    fields.push({ number: tag >>> 3, raw: message.subarray(start, reader.pos), bytes, whole });
  }
  return fields;
}

export function text(bytes: Uint8Array | undefined): string {
  return bytes ? new TextDecoder().decode(bytes) : '';
}

/** The text of a field, empty when absent. */
export function textOf(fields: readonly Field[], wanted: number): string {
  return text(fields.find(({ number }) => number === wanted)?.bytes);
}

/** The contents of all fields of that number. */
export function all(fields: readonly Field[], wanted: number): Uint8Array[] {
  return fields.flatMap(({ number, bytes }) => (number === wanted && bytes ? [bytes] : []));
}
