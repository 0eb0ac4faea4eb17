/** De-identifies all files of an index, study by study. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { ChangeSummary } from '../../dicom/deidentify/change-summary.ts';
import { deidentifyFile, type Deidentified } from '../../dicom/deidentify/deidentify-file.ts';
import { identitiesOf } from '../../dicom/deidentify/identities.ts';
import { type Change } from '../../dicom/deidentify/plan.ts';
import { type OutputNaming } from '../../dicom/deidentify/output-name.ts';
import { differences, standardEdition } from '../../dicom/deidentify/profile/profile-file.ts';
import { type Profile } from '../../dicom/deidentify/profile/profile.ts';
import { Pseudonyms, type OnPair, type SecretKey } from '../../dicom/deidentify/pseudonyms.ts';
import { StudyIdentities } from '../../dicom/deidentify/study-identities.ts';
import { type DicomLocation } from '../../dicom/import/location.ts';
import { type IndexedInstance, type StudyIndex } from '../../dicom/import/study-index.ts';
import { unreadable } from '../../dicom/import/walk.ts';
import { textLikelihood } from '../../dicom/pixels/burned-in/presets.ts';
import { readDicomFile, type DicomFile } from '../../dicom/read/part10.ts';
import { formatTag, PIXEL_DATA, SOP_CLASS_UID } from '../../dicom/tag.ts';
import { Dicomdir } from '../../dicom/write/dicomdir.ts';
import { Pace, type TaskContext } from '../task.ts';
import { version } from '../version.ts';
import { type ManifestHead, type SetOutput, type WrittenFile } from './set-output.ts';
import { SourceReader } from './source-reader.ts';
import { type TreatPixels } from './treat-pixels.ts';

export interface DeidentifySet {
  readonly index: StudyIndex;
  readonly profile: Profile;
  readonly key: SecretKey;
  readonly naming: OutputNaming;
  /** Null only looks at what would be done. */
  readonly output: SetOutput | null;
  readonly dicomdir?: boolean;
  readonly treatPixels?: TreatPixels | undefined;
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

/** HMAC of where a source lies and of its state. */
export function sourceMark(
  key: SecretKey,
  { path, member }: DicomLocation,
  size: number,
  modified: number,
): string {
  const mac = key.mac('dicom source', JSON.stringify([path, member ?? null, size, modified]));
  return Buffer.from(mac).toString('hex').slice(0, 32);
}

/** HMAC of all that what is written hangs on but its sources. */
export function runMark(key: SecretKey, settings: unknown): string {
  return Buffer.from(key.mac('dicom run', JSON.stringify([version, settings])))
    .toString('hex')
    .slice(0, 32);
}

export function manifestHead({ choices }: Profile): ManifestHead {
  return {
    semblanceDicomSet: 1,
    semblance: version,
    created: new Date().toISOString(),
    standard: standardEdition,
    profile: choices.name,
    options: [...choices.options],
    differences: differences(choices).map(({ tag, code }) => ({ tag: formatTag(tag), code })),
  };
}

const mostAtOnce = 8;

class SetRun {
  readonly #work: DeidentifySet;
  readonly #context: TaskContext;
  readonly #reader = new SourceReader();
  readonly #pseudonyms: Pseudonyms;
  readonly #summary = new ChangeSummary();
  readonly #dicomdir: Dicomdir | undefined;
  readonly #pace: Pace;
  readonly #counts = { written: 0, same: 0, former: 0, withheld: 0, bytes: 0, maybeText: 0 };
  readonly #writing = new Set<Promise<unknown>>();
  readonly #failed: { readonly instance: IndexedInstance; readonly error: unknown }[] = [];
  #done = 0;

  constructor(work: DeidentifySet, context: TaskContext) {
    this.#work = work;
    this.#context = context;
    this.#pseudonyms = new Pseudonyms(work.key, work.onPair);
    this.#dicomdir = work.dicomdir === true ? new Dicomdir() : undefined;
    this.#pace = new Pace('files', context.clock);
  }

  close(): void {
    this.#reader.close();
  }

