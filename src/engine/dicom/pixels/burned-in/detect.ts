/**
 * Regions of a file that may hold text, for a person to look at. A region is suggested where strokes lie as they do in
 * text or where a word was recognised, in any of the frames looked at.
 */
import type { DataSet } from '../../read/data-set.ts';
import type { Region } from '../blank.ts';
import type { FileFrames } from '../file-frames.ts';
import { rendered } from '../render.ts';
import type { Picture } from '../render.ts';
import type { Recogniser } from './recogniser.ts';
import { strokeRegions } from './stroke-detector.ts';
import { area, merged } from './text-region.ts';
import type { TextRegion, Word } from './text-region.ts';

/** Of a file with many: first, last and those between at equal distances. */
const mostFrames = 4;
/** How often what is left is read again, and how sure a word then has to be: tissue is misread as words too. */
const mostRounds = 3;
const legible = 60;
/** A “word” that is taller, or than an eighth of its picture, is tissue: one can cover a whole radiograph. */
const tallest = 48;
/** Of 255, above what noise and compression do. */
const changed = 40;
/** Running clocks change less of their region, moving images more. */
const moving = 0.4;

/**
 * @param recogniser Left out, strokes alone are looked for. What is left once all that was found is masked is read again, until
 *   there is no word.
 * @param frames How many of a file are looked at at most.
 * @throws source/malformed where a frame cannot be decoded.
 */
export async function detectText(
  source: FileFrames,
  dataSet: DataSet,
  recogniser?: Recogniser,
  frames = mostFrames,
): Promise<TextRegion[]> {
  const pictures: Picture[] = [];
  for (const frame of spread(source.image.frames, frames)) {
    pictures.push(rendered(await source.frame(frame), dataSet, { frame }));
  }
  let regions = merged(
    pictures.flatMap((picture) =>
      strokeRegions(picture).filter((region) => !moves(picture, pictures, region)),
    ),
  );
  if (!recogniser) return inOrder(regions);
  regions = merged([...regions, ...(await wordsIn(pictures, recogniser))]);
  for (let round = 0; round < mostRounds; round++) {
    const left = pictures.map((picture) => blackened(picture, regions));
    const words = (await wordsIn(left, recogniser)).filter(({ confidence }) => confidence >= legible);
    if (words.length === 0) break;
    regions = merged([...regions, ...words]);
  }
  return inOrder(regions);
}

function inOrder(regions: readonly TextRegion[]): TextRegion[] {
  return [...regions].sort((a, b) => a.y - b.y || a.x - b.x);
}

async function wordsIn(pictures: readonly Picture[], recogniser: Recogniser): Promise<Word[]> {
  const found = pictures.map(async (picture) => {
    const words = await recogniser.regions(picture);
    return words.filter(({ height }) => height <= Math.max(tallest, picture.rows / 8));
  });
  return (await Promise.all(found)).flat();
}

function blackened({ rows, columns, rgba }: Picture, regions: readonly Region[]): Picture {
  const painted = rgba.slice();
  for (const { x, y, width, height } of regions) {
    for (let row = y; row < y + height; row++) {
      for (let at = 4 * (row * columns + x); at < 4 * (row * columns + x + width); at += 4) {
        painted.fill(0, at, at + 3);
      }
    }
  }
  return { rows, columns, rgba: painted };
}

/** Places of the first, the last and some between at equal distances. */
export function spread(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (length - 1)) / (count - 1)),
  );
}

/** Whether what lies in a region of a picture is another image in most of the others, as tissue and flow are. */
function moves(picture: Picture, pictures: readonly Picture[], region: TextRegion): boolean {
  const others = pictures.filter((other) => other !== picture);
  const elsewhere = others.filter((other) => changedPixels(picture, other, region) > moving * area(region));
  return elsewhere.length > others.length / 2;
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
