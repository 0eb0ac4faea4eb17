/** De-identifies all files of an index, study by study. */
import { AppError } from '../../../shared/errors.ts';
import { type ChangeSummary } from '../../dicom/deidentify/change-summary.ts';
import { type NamingChoice } from '../../dicom/deidentify/output-name.ts';
import { type Change } from '../../dicom/deidentify/plan.ts';
import { type Profile } from '../../dicom/deidentify/profile/profile.ts';
import { type OnPair, type SecretKey } from '../../dicom/deidentify/pseudonyms.ts';
import { type DicomLocation } from '../../dicom/import/location.ts';
import { type IndexedInstance, type StudyIndex } from '../../dicom/import/study-index.ts';
import { type TaskContext } from '../task.ts';
import { type SetOutput } from './set-output.ts';
import { SetRun } from './set-run.ts';
import { type TreatPixels } from './treat-pixels.ts';

export interface DeidentifySet {
  readonly index: StudyIndex;
  readonly profile: Profile;
  readonly key: SecretKey;
  readonly naming: NamingChoice;
  /** Null only looks at what would be done. */
  readonly output: SetOutput | null;
  readonly dicomdir?: boolean;
  readonly treatPixels?: TreatPixels | undefined;
  /** How many make files besides, where they can be started; by the machine and the number of files when absent. */
  readonly threads?: number;
  /** Told of patients and UIDs and what stands for them. */
  readonly onPair?: OnPair | undefined;
  readonly onWithheld: (file: Withheld) => void;
  /** Told of all that changes in a file, with its values before and after. */
  readonly onFile?: ((instance: IndexedInstance, changes: readonly Change[]) => Promise<void>) | undefined;
}

/** A file of which nothing was written, and why. */
export interface Withheld {
  readonly location: DicomLocation;
  readonly error: AppError;
}

export interface DeidentifiedSet {
  readonly written: number;
  /** Files that stood there already, with the very same content. */
  readonly same: number;
  /** Files that an earlier run has written from the same sources under the same settings. */
  readonly former: number;
  readonly withheld: number;
  readonly bytes: number;
  /** Files whose pixels may show text, and were left as they are. */
  readonly maybeText: number;
  readonly summary: ChangeSummary;
}

/**
 * @throws AbortError when cancelled or paused; output/… where the drive refuses. What was written so far stays in a
 *   folder and can be gone on with.
 */
export async function deidentifySet(work: DeidentifySet, context: TaskContext): Promise<DeidentifiedSet> {
  requireTreatment(work);
  const run = new SetRun(work, context);
  try {
    return await run.all();
  } catch (error) {
    await run.settled();
    await work.output?.abandon();
    throw error;
  } finally {
    run.close();
  }
}

/** Files say which options were used: none may say that pixels were cleaned which nobody has looked at. */
function requireTreatment({ profile, treatPixels, output }: DeidentifySet): void {
  const cleans = profile.has('clean-pixel-data') || profile.has('clean-recognizable-visual-features');
  if (cleans && !treatPixels && output) throw AppError.of('request/invalid', 'dicom_pixels_untreated', {});
}
