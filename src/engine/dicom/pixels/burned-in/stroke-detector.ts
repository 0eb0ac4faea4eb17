/**
 * Finds text by how dense thin strokes of one shade lie, whatever they say: what a recogniser misreads, such as names
 * in letters of a few pixels, is found all the same. An own method: details narrower than a square (top-hat transforms),
 * marks of even shade among them, and rows of such marks.
 */
import type { Picture } from '../render.ts';
import type { Region } from '../blank.ts';
import { glyphsOf, largestBand } from './glyphs.ts';
import type { Glyph } from './glyphs.ts';
import { brightDetails, darkDetails, halved, transposed } from './morphology.ts';
import type { Plane } from './morphology.ts';
import { merged, widened } from './text-region.ts';
import type { TextRegion } from './text-region.ts';
import { textLines } from './text-lines.ts';

/** Of 255. */
const leastContrast = 50;
/** Letters drawn into a picture are of one shade, or what is behind them is. */
const [flawless, evenGround] = [0.97, 0.6];
/** Text is looked for in the picture, in its half and in its quarter, for strokes of up to 24 pixels. */
const scales = [1, 2, 4];
/** Of a mark by itself, its height in pixels and how much is of one shade; and how much of what is around it is of one shade, within 32 of 255, as compression leaves it. */
const [shortestAlone, leastEven, flatGround, flatShade] = [6, 0.75, 0.95, 32];
const smallestSide = 48;
/** Marks of a line; of one that runs downwards or is of large letters more, since tissue has rows of two or three. */
const [fewestAcross, fewestLarge, fewestDown] = [2, 3, 4];
/** Around a line, for dots and accents, in heights of the line. */
const margin = 0.3;

export function strokeRegions(picture: Picture): TextRegion[] {
  const { rows, columns } = picture;
  const found = planesOf(picture).flatMap((full) => {
    let plane = full;
    return scales.flatMap((scale) => {
      if (scale > 1) plane = halved(plane);
      if (Math.min(plane.rows, plane.columns) < smallestSide) return [];
      const across = linesOf(plane, scale === 1 ? fewestAcross : fewestLarge, scale === 1);
      const down = linesOf(transposed(plane), fewestDown).map((line) => ({
        x: line.y,
        y: line.x,
        width: line.height,
        height: line.width,
      }));
      return [...across, ...down].map((line) => {
        const by = 2 + margin * Math.min(line.width, line.height) * scale;
        const inPicture = {
          x: line.x * scale,
          y: line.y * scale,
          width: line.width * scale,
          height: line.height * scale,
        };
        return { ...widened(inPicture, by, rows, columns), foundBy: ['strokes'] as const };
      });
    });
  });
  return merged(found);
}

function linesOf(plane: Plane, fewest: number, alone = false): Region[] {
  return [brightDetails(plane), darkDetails(plane)].flatMap((details) => {
    const glyphs = glyphsOf(plane, details, leastContrast);
    const lines = textLines(glyphs, fewest).filter(
      (line) => line.evenness >= flawless || groundEvenness(plane, details, line) >= evenGround,
    );
    return alone ? [...lines, ...glyphs.filter((glyph) => isLetter(plane, details, glyph))] : lines;
  });
}

/** Whether a mark stands by itself on flat ground, as the letters do that say which side is left. */
function isLetter(plane: Plane, details: Uint8Array, glyph: Glyph): boolean {
  const { width, height, ink, evenness } = glyph;
  const part = ink / (width * height);
  const isOne =
    evenness >= leastEven && height >= shortestAlone && width <= 1.5 * height && part >= 0.2 && part <= 0.8;
  return (
    isOne &&
    groundEvenness(plane, details, widened(glyph, 0.75 * height, plane.rows, plane.columns), flatShade) >=
      flatGround
  );
}

/** How much of what lies between the strokes of a line is of about one shade: less in tissue than behind letters. */
function groundEvenness(
  { columns, values }: Plane,
  details: Uint8Array,
  line: Region,
  shade?: number,
): number {
  const shades = new Uint32Array(256);
  let ground = 0;
  for (let y = line.y; y < line.y + line.height; y++) {
    for (let x = line.x; x < line.x + line.width; x++) {
      const at = y * columns + x;
      if ((details[at] ?? 0) >= leastContrast) continue;
      const value = values[at] ?? 0;
      shades[value] = (shades[value] ?? 0) + 1;
      ground++;
    }
  }
  return ground === 0 ? 1 : largestBand(shades, shade) / ground;
}

/** One plane of a grey picture, three of a coloured one: letters may differ from what is around them in one alone. */
function planesOf({ rows, columns, rgba }: Picture): Plane[] {
  const channels = [0, 1, 2].map((channel) => {
    const values = new Uint8Array(rows * columns);
    for (let i = 0; i < values.length; i++) values[i] = rgba[4 * i + channel] ?? 0;
    return { rows, columns, values };
  });
  const [red, green, blue] = channels;
  const isGrey = red?.values.every((value, i) => value === green?.values[i] && value === blue?.values[i]);
  return isGrey && red ? [red] : channels;
}
