/** Text looked for in the pictures of an index, device by device, for a person to look over what was found. */
import type { Pseudonyms } from '../../dicom/deidentify/pseudonyms.ts';
import type { IndexedInstance, StudyIndex } from '../../dicom/import/study-index.ts';
import { unreadable } from '../../dicom/import/walk.ts';
import { detectOnce, type ImageInstance } from '../../dicom/pixels/burned-in/detect-once.ts';
import {
  deviceGeometryOf,
  geometryKey,
  type DeviceGeometry,
} from '../../dicom/pixels/burned-in/device-geometry.ts';
import type { Recogniser } from '../../dicom/pixels/burned-in/recogniser.ts';
import { regionsToMask, type RegionReview } from '../../dicom/pixels/burned-in/region-review.ts';
import { textLikelihood } from '../../dicom/pixels/burned-in/presets.ts';
import { statedPixels } from '../../dicom/pixels/file-frames.ts';
import type { DataSet } from '../../dicom/read/data-set.ts';
import { readDicomFile } from '../../dicom/read/part10.ts';
import { PIXEL_DATA } from '../../dicom/tag.ts';
import type { TaskContext } from '../task.ts';
import { SourceReader } from './source-reader.ts';

/** Images of one geometry, in the order of the index. */
export interface GeometryImages {
  readonly geometry: DeviceGeometry;
  readonly instances: IndexedInstance[];
}

/** What an instance is called in a review: nothing of the source leads back from it without the secret. */
export function reviewName(pseudonyms: Pseudonyms, { uid }: IndexedInstance): string {
  return pseudonyms.uid(uid);
}

/**
 * Cross-sections as a scanner makes them hold no text, but tissue that is taken for some: heads above all. They are
 * not looked at, and stay as they are.
 */
export function isWrittenUpon(dataSet: DataSet): boolean {
  return textLikelihood(dataSet) !== 'unlikely';
}

/**
 * Sorts all images by what device writes on them in the same places; files without pixels, or that are not written upon, are in none.
 *
 * @throws AbortError
 */
export async function geometriesOf(
  index: StudyIndex,
  { signal }: Pick<TaskContext, 'signal'>,
): Promise<GeometryImages[]> {
  const found = new Map<string, GeometryImages>();
  const reader = new SourceReader();
  try {
    for (const instance of index.instances()) {
      signal.throwIfAborted();
      try {
        const { dataSet, stoppedAt } = readDicomFile(await reader.read(instance.location), {
          until: PIXEL_DATA,
        });
        const image = statedPixels(dataSet);
        if (!image || stoppedAt?.tag !== PIXEL_DATA || !isWrittenUpon(dataSet)) continue;
        const geometry = deviceGeometryOf(dataSet, image);
        const key = geometryKey(geometry);
        const entry = found.get(key) ?? { geometry, instances: [] };
        entry.instances.push(instance);
        found.set(key, entry);
      } catch (error) {
        // It is withheld when it is written.
        unreadable(error);
      }
    }
  } finally {
    reader.close();
  }
  return [...found.values()];
}

export interface FindText {
  readonly index: StudyIndex;
  readonly pseudonyms: Pseudonyms;
  readonly recogniser: Recogniser;
  /** What was found and reviewed before: geometries that are in it are not looked at again. */
  readonly review: RegionReview;
}

export interface FoundText {
  readonly review: RegionReview;
  /** Geometries that were looked at now. */
  readonly fresh: readonly GeometryImages[];
  readonly geometries: readonly GeometryImages[];
}

/** @throws AbortError */
export async function findText(
  { index, pseudonyms, recogniser, review }: FindText,
  context: TaskContext,
): Promise<FoundText> {
  const geometries = await geometriesOf(index, context);
  const fresh = geometries.filter(({ geometry, instances }) =>
    instances.some(
      (instance) => !regionsToMask(review, { geometry, instance: reviewName(pseudonyms, instance) }),
    ),
  );
  const studies = studiesOf(index);
  let after = review;
  for (const [at, { geometry, instances }] of fresh.entries()) {
    const images: ImageInstance[] = instances.map((instance) => ({
      name: reviewName(pseudonyms, instance),
      study: studies.get(instance) ?? '',
      open: async () => {
        const reader = new SourceReader();
        try {
          return readDicomFile(await reader.read(instance.location));
        } finally {
          reader.close();
        }
      },
    }));
    try {
      after = await detectOnce(after, geometry, images, {
        recogniser,
        signal: context.signal,
        onLooked: (looked, of) => {
          context.report({ progress: (at + looked / of) / fresh.length });
        },
      });
    } catch (error) {
      if (context.signal.aborted) throw error;
      // An image that cannot be decoded is withheld, and with it all that were not looked at.
      unreadable(error);
    }
  }
  return { review: after, fresh, geometries };
}

/** The study of each instance. */
function studiesOf({ patients }: StudyIndex): ReadonlyMap<IndexedInstance, string> {
  const found = new Map<IndexedInstance, string>();
  for (const { studies } of patients.values())
    for (const [uid, { series }] of studies)
      for (const { instances } of series.values()) for (const instance of instances) found.set(instance, uid);
  return found;
}
