import { fingerprint, rowHashes } from '../synthesis/tables/row-hashes.ts';
import type { RowHashes } from '../synthesis/tables/row-hashes.ts';
import type { Table } from '../tables/table.ts';

/**
 * Fingerprints of the training rows, as the store keeps them: those that may not come out of a generator, then the
 * combinations that many rows share, each 8 bytes, ascending, little-endian; at the end how many of the latter
 * there are, in 4 bytes. They recognise a row that is given to them and cannot be turned back into one.
 */
export function packRowHashes(table: Table): Uint8Array {
  const known = rowHashes(table);
  const { low, high } = fingerprint(table);
  const unique = (belongs: (low: number, high: number) => boolean): BigUint64Array => {
    const found = new BigUint64Array(table.rows);
    let count = 0;
    for (let row = 0; row < table.rows; row++) {
      const a = low[row]!;
      const b = high[row]!;
      if (belongs(a, b)) found[count++] = (BigInt(b) << 32n) | BigInt(a);
    }
    return found
      .subarray(0, count)
      .sort()
      .filter((value, index, all) => index === 0 || value !== all[index - 1]);
  };
  const forbidden = unique((a, b) => known.has(a, b));
  const common = unique((a, b) => known.isCommon(a, b));
  const bytes = new Uint8Array((forbidden.length + common.length) * 8 + 4);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of [...forbidden, ...common].entries()) {
    view.setBigUint64(index * 8, value, true);
  }
  view.setUint32(bytes.length - 4, common.length, true);
  return bytes;
}

/** What `packRowHashes` wrote. Models of before common combinations were kept have none and no count. */
export function openRowHashes(bytes: Uint8Array): RowHashes {
  const size = Math.floor(bytes.length / 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const common = bytes.length % 8 === 4 ? Math.min(size, view.getUint32(bytes.length - 4, true)) : 0;
  const low = new Uint32Array(size);
  const high = new Uint32Array(size);
  for (let index = 0; index < size; index++) {
    low[index] = view.getUint32(index * 8, true);
    high[index] = view.getUint32(index * 8 + 4, true);
  }
  const isAmong = (from: number, to: number, wantedLow: number, wantedHigh: number): boolean => {
    while (from < to) {
      const middle = (from + to) >>> 1;
      const difference = high[middle]! - wantedHigh || low[middle]! - wantedLow;
      if (difference === 0) return true;
      if (difference < 0) from = middle + 1;
      else to = middle;
    }
    return false;
  };
  return {
    size,
    has: (wantedLow, wantedHigh) => isAmong(0, size - common, wantedLow, wantedHigh),
    isCommon: (wantedLow, wantedHigh) => isAmong(size - common, size, wantedLow, wantedHigh),
  };
}
