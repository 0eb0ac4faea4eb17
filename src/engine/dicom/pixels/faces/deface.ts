/** Faces taken out of volumes of heads. */
import type { DicomFile } from '../../read/part10.ts';
import { framesOf } from '../file-frames.ts';
import { greyDisplayOf } from '../grey-display.ts';
import type { Frame } from '../image-pixels.ts';
import { pixelsChanged } from '../mask.ts';
import type { Masked } from '../mask.ts';
import type { AverageHead } from './average-head.ts';
import { forFace } from './face-plane.ts';
import { faceSeen } from './face-seen.ts';
import { fitHead } from './head-fit.ts';
import { headSurface } from './head-surface.ts';
import type { Slice } from './head-surface.ts';
import type { Affine } from './rigid-stretch.ts';
import { sliceGeometryOf } from './slice-geometry.ts';

const MODALITY = 0x00080060;
/** In Hounsfield units: between air and fat. */
const tissueHounsfield = -300;
const airHounsfield = -1000;
/** In mm, the median distance of surfaces: 1 to 2 of heads, 3 of a ball of that size, more of limbs and bodies. */
const farthest = 3;
/** The part of a face that is seen: a third where volumes end below the eyes, under a tenth where they end at the brow. */
const leastSeen = 0.15;

/** A head that was found in a volume. */
export interface FoundHead {
  /** From the patient to the average head, in whose space the planes lie. */
  readonly toAverage: Affine;
  /** Stored value, above which there is tissue. */
  readonly threshold: number;
}

export interface Face extends FoundHead {
  readonly kind: 'face';
  /** Stored value that takes the place of what is removed. */
  readonly air: number;
}

/**
 * `none` where a head shows no face: the top of it, a brain without its skull, a face already taken out. `unclear` where
 * a person has to look: the slices do not say where they lie, or what they show is no head.
 */
export type FaceFinding = Face | ({ readonly kind: 'none' } & FoundHead) | { readonly kind: 'unclear' };

/**
 * @param files Of one series, a slice each or several.
 * @throws source/malformed where a frame cannot be decoded.
 */
export async function findFace(
  files: Iterable<DicomFile> | AsyncIterable<DicomFile>,
  average: AverageHead,
): Promise<FaceFinding> {
  const slices: Slice[] = [];
  let rescale: { slope: number; intercept: number } | undefined;
  for await (const file of files) {
    const source = framesOf(file);
    if (source?.image.samplesPerPixel !== 1) continue;
    if (file.dataSet.text(MODALITY) === 'CT') rescale ??= greyDisplayOf(file.dataSet);
    for (let frame = 0; frame < source.image.frames; frame++) {
      const geometry = sliceGeometryOf(file.dataSet, frame);
      if (geometry) slices.push({ ...source.image, geometry, samples: (await source.frame(frame)).samples });
    }
  }
  const threshold = rescale ? stored(rescale, tissueHounsfield) : tissueThreshold(slices);
  const surface = headSurface(slices, (value) => value > threshold);
  const fit = fitHead(surface, average);
  if (!fit || fit.residual > farthest) return { kind: 'unclear' };
  const { toAverage } = fit;
  if (faceSeen(surface, toAverage, average) < leastSeen) return { kind: 'none', toAverage, threshold };
  return {
    kind: 'face',
    toAverage,
    threshold,
    air: rescale ? stored(rescale, airHounsfield) : lowest(slices),
  };
}

function stored({ slope, intercept }: { slope: number; intercept: number }, hounsfield: number): number {
  return Math.round((hounsfield - intercept) / slope);
}

function lowest(slices: readonly Slice[]): number {
  let least = Infinity;
  for (const { samples } of slices) for (const value of samples) if (value < least) least = value;
  return least;
}

/**
 * Between the air and the tissue of an MR, where both differ most from one another: Otsu's method (1979) over the square
 * roots of the values, since few are high.
 */
export function tissueThreshold(slices: readonly Pick<Slice, 'samples'>[]): number {
  let [least, most] = [Infinity, -Infinity];
  for (const { samples } of slices) {
    for (const value of samples) {
      if (value < least) least = value;
      if (value > most) most = value;
    }
  }
  const bins = 256;
  const counts = new Float64Array(bins);
  const scale = (bins - 1) / Math.sqrt(Math.max(1, most - least));
  for (const { samples } of slices) {
    for (const value of samples) {
      const bin = Math.floor(Math.sqrt(value - least) * scale);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return least + (otsu(counts) / scale) ** 2;
}

function otsu(counts: Float64Array): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const sum = counts.reduce((all, count, bin) => all + count * bin, 0);
  let [below, sumBelow, best, bestBin] = [0, 0, -1, 0];
  counts.forEach((count, bin) => {
    below += count;
    sumBelow += count * bin;
    const above = total - below;
    if (below === 0 || above === 0) return;
    const apart = below * above * (sumBelow / below - (sum - sumBelow) / above) ** 2;
    if (apart > best) [best, bestBin] = [apart, bin];
  });
  return bestBin + 1;
}

/** A frame without the part of a face that lies in it. */
export function withoutFace(frame: Frame, file: DicomFile, index: number, { toAverage, air }: Face): Frame {
  const geometry = sliceGeometryOf(file.dataSet, index);
  if (!geometry) return frame;
  const samples = frame.samples.slice();
  forFace(toAverage, { ...frame, geometry }, (pixel) => {
    samples[pixel] = air;
  });
  return { ...frame, samples };
}

/** What changes in a file of the series, for `writeDicom`. */
export function defaced(file: DicomFile, finding: Face): Promise<Masked | undefined> {
  return pixelsChanged(file, (frame, index) => withoutFace(frame, file, index, finding));
}
