/** The folder of `--review-dir`: where text was found in pictures, as a document and as pictures to look at. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spread } from '../../engine/dicom/pixels/burned-in/detect.ts';
import { outlined } from '../../engine/dicom/pixels/burned-in/outline.ts';
import {
  emptyReview,
  regionReviewSchema,
  regionsFor,
  type RegionReview,
} from '../../engine/dicom/pixels/burned-in/region-review.ts';
import { framesOf } from '../../engine/dicom/pixels/file-frames.ts';
import { encodePng } from '../../engine/dicom/pixels/png.ts';
import { rendered } from '../../engine/dicom/pixels/render.ts';
import { readDicomFile } from '../../engine/dicom/read/part10.ts';
import { unreadable } from '../../engine/dicom/import/walk.ts';
import { readLocation } from '../../engine/dicom/import/read-file.ts';
import type { Pseudonyms } from '../../engine/dicom/deidentify/pseudonyms.ts';
import { reviewName, type FoundText, type GeometryImages } from '../../engine/jobs/deidentify/find-text.ts';
import { createOutput } from '../../engine/tables/output-file.ts';
import { AppError } from '../../shared/errors.ts';

export const regionsName = 'regions.json';
/** Pictures of a geometry. */
const mostPictures = 4;

/** What a person has reviewed so far; an empty review where there is none. Throws dicom/profile. */
export async function readReview(folder: string | undefined): Promise<RegionReview> {
  if (folder === undefined) return emptyReview;
  const text = await readFile(join(folder, regionsName), 'utf8').catch(() => undefined);
  if (text === undefined) return emptyReview;
  const checked = regionReviewSchema.safeParse(parsed(text));
  if (checked.success) return checked.data;
  throw AppError.of('dicom/profile', 'dicom_review_invalid', { file: regionsName });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Writes document and pictures, for nobody else to read: they show what is written in the images. Returns the pictures. */
export async function writeReview(
  folder: string,
  { review, fresh, geometries }: FoundText,
  pseudonyms: Pseudonyms,
): Promise<string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pictures: string[] = [];
  for (const images of fresh) {
    const number = String(geometries.indexOf(images) + 1).padStart(3, '0');
    pictures.push(...(await writePictures(folder, number, images, review, pseudonyms)));
  }
  await put(join(folder, regionsName), Buffer.from(`${JSON.stringify(review, null, 2)}\n`));
  return pictures;
}

async function writePictures(
  folder: string,
  number: string,
  { geometry, instances }: GeometryImages,
  review: RegionReview,
  pseudonyms: Pseudonyms,
): Promise<string[]> {
  const written: string[] = [];
  for (const at of spread(instances.length, mostPictures)) {
    const instance = instances[at];
    if (!instance) continue;
    try {
      const file = readDicomFile(await readLocation(instance.location));
      const frame = await framesOf(file)?.frame(0);
      if (!frame) continue;
      const scope = { geometry, instance: reviewName(pseudonyms, instance) };
      const picture = outlined(rendered(frame, file.dataSet), regionsFor(review, scope));
      const kind = geometry.modality.replaceAll(/[^A-Z0-9]/g, '') || 'OT';
      const name = `${number}-${kind}-${geometry.columns}x${geometry.rows}-${at + 1}.png`;
      await put(join(folder, name), encodePng(picture));
      written.push(name);
    } catch (error) {
      // What cannot be shown is withheld later, with its reason.
      unreadable(error);
    }
  }
  return written;
}

async function put(path: string, bytes: Uint8Array): Promise<void> {
  const output = await createOutput(path, true, { mode: 0o600 });
  try {
    await output.write(bytes);
    await output.commit();
  } finally {
    await output.discard();
  }
}
