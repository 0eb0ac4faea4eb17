/**
 * Text found by recognising it, with Tesseract and its data for English, both from this machine. Of what it reads only
 * the places are kept: it misreads small letters and names, and says so with little confidence.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Picture } from '../render.ts';
import { widened } from './text-region.ts';
import type { Word } from './text-region.ts';

export interface Recogniser {
  readonly regions: (picture: Picture) => Promise<Word[]>;
  readonly close: () => void;
}

const lstmOnly = 1;
const sparseText = '11';
const wordLevel = '5';
/** Of 100. Below it tissue is read as words, and strokes find what is text. */
const leastConfidence = 40;
/** Letters of 10 pixels, as devices write them, are recognised at double size. */
const enoughPixels = 1200;
const margin = 3;

/**
 * Recognises in this thread: a picture takes a second or two, in which nothing else of it runs.
 *
 * @param resources The folder of bundled resources, in which `ocr/eng.traineddata.gz` lies.
 */
export async function openRecogniser(resources: string): Promise<Recogniser> {
  const { default: load } = await import('tesseract.js-core/tesseract-core-simd-lstm.js');
  const module = await load({ print: () => undefined, printErr: () => undefined });
  const data = gunzipSync(await readFile(join(resources, 'ocr', 'eng.traineddata.gz')));
  module.FS.writeFile('./eng.traineddata', data);
  const api = new module.TessBaseAPI();
  if (api.Init(null, 'eng', lstmOnly) !== 0) throw new Error('Tesseract does not take its data.');
  api.SetVariable('tessedit_pageseg_mode', sparseText);
  // Pictures say nothing of their resolution.
  api.SetVariable('user_defined_dpi', '150');
  const recognised = (picture: Picture): Word[] => {
    const scale = Math.max(picture.rows, picture.columns) < enoughPixels ? 2 : 1;
    module.FS.writeFile('/input', greyMap(picture, scale));
    if (api.SetImageFile(1, 0) === 1) return [];
    api.Recognize(null);
    const words = wordsOf(api.GetTSVText(0), scale, picture);
    api.Clear();
    return words;
  };
  return {
    regions: (picture) => Promise.resolve().then(() => recognised(picture)),
    close: () => {
      api.End();
    },
  };
}

/** The picture as a portable grey map (PGM), dark on light. */
function greyMap({ rows, columns, rgba }: Picture, scale: number): Uint8Array {
  const grey = new Uint8Array(rows * columns);
  let sum = 0;
  for (let i = 0, from = 0; i < grey.length; i++, from += 4) {
    // The brightest channel, so that letters of any colour stand out from black.
    const light = Math.max(rgba[from] ?? 0, rgba[from + 1] ?? 0, rgba[from + 2] ?? 0);
    grey[i] = light;
    sum += light;
  }
  const dark = sum < 127 * grey.length;
  const header = new TextEncoder().encode(`P5 ${String(columns * scale)} ${String(rows * scale)} 255\n`);
  const out = new Uint8Array(header.length + grey.length * scale * scale);
  out.set(header);
  let to = header.length;
  for (let y = 0; y < rows * scale; y++) {
    const row = Math.floor(y / scale) * columns;
    for (let x = 0; x < columns * scale; x++) {
      const light = grey[row + Math.floor(x / scale)] ?? 0;
      out[to++] = dark ? 255 - light : light;
    }
  }
  return out;
}

function wordsOf(table: string, scale: number, { rows, columns }: Picture): Word[] {
  return table.split('\n').flatMap((line) => {
    const [level, , , , , , left, top, width, height, confidence, text = ''] = line.split('\t');
    const isWord =
      level === wordLevel && Number(confidence) >= leastConfidence && /[\p{L}\p{N}]{2}/u.test(text);
    if (!isWord) return [];
    const box = {
      x: Number(left) / scale,
      y: Number(top) / scale,
      width: Number(width) / scale,
      height: Number(height) / scale,
    };
    return [
      {
        ...widened(box, margin, rows, columns),
        foundBy: ['recognised'] as const,
        confidence: Number(confidence),
      },
    ];
  });
}
