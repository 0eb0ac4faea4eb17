/** Text in the pictures of DICOM projects: found device by device, and looked over by a person. */
import { createHash } from 'node:crypto';
import type { DevicePicture, DicomDevice } from '../shared/dicom.ts';
import { AppError } from '../shared/errors.ts';
import type { Input } from '../shared/contract.ts';
import type { DicomDesk } from './dicom-desk.ts';
import { Pseudonyms } from './dicom/deidentify/pseudonyms.ts';
import { readLocation } from './dicom/import/read-file.ts';
import type { StudyIndex } from './dicom/import/study-index.ts';
import { geometryKey } from './dicom/pixels/burned-in/device-geometry.ts';
import {
  emptyReview,
  regionReviewSchema,
  regionsFor,
  regionsToMask,
  withRegions,
  type RegionReview,
} from './dicom/pixels/burned-in/region-review.ts';
import { framesOf } from './dicom/pixels/file-frames.ts';
import { rendered } from './dicom/pixels/render.ts';
import { readDicomFile } from './dicom/read/part10.ts';
import { findText, geometriesOf, reviewName, type GeometryImages } from './jobs/deidentify/find-text.ts';
import type { TaskContext } from './jobs/task.ts';
import { startRecogniser } from './recogniser-thread.ts';
import type { Store } from './store/open.ts';

export interface DicomPicturesParts {
  store: Store;
  desk: DicomDesk;
  resources: string;
}

const recogniserThreads = 2;

export class DicomPictures {
  readonly #parts: DicomPicturesParts;
  /** Of the index that they were worked out from. */
  readonly #geometries = new Map<
    string,
    { index: StudyIndex; files: number; all: readonly GeometryImages[] }
  >();

  constructor(parts: DicomPicturesParts) {
    this.#parts = parts;
  }

  /** What was found and looked over so far. Throws `project/not-found`. */
  review(projectId: string): RegionReview {
    const { dicom } = this.#parts.store;
    dicom.get(projectId);
    const text = dicom.review(projectId);
    if (text === null) return emptyReview;
    return regionReviewSchema.safeParse(JSON.parse(text)).data ?? emptyReview;
  }

  /** Looks for text on devices that were not looked at, and keeps what is found. Returns how many they were. */
  async find(projectId: string, context: TaskContext): Promise<number> {
    const { desk, resources } = this.#parts;
    const recogniser = await startRecogniser(resources, recogniserThreads);
    try {
      const { index } = desk.found(projectId);
      const work = {
        index,
        pseudonyms: this.#pseudonyms(projectId),
        recogniser,
        review: this.review(projectId),
      };
      const { review, fresh } = await findText(work, context);
      this.#keep(projectId, review);
      return fresh.length;
    } finally {
      recogniser.close();
    }
  }

  /** Devices that write on their pictures. Reads the beginning of every file where that was not done since the start. */
  async devices(projectId: string): Promise<DicomDevice[]> {
    const review = this.review(projectId);
    const pseudonyms = this.#pseudonyms(projectId);
    return (await this.#images(projectId)).map(({ geometry, instances }) => {
      const { modality, manufacturer, model, rows, columns } = geometry;
      const states = instances.map((instance) =>
        regionsToMask(review, { geometry, instance: reviewName(pseudonyms, instance) }),
      );
      return {
        key: shortKey(geometryKey(geometry)),
        ...{ modality, manufacturer, model, rows, columns, images: instances.length },
        isLookedAt: states.every((state) => state !== undefined),
        isReviewed: states.every((state) => state?.reviewed === true),
        regions: Math.max(0, ...states.map((state) => state?.regions.length ?? 0)),
      };
    });
  }

  /** An image of a device with its regions. */
  async picture({ projectId, key, index }: Input<'dicom.picture'>): Promise<DevicePicture> {
    const { geometry, instances } = await this.#imagesOf(projectId, key);
    const instance = instances[Math.min(index, instances.length - 1)];
    if (!instance) throw AppError.of('source/not-found', 'dicom_gone', {});
    const file = readDicomFile(await readLocation(instance.location));
    const frame = await framesOf(file)?.frame(0);
    if (!frame) throw AppError.of('source/not-found', 'dicom_gone', {});
    const { rows, columns, rgba } = rendered(frame, file.dataSet);
    const scope = { geometry, instance: reviewName(this.#pseudonyms(projectId), instance) };
    const review = this.review(projectId);
    return {
      image: { kind: 'colour', rows, columns, frames: 1, rgba },
      regions: regionsFor(review, scope).map(({ x, y, width, height, state }) => ({
        x,
        y,
        width,
        height,
        state,
      })),
      isReviewed: regionsToMask(review, scope)?.reviewed ?? false,
      isLookedAt: regionsToMask(review, scope) !== undefined,
    };
  }

  /** What a person says of all images of a device, or, where text stands elsewhere from image to image, of one. */
  async setRegions(input: Input<'dicom.setRegions'>): Promise<DevicePicture> {
    const { projectId, key, index, regions, reviewed } = input;
    const { geometry, instances } = await this.#imagesOf(projectId, key);
    const review = this.review(projectId);
    const entry = review.geometries.find((one) => geometryKey(one.geometry) === geometryKey(geometry));
    const instance = instances[index];
    const isOwn = entry?.varies === true && instance !== undefined;
    const scope = { geometry, ...(isOwn && { instance: reviewName(this.#pseudonyms(projectId), instance) }) };
    this.#keep(projectId, withRegions(review, scope, regions, reviewed));
    return this.picture({ projectId, key, index });
  }

  #keep(projectId: string, review: RegionReview): void {
    this.#parts.store.dicom.setReview(projectId, JSON.stringify(review));
  }

  #pseudonyms(projectId: string): Pseudonyms {
    return new Pseudonyms(this.#parts.store.pseudonyms.of(projectId));
  }

  async #imagesOf(projectId: string, key: string): Promise<GeometryImages> {
    const images = (await this.#images(projectId)).find(
      ({ geometry }) => shortKey(geometryKey(geometry)) === key,
    );
    if (!images) throw AppError.of('source/not-found', 'dicom_gone', {});
    return images;
  }

  async #images(projectId: string): Promise<readonly GeometryImages[]> {
    const { index } = this.#parts.desk.found(projectId);
    const files = index.counts.instances;
    const known = this.#geometries.get(projectId);
    if (known?.index === index && known.files === files) return known.all;
    const all = await geometriesOf(index, { signal: new AbortController().signal });
    this.#geometries.set(projectId, { index, files, all });
    return all;
  }
}

function shortKey(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}