  /** Nothing is being written any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async all(): Promise<DeidentifiedSet> {
    const { index, output, profile, key } = this.#work;
    for (const patient of index.patients.values()) {
      for (const study of patient.studies.values()) {
        await this.#study([...study.series.values()].map((series) => series.instances));
      }
    }
    await this.settled();
    this.#endIfFailed();
    if (output) {
      const directory = this.#dicomdir?.bytes(new Pseudonyms(key).uid('DICOMDIR'));
      if (directory) await output.putBeside('DICOMDIR', directory);
      await output.finish(manifestHead(profile));
    }
    return { ...this.#counts, summary: this.#summary };
  }

  async #study(allSeries: readonly (readonly IndexedInstance[])[]): Promise<void> {
    const study = new StudyIdentities();
    const instances = allSeries.flat();
    // A file by itself names what it names.
    if (instances.length > 1) for (const instance of instances) await this.#lookAhead(instance, study);
    for (const series of allSeries) {
      for (const instance of series) {
        this.#takeTurn();
        try {
          await this.#file(instance, series, study);
        } catch (error) {
          this.#withhold(instance, error);
        }
        this.#done++;
      }
    }
  }

  async #lookAhead({ location }: IndexedInstance, study: StudyIdentities): Promise<void> {
    this.#stopIfAsked();
    try {
      const file = readDicomFile(await this.#reader.read(location), { until: PIXEL_DATA });
      study.add(identitiesOf(file, this.#work.profile));
    } catch (error) {
      // It is withheld when its turn comes.
      unreadable(error);
    }
  }

  async #file(
    instance: IndexedInstance,
    series: readonly IndexedInstance[],
    study: StudyIdentities,
  ): Promise<void> {
    const { output, naming, treatPixels, profile, key, onPair, onFile } = this.#work;
    const { location, size, modified } = instance;
    const source = sourceMark(key, location, size, modified);
    const former = output?.former(source);
    if (former && !onPair && !onFile && !this.#dicomdir) {
      this.#counts.former++;
      this.#counts.bytes += former.bytes;
      return;
    }
    const file = readDicomFile(await this.#reader.read(location));
    const pixels = await treatPixels?.(file, instance, series);
    if (!profile.has('clean-pixel-data') && mayShowText(file)) this.#counts.maybeText++;
    this.#summary.nextFile();
    const changes: Change[] = [];
    const made = deidentifyFile(file, {
      ...{ profile, pseudonyms: this.#pseudonyms, study, pixels },
      onChange: (change) => {
        this.#summary.add(change);
        if (onFile) changes.push(change);
      },
    });
    await onFile?.(instance, changes);
    const name = naming(made);
    this.#dicomdir?.add(made.file, name);
    if (former) this.#counts.former++;
    else if (output) await this.#put(output, { ...describe(made), name, source }, made.bytes, instance);
    else this.#counts.written++;
    this.#counts.bytes += made.bytes.length;
  }

  /** Goes on while drives make safe what was written; a few files at once are as fast as they get. */
  async #put(
    output: SetOutput,
    file: WrittenFile,
    bytes: Uint8Array,
    instance: IndexedInstance,
  ): Promise<void> {
    while (this.#writing.size >= mostAtOnce) await Promise.race(this.#writing);
    this.#endIfFailed();
    const writing = output
      .put(file, bytes)
      .then((how) => {
        this.#counts[how]++;
      })
      .catch((error: unknown) => {
        this.#failed.push({ instance, error });
      })
      .finally(() => this.#writing.delete(writing));
    this.#writing.add(writing);
  }

  #endIfFailed(): void {
    for (const { instance, error } of this.#failed.splice(0)) this.#withhold(instance, error);
  }

  /** What is wrong with a file withholds it; what is wrong with the drive ends the run. */
  #withhold({ location }: IndexedInstance, thrown: unknown): void {
    const error = unreadable(thrown);
    if (error.code.startsWith('output/')) throw error;
    this.#counts.withheld++;
    this.#work.onWithheld({ location, error });
  }

  #stopIfAsked(): void {
    this.#context.signal.throwIfAborted();
    this.#context.pause?.throwIfAborted();
  }

  #takeTurn(): void {
    this.#stopIfAsked();
    const total = this.#work.index.counts.instances;
    this.#context.report({ progress: this.#done / Math.max(1, total), rate: this.#pace.update(this.#done) });
  }
}

function mayShowText({ dataSet }: DicomFile): boolean {
  return dataSet.get(PIXEL_DATA) !== undefined && textLikelihood(dataSet) !== 'unlikely';
}

function describe({ bytes, file }: Deidentified): Omit<WrittenFile, 'name' | 'source'> {
  return {
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sopClass: file.dataSet.text(SOP_CLASS_UID) ?? '',
    transferSyntax: file.transferSyntax.uid,
  };
}
