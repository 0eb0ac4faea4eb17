/**
 * Text looked for in a few images of each geometry, since a device writes in the same places; in every image where
 * those few show that it does not.
 */
import type { DicomFile } from '../../read/part10.ts';
import { framesOf } from '../file-frames.ts';
import { detectText, spread } from './detect.ts';
import type { DeviceGeometry } from './device-geometry.ts';
import { outsideUltrasoundRegions, presetRegions } from './presets.ts';
import type { EquipmentPreset } from './presets.ts';
import type { Recogniser } from './recogniser.ts';
import { withFound, withFoundInEach } from './region-review.ts';
import type { RegionReview } from './region-review.ts';
import { coverage } from './text-region.ts';
import type { TextRegion } from './text-region.ts';

export interface ImageInstance {
  /** As in the document of the review. */
  readonly name: string;
  /** Whatever tells its study from others: names are as long as those of the people. */
  readonly study?: string;
  readonly open: () => Promise<DicomFile>;
}

export interface DetectOptions {
  /** Left out, strokes alone are looked for. */
  readonly recogniser?: Recogniser | undefined;
  readonly presets?: readonly EquipmentPreset[];
  /** How many frames of a file are looked at at most: 4, unless set. */
  readonly frames?: number;
  /** After each instance that was looked at. */
  readonly onLooked?: (looked: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Of an examination the first and the last images differ most: names are typed in at its beginning, reports stand at
 * its end. Three between show what comes and goes.
 */
const mostInstances = 5;
/** Of a region, how much the other images have to show too. */
const steady = 0.5;

/**
 * @param instances All of the geometry, in the order in which they were made.
 * @returns The review with what was found: for the geometry, or for each instance where text stands elsewhere from image
 *   to image: where one of those looked at shows text in a place where no other does.
 * @throws source/malformed where a frame cannot be decoded; the signal's reason when cancelled.
 */
export async function detectOnce(
  review: RegionReview,
  geometry: DeviceGeometry,
  instances: readonly ImageInstance[],
  options: DetectOptions = {},
): Promise<RegionReview> {
  const sample = sampleOf(instances);
  const found = new Map<string, readonly TextRegion[]>();
  const look = async (instance: ImageInstance | undefined, of: number) => {
    if (!instance || found.has(instance.name)) return;
    options.signal?.throwIfAborted();
    found.set(instance.name, await textOf(await instance.open(), options));
    options.onLooked?.(found.size, of);
  };
  for (const index of sample) await look(instances[index], sample.length);
  if (!varies([...found.values()])) return withFound(review, { geometry }, [...found.values()].flat());
  for (const instance of instances) await look(instance, instances.length);
  return withFoundInEach(review, geometry, found);
}

/** Places of some of all instances, and of the first and the last of each study. */
function sampleOf(instances: readonly ImageInstance[]): number[] {
  const ends = new Map<string, { first: number; last: number }>();
  for (const [i, { study }] of instances.entries()) {
    if (study !== undefined) ends.set(study, { first: ends.get(study)?.first ?? i, last: i });
  }
  const ofStudies = [...ends.values()].flatMap(({ first, last }) => [first, last]);
  return [...new Set([...spread(instances.length, mostInstances), ...ofStudies])].sort((a, b) => a - b);
}

async function textOf(
  file: DicomFile,
  { recogniser, presets = [], frames }: DetectOptions,
): Promise<TextRegion[]> {
  const source = framesOf(file);
  if (!source) return [];
  return [
    ...presetRegions(presets, file.dataSet, source.image),
    ...outsideUltrasoundRegions(file.dataSet, source.image),
    ...(await detectText(source, file.dataSet, recogniser, frames)),
  ];
}

function varies(images: readonly (readonly TextRegion[])[]): boolean {
  if (images.length < 2) return false;
  return images.some((regions, i) => {
    const others = images.filter((_, j) => j !== i).flat();
    return regions.some((region) => coverage(region, others) < steady);
  });
}
