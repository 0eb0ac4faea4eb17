import type { Column } from '../tables/table.ts';
import { rowsOf } from './align.ts';
import type { Work } from './cooperate.ts';

/** Rows between two pauses. */
const batch = 5000;

/**
 * How many rows of `others` equal a row of `training` in every column: numbers to the bit (0 and −0 are the same),
 * categories by name, null equal to null. Columns are in the same order and of the same type.
 */
export function* countCopies(training: readonly Column[], others: readonly Column[]): Work<number> {
  const keys = training.map((column, index) => comparable(column, others[index]!));
  const known = rowsOf(training);
  const asked = rowsOf(others);
  const columns = keys.map(({ known: values }) => values);
  const queries = keys.map(({ asked: values }) => values);

  // Open addressing over rows: a slot holds the row + 1, 0 is free.
  const mask = 2 ** Math.ceil(Math.log2(Math.max(16, known * 2))) - 1;
  const slots = new Uint32Array(mask + 1);
  for (let row = 0; row < known; row++) {
    if (row % batch === 0) yield (row / known) * 0.5;
    let slot = hashRow(columns, row) & mask;
    // Equal rows share a slot: a table of few different rows would make one long run of them.
    while (slots[slot] !== 0 && !equalRows(columns, slots[slot]! - 1, columns, row)) slot = (slot + 1) & mask;
    if (slots[slot] === 0) slots[slot] = row + 1;
  }
  let copies = 0;
  for (let row = 0; row < asked; row++) {
    if (row % batch === 0) yield 0.5 + (row / asked) * 0.5;
    let slot = hashRow(queries, row) & mask;
    while (slots[slot] !== 0 && !equalRows(columns, slots[slot]! - 1, queries, row)) slot = (slot + 1) & mask;
    if (slots[slot] !== 0) copies++;
  }
  return copies;
}

/** The values of two columns as numbers that are equal exactly where the values are. */
function comparable(known: Column, asked: Column): { known: Float64Array; asked: Float64Array } {
  if (known.type === 'number' && asked.type === 'number') {
    const plain = (values: Float64Array): Float64Array =>
      // Adding 0 makes −0 into 0; null becomes a value no parser yields for a number.
      values.map((value) => (Number.isNaN(value) ? -Number.MAX_VALUE : value + 0));
    return { known: plain(known.values), asked: plain(asked.values) };
  }
  if (known.type === 'category' && asked.type === 'category') {
    const codeOf = new Map(known.categories.map((name, code) => [name, code]));
    const codeNames = known.categories.map((name) => codeOf.get(name) ?? -2);
    const lookup = asked.categories.map((name) => codeOf.get(name) ?? -2);
    return {
      known: Float64Array.from(known.codes, (code) => (code < 0 ? -1 : codeNames[code]!)),
      asked: Float64Array.from(asked.codes, (code) => (code < 0 ? -1 : lookup[code]!)),
    };
  }
  throw new TypeError('Only columns of the same type can be compared.');
}

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);

function hashRow(columns: readonly Float64Array[], row: number): number {
  let hash = 0x9747b28c;
  for (let index = 0; index < columns.length; index++) {
    scratch[0] = columns[index]![row]!;
    hash = mix(mix(hash, words[0]!), words[1]!);
  }
  // MurmurHash3's finaliser.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One step of MurmurHash3 over 32 bits. */
function mix(hash: number, word: number): number {
  const scrambled = Math.imul(word, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

function equalRows(
  left: readonly Float64Array[],
  leftRow: number,
  right: readonly Float64Array[],
  rightRow: number,
): boolean {
  for (let index = 0; index < left.length; index++) {
    if (left[index]![leftRow] !== right[index]![rightRow]) return false;
  }
  return true;
}
