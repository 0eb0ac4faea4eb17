/** Where text may stand in a picture. What it says is not kept: a region is masked for where it is. */
import type { Region } from '../blank.ts';

export type Evidence = 'strokes' | 'recognised' | 'preset';

export interface TextRegion extends Region {
  readonly foundBy: readonly Evidence[];
}

/** Where a word was read. */
export interface Word extends TextRegion {
  /** How sure the recogniser is, from 0 to 100. */
  readonly confidence: number;
}

/** A region larger on all sides, within the picture. */
export function widened(region: Region, by: number, rows: number, columns: number): Region {
  const x = Math.max(0, Math.floor(region.x - by));
  const y = Math.max(0, Math.floor(region.y - by));
  const right = Math.min(columns, Math.ceil(region.x + region.width + by));
  const bottom = Math.min(rows, Math.ceil(region.y + region.height + by));
  return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
}

export function overlap(a: Region, b: Region): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function around(a: TextRegion, b: TextRegion): TextRegion {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y, foundBy: [...new Set([...a.foundBy, ...b.foundBy])] };
}

/** Overlapping regions as one, as long as the one is not much larger than they were: lines, not whole corners. */
export function merged(regions: readonly TextRegion[], largestGrowth = 1.25): TextRegion[] {
  const out = [...regions];
  for (let i = 0; i < out.length; i++) {
    for (let j = out.length - 1; j > i; j--) {
      const [a, b] = [out[i], out[j]];
      if (!a || !b || !overlap(a, b)) continue;
      const both = around(a, b);
      if (area(both) > largestGrowth * (area(a) + area(b))) continue;
      out[i] = both;
      out.splice(j, 1);
      // What has grown may reach others that it did not before.
      j = out.length;
    }
  }
  return out;
}

export function area({ width, height }: Region): number {
  return width * height;
}

/** The part of a region that others cover. */
export function coverage(region: Region, by: readonly Region[]): number {
  let covered = 0;
  for (let y = region.y; y < region.y + region.height; y++) {
    for (let x = region.x; x < region.x + region.width; x++) {
      if (by.some((r) => x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height)) covered++;
    }
  }
  return covered / Math.max(1, area(region));
}
