/** De-identified files of a study, in memory: the same wherever they are made, here or in a thread. */
import { hash } from 'node:crypto';
import { type AppError } from '../../../shared/errors.ts';
import { type ChangeSummary } from '../../dicom/deidentify/change-summary.ts';
import { deidentifyFile } from '../../dicom/deidentify/deidentify-file.ts';
import { identitiesOf } from '../../dicom/deidentify/identities.ts';
import { type OutputNaming } from '../../dicom/deidentify/output-name.ts';
import { type Change } from '../../dicom/deidentify/plan.ts';
import { type Profile } from '../../dicom/deidentify/profile/profile.ts';
import { type Pseudonyms } from '../../dicom/deidentify/pseudonyms.ts';
import { StudyIdentities } from '../../dicom/deidentify/study-identities.ts';
import { type IndexedInstance } from '../../dicom/import/study-index.ts';
import { unreadable } from '../../dicom/import/walk.ts';
import { textLikelihood } from '../../dicom/pixels/burned-in/presets.ts';
import { readDicomFile, type DicomFile } from '../../dicom/read/part10.ts';
import { PIXEL_DATA, SOP_CLASS_UID } from '../../dicom/tag.ts';
import { type WrittenFile } from './set-output.ts';
import { SourceReader } from './source-reader.ts';
import { type TreatPixels } from './treat-pixels.ts';

/** Files of a study, series by series. */
export interface StudyFiles {
  readonly series: readonly (readonly IndexedInstance[])[];
  /** Whether each file, in that order, is to be made; the others are only asked whom they name. */
  readonly wanted: readonly boolean[];
}

export interface MadeFile extends Omit<WrittenFile, 'source'> {
  readonly content: Uint8Array;
  /** Whether its pixels may show text that nobody has looked for. */
  readonly maybeText: boolean;
}

/** What became of the file at a place among those of its study. */
export type Made =
  { readonly at: number; readonly file: MadeFile } | { readonly at: number; readonly error: AppError };

export interface Making {
  readonly profile: Profile;
  readonly pseudonyms: Pseudonyms;
  readonly naming: OutputNaming;
  readonly summary: ChangeSummary;
  readonly treatPixels?: TreatPixels | undefined;
  /** Told of all that changes in a file, with its values before and after. */
  readonly onFile?: ((instance: IndexedInstance, changes: readonly Change[]) => Promise<void>) | undefined;
  /** Called before each file that is read; what it throws ends the making. */
  readonly onTurn?: (() => void) | undefined;
}

export class StudyMaker {
  readonly #making: Making;
  readonly #reader = new SourceReader({ reuses: true });

  constructor(making: Making) {
    this.#making = making;
  }

  close(): void {
    this.#reader.close();
  }

  /** The wanted files in their order. What is wrong with a file is told as its error. */
  async *make({ series: all, wanted }: StudyFiles): AsyncGenerator<Made, undefined> {
    if (!wanted.includes(true)) return;
    const study = new StudyIdentities();
    const instances = all.flat();
    // A file by itself names what it names.
    if (instances.length > 1) for (const instance of instances) await this.#lookAhead(instance, study);
    let at = -1;
    for (const series of all) {
      for (const instance of series) {
        if (wanted[++at] === true) yield await this.#made(at, instance, series, study);
      }
    }
  }

  async #made(
    at: number,
    instance: IndexedInstance,
    series: readonly IndexedInstance[],
    study: StudyIdentities,
  ): Promise<Made> {
    this.#making.onTurn?.();
    try {
      return { at, file: await this.#file(instance, series, study) };
    } catch (error) {
      return { at, error: unreadable(error) };
    }
  }

  async #lookAhead({ location }: IndexedInstance, study: StudyIdentities): Promise<void> {
    this.#making.onTurn?.();
    try {
      const file = readDicomFile(await this.#reader.read(location), { until: PIXEL_DATA });
      study.add(identitiesOf(file, this.#making.profile));
    } catch (error) {
      // It is withheld when its turn comes.
      unreadable(error);
    }
  }

  async #file(
    instance: IndexedInstance,
    series: readonly IndexedInstance[],
    study: StudyIdentities,
  ): Promise<MadeFile> {
    const { profile, pseudonyms, naming, summary, treatPixels, onFile } = this.#making;
    const file = readDicomFile(await this.#reader.read(instance.location));
    const pixels = await treatPixels?.(file, instance, series);
    summary.nextFile();
    const changes: Change[] = [];
    const made = deidentifyFile(file, {
      ...{ profile, pseudonyms, study, pixels },
      onChange: (change) => {
        summary.add(change);
        if (onFile) changes.push(change);
      },
    });
    await onFile?.(instance, changes);
    return {
      bytes: made.bytes.length,
      sha256: hash('sha256', made.bytes),
      sopClass: made.file.dataSet.text(SOP_CLASS_UID) ?? '',
      transferSyntax: made.file.transferSyntax.uid,
      name: naming(made),
      content: made.bytes,
      maybeText: !profile.has('clean-pixel-data') && mayShowText(file),
    };
  }
}

function mayShowText({ dataSet }: DicomFile): boolean {
  return dataSet.get(PIXEL_DATA) !== undefined && textLikelihood(dataSet) !== 'unlikely';
}
