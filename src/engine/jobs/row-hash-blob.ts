import { fingerprint, rowHashes } from '../synthesis/tables/row-hashes.ts';
import type { RowHashes } from '../synthesis/tables/row-hashes.ts';
import type { Table } from '../tables/table.ts';

/**
 * Fingerprints of the training rows that may not come out of a generator, as the store keeps them: 8 bytes each,
 * ascending, little-endian. They recognise a row that is given to them and cannot be turned back into one.
 */
export function packRowHashes(table: Table): Uint8Array {
  const forbidden = rowHashes(table);
  const { low, high } = fingerprint(table);
  const found = new BigUint64Array(table.rows);
  let count = 0;
  for (let row = 0; row < table.rows; row++) {
    const a = low[row]!;
    const b = high[row]!;
    if (forbidden.has(a, b)) found[count++] = (BigInt(b) << 32n) | BigInt(a);
  }
  const sorted = found
    .subarray(0, count)
    .sort()
    .filter((value, index, all) => index === 0 || value !== all[index - 1]);
  const bytes = new Uint8Array(sorted.length * 8);
  const view = new DataView(bytes.buffer);
  sorted.forEach((value, index) => {
    view.setBigUint64(index * 8, value, true);
  });
  return bytes;
}

/** The set that `packRowHashes` wrote. */
export function openRowHashes(bytes: Uint8Array): RowHashes {
  const size = Math.floor(bytes.length / 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const low = new Uint32Array(size);
  const high = new Uint32Array(size);
  for (let index = 0; index < size; index++) {
    low[index] = view.getUint32(index * 8, true);
    high[index] = view.getUint32(index * 8 + 4, true);
  }
  return {
    size,
    has: (wantedLow, wantedHigh) => {
      let from = 0;
      let to = size;
      while (from < to) {
        const middle = (from + to) >>> 1;
        const difference = high[middle]! - wantedHigh || low[middle]! - wantedLow;
        if (difference === 0) return true;
        if (difference < 0) from = middle + 1;
        else to = middle;
      }
      return false;
    },
  };
}
