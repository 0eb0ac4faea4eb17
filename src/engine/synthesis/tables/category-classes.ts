import { subjectsNeeded } from '../../tables/subjects.ts';
import type { CategoryColumn } from '../../tables/table.ts';
import type { CategoryEncoding } from './encoding.ts';

/**
 * Fits the classes of a category column on training rows: each category is a class while there are at most
 * `cap`; beyond that three quarters of the classes go to the most frequent ones, and the rest is cut, in the
 * order of spelling, into buckets of about equal weight. Neighbours in spelling often belong together (postal
 * codes, ICD codes, product numbers), so a bucket keeps some of what its categories have to do with other
 * columns; inside it a category is drawn by frequency. Memory is bounded by `cap` however many there are.
 *
 * A category that fewer rows share than `subjectsNeeded` is not stored and cannot come out; `encodeTable` counts its
 * rows to the category spelled nearest before it. Where no category is left, every row becomes null.
 */
export function fitCategories(column: CategoryColumn, cap: number): CategoryEncoding {
  const counts = new Float64Array(column.categories.length);
  let nulls = false;
  for (const code of column.codes) {
    if (code < 0) nulls = true;
    else counts[code]!++;
  }
  const present = column.categories
    .map((name, code) => ({ name, count: counts[code]! }))
    .filter(({ count }) => count >= subjectsNeeded)
    .sort((a, b) => b.count - a.count || compare(a.name, b.name));
  const ownCount = present.length <= cap ? present.length : Math.max(1, Math.floor(cap * 0.75));
  const own = present.slice(0, ownCount).map(({ name }) => name);
  const rare = present.slice(ownCount).sort((a, b) => compare(a.name, b.name));
  const buckets = cutBuckets(rare, cap - ownCount);
  return { type: 'category', name: column.name, own, buckets, nulls: nulls || own.length === 0 };
}

/** How many categories of the column too few rows share for `fitCategories` to store them. */
export function hiddenCategories(column: CategoryColumn): number {
  const counts = new Float64Array(column.categories.length);
  for (const code of column.codes) if (code >= 0) counts[code]!++;
  return counts.reduce((hidden, count) => (count > 0 && count < subjectsNeeded ? hidden + 1 : hidden), 0);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function cutBuckets(rare: { name: string; count: number }[], wanted: number): CategoryEncoding['buckets'] {
  const buckets: CategoryEncoding['buckets'] = [];
  let left = rare.reduce((sum, { count }) => sum + count, 0);
  let filled = 0;
  for (const { name, count } of rare) {
    const bucket = buckets.at(-1);
    const remaining = wanted - buckets.length + 1;
    if (!bucket || (remaining > 1 && filled >= left / remaining)) {
      left -= filled;
      filled = count;
      buckets.push({ names: [name], counts: [count] });
    } else {
      filled += count;
      bucket.names.push(name);
      bucket.counts.push(count);
    }
  }
  return buckets;
}
