/**
 * Plain data with typed arrays in it, as bytes: JSON, in which an array is replaced by where it lies (a part and the
 * place in it), then the arrays. An array that an earlier part holds already is referred to and not written again,
 * so that what changes rarely costs nothing. Numbers are little-endian, as on every machine Semblance runs on.
 */
import { z } from 'zod';

export type StateArray = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

const place = z.object({
  part: z.number().int().nonnegative(),
  type: z.enum(['float32', 'uint32']),
  /** First byte, counted from the first array of the part; a multiple of 8. */
  at: z.number().int().nonnegative(),
  /** Numbers, not bytes. */
  length: z.number().int().nonnegative(),
});
export type Place = z.infer<typeof place>;

/** Which arrays have been written where. One that nobody holds any more is forgotten. */
export type Places = WeakMap<StateArray, Place>;

/** What JSON cannot say is an object with one of these keys. */
const arrayNode = z.strictObject({ $array: place });
const numberNode = z.strictObject({ $number: z.enum(['NaN', 'Infinity', '-Infinity', '-0']) });

export interface EncodedState {
  /** The part, in the order it is to be written. */
  pieces: readonly Uint8Array[];
  /** The part itself and all it refers to. */
  parts: ReadonlySet<number>;
  /** Where it holds arrays that no earlier part holds: to be known to `places` once it has been kept. */
  added: ReadonlyMap<StateArray, Place>;
}

/** Encodes `state` as the part numbered `part`. Its arrays must not change any more: later parts refer to them. */
export function encodeState(state: unknown, part: number, places: Places): EncodedState {
  const parts = new Set([part]);
  const added = new Map<StateArray, Place>();
  let size = 0;
  const encode = (value: unknown): unknown => {
    if (isStateArray(value)) {
      const type = value instanceof Float32Array ? 'float32' : 'uint32';
      let known = places.get(value) ?? added.get(value);
      if (!known) {
        known = { part, type, at: size, length: value.length };
        added.set(value, known);
        size += padded(value.byteLength);
      }
      parts.add(known.part);
      return { $array: known };
    }
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
      return { $number: Object.is(value, -0) ? '-0' : String(value) };
    }
    if (Array.isArray(value)) return value.map(encode);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encode(inner)]));
  };
  const text = new TextEncoder().encode(JSON.stringify(encode(state)));
  const head = new Uint8Array(padded(4 + text.length));
  new DataView(head.buffer).setUint32(0, text.length, true);
  head.set(text, 4);
  const arrays = [...added.keys()].flatMap(({ buffer, byteOffset, byteLength }) => [
    new Uint8Array(buffer, byteOffset, byteLength),
    new Uint8Array(padded(byteLength) - byteLength),
  ]);
  return { pieces: [head, ...arrays], parts, added };
}

/**
 * Decodes what `encodeState` wrote as the part numbered `part`; `read` fetches the bytes of other parts. The arrays
 * become known to `places`. Throws whatever `read` throws, and an Error for bytes that are no state.
 */
export function decodeState(
  bytes: Uint8Array,
  part: number,
  read: (part: number) => Uint8Array,
  places: Places,
): { state: unknown; parts: ReadonlySet<number> } {
  const parts = new Map([[part, bytes]]);
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== 'object' || value === null) return value;
    const array = arrayNode.safeParse(value);
    if (array.success) {
      const { $array: known } = array.data;
      const from = parts.get(known.part) ?? read(known.part);
      parts.set(known.part, from);
      const decoded = arrayAt(from, known);
      places.set(decoded, known);
      return decoded;
    }
    const number = numberNode.safeParse(value);
    if (number.success) return number.data.$number === '-0' ? -0 : Number(number.data.$number);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, decode(inner)]));
  };
  const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(textOf(bytes)));
  return { state: decode(json), parts: new Set(parts.keys()) };
}

function isStateArray(value: unknown): value is StateArray {
  return value instanceof Float32Array || value instanceof Uint32Array;
}

function textOf(bytes: Uint8Array): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  return slice(bytes, 4, length);
}

function arrayAt(bytes: Uint8Array, { type, at, length }: Place): StateArray {
  const start = padded(4 + textOf(bytes).length) + at;
  // A copy, whose first number lies where numbers of its size may lie.
  const { buffer } = Uint8Array.from(slice(bytes, start, 4 * length));
  return type === 'float32' ? new Float32Array(buffer) : new Uint32Array(buffer);
}

function slice(bytes: Uint8Array, from: number, length: number): Uint8Array {
  if (from + length > bytes.length) throw new RangeError('A state ends too early.');
  return bytes.subarray(from, from + length);
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
