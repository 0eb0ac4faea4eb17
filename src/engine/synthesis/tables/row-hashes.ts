/**
 * Fingerprints of training rows, to recognise a generated row that equals one. Kept beside a model on the
 * machine that trained it and never inside a portable model file, where they would let anyone ask whether a
 * person was in the data.
 */
import type { Column, Table } from '../../tables/table.ts';

/** Rows that at least this many training rows share are a common combination, not the copy of a person. */
export const crowd = 5;

/** 64-bit fingerprints as pairs of 32-bit words. */
export interface Fingerprints {
  low: Uint32Array;
  high: Uint32Array;
}

/** What is known of the training rows: which rows may not come out, and which are a common combination. */
export interface RowHashes {
  /** Distinct rows known. */
  readonly size: number;
  /** Whether the row equals a training row that fewer than five share: it may not come out. */
  has(low: number, high: number): boolean;
  /** Whether the row is a combination that at least five training rows share: it stays. */
  isCommon(low: number, high: number): boolean;
}

/**
 * Fingerprints of all rows over all columns. Equal rows have equal ones, whatever the numbering of categories;
 * different rows differ but for one chance in 2⁶⁴ a pair.
 */
export function fingerprint(table: Table): Fingerprints {
  const low = new Uint32Array(table.rows);
  const high = new Uint32Array(table.rows);
  for (const column of table.columns) mixColumn(column, low, high);
  return { low, high };
}

/**
 * The rows of a training table: those that may not come out of a generator, and the common combinations. Open
 * addressing with linear probing, at most half full.
 */
export function rowHashes(table: Table): RowHashes {
  const { low, high } = fingerprint(table);
  let capacity = 16;
  while (capacity < table.rows * 2) capacity *= 2;
  const mask = capacity - 1;
  const lows = new Uint32Array(capacity);
  const highs = new Uint32Array(capacity);
  // How often each row occurs, up to `crowd`; 0 is an empty slot.
  const counts = new Uint8Array(capacity);
  let size = 0;
  for (let row = 0; row < table.rows; row++) {
    let slot = low[row]! & mask;
    while (counts[slot] !== 0 && (lows[slot] !== low[row] || highs[slot] !== high[row]))
      slot = (slot + 1) & mask;
    if (counts[slot] === 0) {
      lows[slot] = low[row]!;
      highs[slot] = high[row]!;
      size++;
    }
    if (counts[slot]! < crowd) counts[slot]!++;
  }
  /** How many training rows are this one, `crowd` at most. */
  const countOf = (wantedLow: number, wantedHigh: number): number => {
    let slot = wantedLow & mask;
    while (counts[slot] !== 0) {
      if (lows[slot] === wantedLow && highs[slot] === wantedHigh) return counts[slot]!;
      slot = (slot + 1) & mask;
    }
    return 0;
  };
  return {
    size,
    has: (wantedLow, wantedHigh) => {
      const count = countOf(wantedLow, wantedHigh);
      return count > 0 && count < crowd;
    },
    isCommon: (wantedLow, wantedHigh) => countOf(wantedLow, wantedHigh) === crowd,
  };
}

function mixColumn(column: Column, low: Uint32Array, high: Uint32Array): void {
  if (column.type === 'category') {
    const names = column.categories.map((name) => fingerprintText(name));
    for (let row = 0; row < low.length; row++) {
      const name = names[column.codes[row]!];
      mixRow(low, high, row, name?.low ?? 0x6e756c6c, name?.high ?? 0);
    }
    return;
  }
  const bits = new DataView(new ArrayBuffer(8));
  for (let row = 0; row < low.length; row++) {
    const value = column.values[row]!;
    // One bit pattern for null, and one for zero.
    bits.setFloat64(0, Number.isNaN(value) ? NaN : value === 0 ? 0 : value);
    mixRow(low, high, row, bits.getUint32(4), bits.getUint32(0));
  }
}

/** Two lanes of MurmurHash3's block step with different constants, each fed both words. */
function mixRow(low: Uint32Array, high: Uint32Array, row: number, first: number, second: number): void {
  low[row] = block(block(low[row]!, first, 0xcc9e2d51), second, 0x1b873593);
  high[row] = block(block(high[row]!, second, 0x239b961b), first ^ low[row], 0xab0e9789);
}

function block(hash: number, word: number, constant: number): number {
  let k = Math.imul(word, constant);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x38b34ae5);
  h = (h << 13) | (h >>> 19);
  h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  return (h ^ (h >>> 16)) >>> 0;
}

function fingerprintText(text: string): { low: number; high: number } {
  let low = 0x811c9dc5;
  let high = text.length;
  for (let index = 0; index < text.length; index++) {
    low = block(low, text.charCodeAt(index), 0xcc9e2d51);
    high = block(high, text.charCodeAt(index) ^ low, 0x239b961b);
  }
  return { low, high };
}
