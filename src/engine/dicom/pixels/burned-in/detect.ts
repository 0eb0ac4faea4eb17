/**
 * Regions of a file that may hold text, for a person to look at. A region is suggested where strokes lie as they do in
 * text or where a word was recognised, in any of the frames looked at.
 */
import type { DataSet } from '../../read/data-set.ts';
import type { FileFrames } from '../file-frames.ts';
import { rendered } from '../render.ts';
import type { Picture } from '../render.ts';
import type { Recogniser } from './recogniser.ts';
import { strokeRegions } from './stroke-detector.ts';
import { area, merged } from './text-region.ts';
import type { TextRegion } from './text-region.ts';

/** Of a file with many: first, last and those between at equal distances. */
const mostFrames = 4;
/** Of 255, above what noise and compression do. */
const changed = 40;
/** Running clocks change less of their region, moving images more. */
const moving = 0.25;

/**
 * @param recogniser Left out, strokes alone are looked for.
 * @throws source/malformed where a frame cannot be decoded.
 */
export async function detectText(
  source: FileFrames,
  dataSet: DataSet,
  recogniser?: Recogniser,
): Promise<TextRegion[]> {
  const pictures: Picture[] = [];
  for (const frame of framesToLookAt(source.image.frames)) {
    pictures.push(rendered(await source.frame(frame), dataSet, { frame }));
  }
  const strokes = pictures.flatMap(strokeRegions).filter((region) => !moves(pictures, region));
  const words = await Promise.all(recogniser ? pictures.map((picture) => recogniser.regions(picture)) : []);
  return merged([...strokes, ...words.flat()]).sort((a, b) => a.y - b.y || a.x - b.x);
}

export function framesToLookAt(frames: number): number[] {
  return spread(frames, mostFrames);
}

/** Places of the first, the last and some between at equal distances. */
export function spread(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (length - 1)) / (count - 1)),
  );
}

/** Whether what lies in a region is another image in every frame, as tissue and flow are and text is not. */
function moves(pictures: readonly Picture[], region: TextRegion): boolean {
  if (pictures.length < 2) return false;
  return pictures.slice(1).every((picture, i) => {
    const before = pictures[i];
    return before !== undefined && changedPixels(before, picture, region) > moving * area(region);
  });
}

function changedPixels(a: Picture, b: Picture, { x, y, width, height }: TextRegion): number {
  let count = 0;
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + width; column++) {
      const at = 4 * (row * a.columns + column);
      const apart = [0, 1, 2].map((c) => Math.abs((a.rgba[at + c] ?? 0) - (b.rgba[at + c] ?? 0)));
      if (Math.max(...apart) > changed) count++;
    }
  }
  return count;
}
