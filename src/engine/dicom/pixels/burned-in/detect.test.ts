import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataSet } from '../../read/data-set.ts';
import { explicitLittleEndian } from '../../transfer-syntax.ts';
import { blanked } from '../blank.ts';
import type { FileFrames } from '../file-frames.ts';
import type { Frame } from '../image-pixels.ts';
import { rendered } from '../render.ts';
import type { Picture } from '../render.ts';
import { detectText, spread } from './detect.ts';
import { painted, write } from '../../../../../test/unit/drawn-text.ts';
import { coverage } from './text-region.ts';
import { openRecogniser } from './recogniser.ts';
import type { Recogniser } from './recogniser.ts';

const nothing = new DataSet(new Uint8Array(), explicitLittleEndian, [], undefined);

function frameOf({ rows, columns, rgba }: Picture): Frame {
  const samples = rgba.filter((_, i) => i % 4 !== 3);
  return {
    rows,
    columns,
    samplesPerPixel: 3,
    samples: new Uint8Array(samples),
    photometricInterpretation: 'RGB',
  };
}

function framesOf(pictures: readonly Picture[]): FileFrames {
  const [first] = pictures;
  if (!first) throw new Error('no picture');
  return {
    image: {
      rows: first.rows,
      columns: first.columns,
      samplesPerPixel: 3,
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
      signed: false,
      photometricInterpretation: 'RGB',
      planar: false,
      frames: pictures.length,
    },
    frame: (index) => Promise.resolve(frameOf(pictures[index] ?? first)),
  };
}

test('what is recognised as a word of the size of the picture is none', async () => {
  const picture = painted(128, 128, () => [90, 90, 90]);
  const word = (height: number) => ({
    x: 0,
    y: 0,
    width: 90,
    height,
    confidence: 90,
    foundBy: ['recognised'] as const,
  });
  const found = async (height: number) => {
    let asked = 0;
    const regions = () => Promise.resolve(asked++ === 0 ? [word(height)] : []);
    return detectText(framesOf([picture]), nothing, { regions, close: () => undefined });
  };
  expect(await found(111)).toEqual([]);
  expect(await found(20)).toHaveLength(1);
});

describe('text found in files', () => {
  let recogniser: Recogniser;
  beforeAll(async () => {
    recogniser = await openRecogniser('resources');
  }, 30_000);
  afterAll(() => {
    recogniser.close();
  });

  test('is recognised where it stands, and nothing is once it is masked', async () => {
    const picture = painted(400, 240, () => [0, 0, 0]);
    const places = [
      write(picture, 'SMITH 1950', 10, 10, 2, [255, 255, 255]),
      write(picture, 'TEN MEN', 200, 200, 2, [255, 255, 0]),
    ];
    const words = await recogniser.regions(picture);
    expect(words.length).toBeGreaterThan(0);
    for (const word of words)
      expect(Math.max(...places.map((place) => coverage(word, [place])))).toBeGreaterThan(0.4);
    const source = framesOf([picture]);
    const found = await detectText(source, nothing, recogniser);
    for (const place of places) expect(coverage(place, found)).toBe(1);
    const masked = blanked(await source.frame(0), found);
    expect(await recogniser.regions(rendered(masked, nothing))).toEqual([]);
  }, 60_000);

  test('in any of the frames looked at; what changes from frame to frame is no text', async () => {
    const flow = (frame: number) =>
      painted(200, 120, (x, y) =>
        x > 100 && (x * 7 + y * 13 + frame * 31) % 11 < 5 ? [255, 0, 0] : [0, 0, 0],
      );
    const pictures = [0, 1, 2].map(flow);
    const [, , last] = pictures;
    if (!last) throw new Error('no picture');
    const place = write(last, 'SMITH', 10, 10, 1, [255, 255, 255]);
    const found = await detectText(framesOf(pictures), nothing);
    expect(coverage(place, found)).toBe(1);
    expect(found.every((region) => region.x < 100)).toBe(true);
  });

  test('of many frames the first, the last and some between are looked at', () => {
    expect(spread(1, 4)).toEqual([0]);
    expect(spread(2, 4)).toEqual([0, 1]);
    expect(spread(100, 4)).toEqual([0, 33, 66, 99]);
  });
});
