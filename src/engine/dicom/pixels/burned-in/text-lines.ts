/** Marks in a row, of about one height and not far from one another: lines of text. */
import type { Region } from '../blank.ts';
import type { Glyph } from './glyphs.ts';

const farthest = 1.6;
const tallest = 2.2;
const leastOverlap = 0.5;
/** Letters stand on one line or, with descenders and signs, about one middle; in heights of the taller. */
const offLine = 0.25;
/** Of lines of two marks only. */
const evenPair = 0.8;
/** Of the box around a line, how much is ink. */
const [thinnest, densest] = [0.08, 0.75];

/** A line, and how much of its ink is of about one shade. */
export interface TextLine extends Region {
  readonly evenness: number;
}

export function textLines(glyphs: readonly Glyph[], fewest: number): TextLine[] {
  return grouped(glyphs).flatMap((group) => {
    const line = straight(group);
    const box = boxOf(line);
    const ink = line.reduce((sum, glyph) => sum + glyph.ink, 0) / (box.width * box.height);
    const isLine = line.length >= fewest && box.width > box.height && ink >= thinnest && ink <= densest;
    return isLine && (line.length > 2 || line.every(({ evenness }) => evenness >= evenPair))
      ? [{ ...box, evenness: mean(line.map((glyph) => glyph.evenness)) }]
      : [];
  });
}

/** Each with all that follow on it, by union and find over marks from left to right. */
function grouped(glyphs: readonly Glyph[]): Glyph[][] {
  const sorted = [...glyphs].sort((a, b) => a.x - b.x);
  const parent = sorted.map((_, i) => i);
  const rootOf = (i: number): number => {
    let at = i;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] ?? at] ?? at;
    return at;
  };
  sorted.forEach((glyph, i) => {
    const reach = glyph.x + glyph.width + farthest * tallest * glyph.height;
    for (let j = i + 1; j < sorted.length; j++) {
      const other = sorted[j];
      if (!other || other.x > reach) break;
      if (follows(glyph, other)) parent[rootOf(j)] = rootOf(i);
    }
  });
  const lines = new Map<number, Glyph[]>();
  sorted.forEach((glyph, i) => {
    const root = rootOf(i);
    const line = lines.get(root);
    if (line) line.push(glyph);
    else lines.set(root, [glyph]);
  });
  return [...lines.values()];
}

function follows(a: Glyph, b: Glyph): boolean {
  const [low, high] = a.height < b.height ? [a.height, b.height] : [b.height, a.height];
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const gap = b.x - (a.x + a.width);
  const off = Math.min(Math.abs(a.y + a.height - b.y - b.height), Math.abs(middleOf(a) - middleOf(b)));
  const near = gap <= farthest * high && off <= Math.max(1, offLine * high);
  return near && high <= tallest * low && shared >= leastOverlap * low;
}

/** Marks near the middle of all, in place and height; none where those are few. */
function straight(group: readonly Glyph[]): readonly Glyph[] {
  const height = median(group.map((glyph) => glyph.height));
  const middle = median(group.map(middleOf));
  const near = group.filter(
    (glyph) =>
      Math.abs(middleOf(glyph) - middle) <= 0.6 * height &&
      glyph.height >= 0.6 * height &&
      glyph.height <= 1.6 * height,
  );
  return near.length >= 0.6 * group.length ? near : [];
}

function middleOf({ y, height }: Region): number {
  return y + height / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function boxOf(line: readonly Glyph[]): Region {
  const x = Math.min(...line.map((glyph) => glyph.x));
  const y = Math.min(...line.map((glyph) => glyph.y));
  const right = Math.max(...line.map((glyph) => glyph.x + glyph.width));
  const bottom = Math.max(...line.map((glyph) => glyph.y + glyph.height));
  return { x, y, width: right - x, height: bottom - y };
}
