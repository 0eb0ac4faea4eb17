/** Cleaning of pixels, as the options ask for it: text is looked for, reviewed and made black; faces are taken out. */
import { join } from 'node:path';
import { Pseudonyms, type SecretKey } from '../../engine/dicom/deidentify/pseudonyms.ts';
import type { Profile } from '../../engine/dicom/deidentify/profile/profile.ts';
import type { StudyIndex } from '../../engine/dicom/import/study-index.ts';
import { averageHead } from '../../engine/dicom/pixels/faces/average-head.ts';
import type { RegionReview } from '../../engine/dicom/pixels/burned-in/region-review.ts';
import { findText } from '../../engine/jobs/deidentify/find-text.ts';
import { pixelTreatment, type TreatPixels } from '../../engine/jobs/deidentify/treat-pixels.ts';
import type { TaskContext } from '../../engine/jobs/task.ts';
import { startRecogniser } from '../../engine/recogniser-thread.ts';
import { readReview, writeReview } from './review-folder.ts';

const resources = join(import.meta.dirname, '../../../resources');

export interface PixelWork {
  readonly index: StudyIndex;
  readonly profile: Profile;
  readonly key: SecretKey;
  /** Folder of the review, where a person is to look before anything is written. */
  readonly reviewDir: string | undefined;
}

export interface CleanedPixels {
  readonly treatPixels: TreatPixels | undefined;
  readonly review: RegionReview | undefined;
  /** Pictures to look at, where something was found that nobody has seen: nothing is to be written then. */
  readonly toReview: readonly string[] | undefined;
}

export async function cleanedPixels(work: PixelWork, context: TaskContext): Promise<CleanedPixels> {
  const { profile, key, reviewDir } = work;
  const pseudonyms = new Pseudonyms(key);
  const cleansText = profile.has('clean-pixel-data');
  const found = cleansText ? await foundText(work, pseudonyms, context) : undefined;
  const toReview =
    found && reviewDir !== undefined && found.fresh.length > 0
      ? await writeReview(reviewDir, found, pseudonyms)
      : undefined;
  const cleansFaces = profile.has('clean-recognizable-visual-features');
  const head = cleansFaces ? await averageHead(resources) : undefined;
  const treatPixels = pixelTreatment({ profile, pseudonyms, review: found?.review, head });
  return { treatPixels, review: found?.review, toReview };
}

async function foundText({ index, reviewDir }: PixelWork, pseudonyms: Pseudonyms, context: TaskContext) {
  const review = await readReview(reviewDir);
  const recogniser = await startRecogniser(resources, 2);
  try {
    return await findText(
      { index, pseudonyms, recogniser, review },
      {
        ...context,
        report: (update) => {
          context.report({ phase: 'Looking for text in pictures', ...update });
        },
      },
    );
  } finally {
    recogniser.close();
  }
}
