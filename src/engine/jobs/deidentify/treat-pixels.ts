/** What becomes of pixels: text made black where it was found, faces taken out. */
import { AppError } from '../../../shared/errors.ts';
import type { Profile } from '../../dicom/deidentify/profile/profile.ts';
import type { Pseudonyms } from '../../dicom/deidentify/pseudonyms.ts';
import type { IndexedInstance } from '../../dicom/import/study-index.ts';
import { deviceGeometryOf } from '../../dicom/pixels/burned-in/device-geometry.ts';
import { regionsToMask, type RegionReview } from '../../dicom/pixels/burned-in/region-review.ts';
import type { AverageHead } from '../../dicom/pixels/faces/average-head.ts';
import { defaced, findFace, type FaceFinding } from '../../dicom/pixels/faces/deface.ts';
import { faceLikelihood } from '../../dicom/pixels/faces/head.ts';
import { imagePixelsOf } from '../../dicom/pixels/file-frames.ts';
import { masked, type Masked } from '../../dicom/pixels/mask.ts';
import { readDicomFile, type DicomFile } from '../../dicom/read/part10.ts';
import { writeDicom } from '../../dicom/write/part10.ts';
import { withEdits } from '../../dicom/write/to-utf8.ts';
import { isWrittenUpon, reviewName } from './find-text.ts';
import { SourceReader } from './source-reader.ts';

/**
 * What becomes of the pixels of a file; undefined leaves them. Whatever it throws withholds the file.
 *
 * @param series All files of its series.
 */
export type TreatPixels = (
  file: DicomFile,
  instance: IndexedInstance,
  series: readonly IndexedInstance[],
) => Promise<Masked | undefined>;

export interface PixelTreatment {
  readonly profile: Profile;
  readonly pseudonyms: Pseudonyms;
  /** Where text was found; needed where the profile cleans pixel data. */
  readonly review: RegionReview | undefined;
  /** Needed where the profile cleans recognisable features. */
  readonly head: AverageHead | undefined;
}

/** Undefined where the profile leaves pixels as they are. */
export function pixelTreatment(treatment: PixelTreatment): TreatPixels | undefined {
  const { profile, review, head } = treatment;
  const cleansText = profile.has('clean-pixel-data');
  const cleansFaces = profile.has('clean-recognizable-visual-features');
  if (!cleansText && !cleansFaces) return undefined;
  const faces = new Map<readonly IndexedInstance[], Promise<FaceFinding>>();
  return async (file, instance, series) => {
    if (!imagePixelsOf(file.dataSet)) return undefined;
    const first = cleansFaces && head ? await withoutFace(file, series, head, faces) : undefined;
    if (!cleansText || !review) return first;
    if (!first) return withoutText(file, instance, review, treatment.pseudonyms);
    const between = readDicomFile(writeDicom(file, first.edits, { transferSyntax: first.transferSyntax }));
    const second = await withoutText(between, instance, review, treatment.pseudonyms);
    return second ? { ...second, edits: withEdits(first.edits, second.edits) } : first;
  };
}

async function withoutText(
  file: DicomFile,
  instance: IndexedInstance,
  review: RegionReview,
  pseudonyms: Pseudonyms,
): Promise<Masked | undefined> {
  const image = imagePixelsOf(file.dataSet);
  if (!image) return undefined;
  const geometry = deviceGeometryOf(file.dataSet, image);
  const found = regionsToMask(review, { geometry, instance: reviewName(pseudonyms, instance) });
  if (!found && !isWrittenUpon(file.dataSet)) return undefined;
  if (!found) throw AppError.of('dicom/leak', 'dicom_text_not_looked', {});
  return found.regions.length === 0 ? undefined : masked(file, found.regions);
}

/** The head is found once for a series; all its files are read for that. */
async function withoutFace(
  file: DicomFile,
  series: readonly IndexedInstance[],
  head: AverageHead,
  known: Map<readonly IndexedInstance[], Promise<FaceFinding>>,
): Promise<Masked | undefined> {
  const likelihood = faceLikelihood(file.dataSet);
  if (likelihood === 'none') return undefined;
  let finding = known.get(series);
  if (!finding) {
    // Series come one after the other.
    known.clear();
    finding = findFace(filesOf(series), head);
    known.set(series, finding);
  }
  const found = await finding;
  if (found.kind === 'face') return defaced(file, found);
  if (found.kind === 'unclear' && likelihood === 'head')
    throw AppError.of('dicom/leak', 'dicom_face_unclear', {});
  return undefined;
}

async function* filesOf(series: readonly IndexedInstance[]): AsyncGenerator<DicomFile> {
  const reader = new SourceReader();
  try {
    for (const { location } of series) yield readDicomFile(await reader.read(location));
  } finally {
    reader.close();
  }
}
