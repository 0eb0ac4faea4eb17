import { describe, expect, test } from 'vitest';
import type { DataSet } from '../../read/data-set.ts';
import { newDicomFile } from '../../write/new-file.ts';
import type { Edit } from '../../write/edits.ts';
import type { ImagePixels } from '../image-pixels.ts';
import { coverage } from './text-region.ts';
import { outsideUltrasoundRegions, presetRegions, textLikelihood } from './presets.ts';

const image: ImagePixels = {
  rows: 60,
  columns: 80,
  samplesPerPixel: 1,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  signed: false,
  photometricInterpretation: 'MONOCHROME2',
  planar: false,
  frames: 1,
};

function dataSetOf(edits: readonly Edit[]): DataSet {
  return newDicomFile(edits).dataSet;
}

function region(x: number, y: number, right: number, bottom: number): Edit[] {
  return [x, y, right, bottom].map((value, i) => ({
    kind: 'set',
    tag: 0x00186018 + 2 * i,
    vr: 'UL',
    value: [value],
  }));
}

const device: Edit[] = [
  { kind: 'set', tag: 0x00080060, vr: 'CS', value: 'US' },
  { kind: 'set', tag: 0x00080070, vr: 'LO', value: 'ACME' },
];

describe('presets', () => {
  test('what an ultrasound device says shows an image stays, all else is masked', () => {
    const dataSet = dataSetOf([
      { kind: 'setItems', tag: 0x00186011, items: [region(10, 20, 39, 49), region(50, 20, 69, 59)] },
    ]);
    const outside = outsideUltrasoundRegions(dataSet, image);
    expect(coverage({ x: 10, y: 20, width: 30, height: 30 }, outside)).toBe(0);
    expect(coverage({ x: 50, y: 20, width: 20, height: 40 }, outside)).toBe(0);
    for (const place of [
      { x: 0, y: 0, width: 80, height: 20 },
      { x: 40, y: 20, width: 10, height: 40 },
      { x: 0, y: 50, width: 50, height: 10 },
      { x: 70, y: 20, width: 10, height: 40 },
    ]) {
      expect(coverage(place, outside)).toBe(1);
    }
    expect(outsideUltrasoundRegions(dataSetOf([]), image)).toEqual([]);
  });

  test('a preset is for its device and size', () => {
    const preset = {
      name: 'A',
      match: { manufacturer: 'acme', rows: 60 },
      regions: [{ x: 0, y: 0, width: 5, height: 5 }],
    };
    expect(presetRegions([preset], dataSetOf(device), image)).toHaveLength(1);
    expect(presetRegions([preset], dataSetOf(device), { ...image, rows: 61 })).toEqual([]);
    expect(presetRegions([preset], dataSetOf([]), image)).toEqual([]);
  });

  test('how likely text is', () => {
    const burnedIn = (value: string): Edit => ({ kind: 'set', tag: 0x00280301, vr: 'CS', value });
    const modality = (value: string): Edit => ({ kind: 'set', tag: 0x00080060, vr: 'CS', value });
    expect(textLikelihood(dataSetOf([burnedIn('YES'), modality('CT')]))).toBe('stated');
    expect(textLikelihood(dataSetOf([burnedIn('NO'), modality('US')]))).toBe('likely');
    expect(textLikelihood(dataSetOf([modality('CT')]))).toBe('unlikely');
    expect(
      textLikelihood(
        dataSetOf([modality('CT'), { kind: 'set', tag: 0x00080008, vr: 'CS', value: 'DERIVED\\SECONDARY' }]),
      ),
    ).toBe('likely');
  });
});
