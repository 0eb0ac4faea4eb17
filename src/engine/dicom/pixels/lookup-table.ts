/** Lookup tables of palettes, modalities and values of interest (PS3.3 C.7.6.3.1.5, C.11.1 and C.11.2). */
import type { DataSet } from '../read/data-set.ts';
import type { Tag } from '../tag.ts';

export interface LookupTable {
  /** The stored value of the first entry; lower ones get the first entry, higher ones the last. */
  readonly firstMapped: number;
  /** Of an entry: 8 to 16. */
  readonly bits: number;
  readonly entries: Uint16Array;
}

/** @returns undefined where there is no table or it is too short for what its descriptor says. */
export function lookupTableOf(dataSet: DataSet, descriptor: Tag, data: Tag): LookupTable | undefined {
  const [stated, firstMapped = 0, bits = 16] = dataSet.numbers(descriptor);
  const bytes = dataSet.bytes(data);
  if (stated === undefined || !bytes) return undefined;
  // 65536 does not fit into 16 bits and is written as 0; where the descriptor is read as signed, large ones turn negative.
  const length = stated <= 0 ? stated + 0x10000 : stated;
  // Entries of 8 bits may lie two in a word.
  const narrow = bits <= 8 && bytes.length < 2 * length;
  if (bytes.length < (narrow ? length : 2 * length)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = dataSet.encoding.littleEndian;
  const swap = narrow && !little ? 1 : 0;
  const entries = Uint16Array.from({ length }, (_, i) =>
    narrow ? (bytes[i ^ swap] ?? 0) : view.getUint16(2 * i, little),
  );
  return { firstMapped, bits, entries };
}

export function lookedUp({ firstMapped, entries }: LookupTable, value: number): number {
  const at = Math.max(0, Math.min(entries.length - 1, Math.round(value) - firstMapped));
  return entries[at] ?? 0;
}

export interface Palette {
  readonly red: LookupTable;
  readonly green: LookupTable;
  readonly blue: LookupTable;
}

/** @returns undefined where the data set has no palette, or a segmented one. */
export function paletteOf(dataSet: DataSet): Palette | undefined {
  const red = lookupTableOf(dataSet, 0x00281101, 0x00281201);
  const green = lookupTableOf(dataSet, 0x00281102, 0x00281202);
  const blue = lookupTableOf(dataSet, 0x00281103, 0x00281203);
  return red && green && blue ? { red, green, blue } : undefined;
}
