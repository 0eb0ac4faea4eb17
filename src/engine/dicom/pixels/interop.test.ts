/** Stored values and shades of grey, compared with what pydicom and the decoders behind it make of the same files. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dicomFiles } from '../../../../test/unit/dicom-files.ts';
import { readDicomFile } from '../read/part10.ts';
import { framesOf } from './file-frames.ts';
import { rendered } from './render.ts';

const python = process.env.SEMBLANCE_PYTHON ?? 'python3';
const hasDecoders = spawnSync(python, ['-c', 'import pydicom, numpy, gdcm']).status === 0;
if (!hasDecoders) {
  console.warn(
    `SKIPPED: ${python} lacks pydicom, numpy or python-gdcm; set SEMBLANCE_PYTHON to one that has them.`,
  );
}
const files = dicomFiles();

/**
 * Prints, a line for each file, of its first and last frame as they are stored: the values at up to 4,000 places and the
 * sum of all; and of the first as it is shown the values at those places. null where pydicom cannot decode it.
 */
const program = `
import json, sys, warnings
import numpy as np, pydicom
from pydicom.pixels import pixel_array, apply_color_lut, apply_modality_lut, apply_voi_lut, convert_color_space
warnings.simplefilter('ignore')
def sample(a):
    flat = a.ravel()
    step = max(1, flat.size // 4000)
    return flat[::step].astype(float).tolist()
def shown(ds, a):
    meaning = ds.PhotometricInterpretation
    if meaning == 'PALETTE COLOR':
        lut = apply_color_lut(a, ds)
        return (lut >> 8 if lut.dtype == np.uint16 and lut.max() > 255 else lut)
    if ds.SamplesPerPixel == 3:
        return a
    if 'WindowCenter' not in ds and 'VOILUTSequence' not in ds: return None
    grey = apply_voi_lut(apply_modality_lut(a, ds), ds, prefer_lut=False)
    if 'WindowCenter' not in ds: return None
    low, high = window_range(ds, a)
    grey = (grey - low) / (high - low) * 255
    return 255 - grey if meaning == 'MONOCHROME1' else grey
def window_range(ds, a):
    if 'ModalityLUTSequence' in ds:
        return 0, 2 ** ds.ModalityLUTSequence[0].LUTDescriptor[2] - 1
    bits = ds.BitsStored
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if ds.PixelRepresentation else (0, 2 ** bits - 1)
    slope, intercept = float(ds.get('RescaleSlope', 1)), float(ds.get('RescaleIntercept', 0))
    return low * slope + intercept, high * slope + intercept
for path in json.load(sys.stdin):
    out = None
    try:
        ds = pydicom.dcmread(path, force=True)
        frames = int(ds.get('NumberOfFrames', 1) or 1)
        compressed = ds.file_meta.TransferSyntaxUID.is_compressed
        rle = ds.file_meta.TransferSyntaxUID.name.startswith('RLE')
        plug = '' if not compressed else ('pydicom' if rle else 'gdcm')
        raw = ds.PhotometricInterpretation
        # Shades as shown take colours as they were stored; JPEG Baseline gives them in RGB.
        lossy_colour = ds.file_meta.TransferSyntaxUID in ('1.2.840.10008.1.2.4.50',) and ds.SamplesPerPixel == 3
        arrays = [pixel_array(ds, index=i, raw=not lossy_colour, decoding_plugin=plug) for i in (0, frames - 1)]
        out = { 'exact': not lossy_colour,
                'stored': [sample(a) for a in arrays],
                'sums': [float(a.astype(np.float64).sum()) for a in arrays], 'shown': None }
        if not lossy_colour and not raw.startswith('YBR'):
            picture = shown(ds, arrays[0])
            out['shown'] = None if picture is None else sample(picture)
    except Exception as error:
        out = None
    print(json.dumps(out))
`;

const answer = z.nullable(
  z.object({
    exact: z.boolean(),
    stored: z.array(z.array(z.number())),
    sums: z.array(z.number()),
    shown: z.nullable(z.array(z.number())),
  }),
);

function sampled(values: ArrayLike<number>): number[] {
  const step = Math.max(1, Math.floor(values.length / 4000));
  return Array.from({ length: Math.ceil(values.length / step) }, (_, i) => values[i * step] ?? Number.NaN);
}

function furthest(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) return Infinity;
  return ours.reduce((most, value, i) => Math.max(most, Math.abs(value - (theirs[i] ?? Number.NaN))), 0);
}

describe.skipIf(!hasDecoders)('pixels as pydicom and GDCM see them', () => {
  const told = hasDecoders
    ? spawnSync(python, ['-c', program], { input: JSON.stringify(files), maxBuffer: 2 ** 30 })
    : undefined;
  const lines = told?.stdout.toString().trim().split('\n') ?? [];
  // Its pixels are luminance and colour differences, as libjpeg sees too, though it says RGB, which pydicom believes.
  const known = files.flatMap((file, i) => {
    const theirs = answer.parse(JSON.parse(lines[i] ?? 'null'));
    return theirs && !file.endsWith('SC_rgb_jpeg_lossy_gdcm.dcm') ? [{ file, theirs }] : [];
  });

  it('has files to compare', () => {
    expect(known.length).toBeGreaterThan(3);
  });

  it.each(known)('$file', async ({ file, theirs }) => {
    const read = readDicomFile(readFileSync(file));
    const frames = framesOf(read);
    if (!frames) throw new Error('no frames');
    for (const [i, index] of [0, frames.image.frames - 1].entries()) {
      const { samples } = await frames.frame(index);
      // Between colour spaces both round, and by different arithmetic.
      const apart = furthest(sampled(samples), theirs.stored[i] ?? []);
      expect(apart).toBeLessThanOrEqual(theirs.exact ? 0 : 2);
      if (theirs.exact)
        expect(Array.from(samples).reduce((sum, value) => sum + value, 0)).toBe(theirs.sums[i]);
    }
    if (theirs.shown) {
      const first = await frames.frame(0);
      const { rgba } = rendered(first, read.dataSet);
      const channels =
        theirs.shown.length &&
        first.samplesPerPixel === 1 &&
        first.photometricInterpretation !== 'PALETTE COLOR'
          ? 1
          : 3;
      const seen = Array.from(
        { length: first.rows * first.columns * channels },
        (_, i) => rgba[Math.floor(i / channels) * 4 + (i % channels)] ?? 0,
      );
      if (first.samples.BYTES_PER_ELEMENT === 1 || channels === 1) {
        expect(furthest(sampled(seen), theirs.shown)).toBeLessThanOrEqual(1);
      }
    }
  });
});
