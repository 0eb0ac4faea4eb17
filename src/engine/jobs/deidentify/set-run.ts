/** One run over a set: what is made, here or in threads, is written in order. */
import { ChangeSummary } from '../../dicom/deidentify/change-summary.ts';
import { namingOf } from '../../dicom/deidentify/output-name.ts';
import { Pseudonyms } from '../../dicom/deidentify/pseudonyms.ts';
import { type IndexedInstance } from '../../dicom/import/study-index.ts';
import { unreadable } from '../../dicom/import/walk.ts';
import { readDicomFile } from '../../dicom/read/part10.ts';
import { PIXEL_DATA } from '../../dicom/tag.ts';
import { Dicomdir } from '../../dicom/write/dicomdir.ts';
import { Pace, type TaskContext } from '../task.ts';
import { type DeidentifiedSet, type DeidentifySet } from './deidentify-set.ts';
import { madeInOrder, type Unit } from './made-in-order.ts';
import { makingThreads, type MadeSome, type MakerThread } from './maker-threads.ts';
import { manifestHead, sourceMark } from './set-marks.ts';
import { type SetOutput, type WrittenFile } from './set-output.ts';
import { StudyMaker, type MadeFile, type StudyFiles } from './study-maker.ts';

/** Files that are being written; a few at once are as fast as they get. */
const mostAtOnce = 16;
const mostBytesAtOnce = 64 * 2 ** 20;
/** Fewer files are made before a thread has begun. */
const worthThreads = 64;
/** Files and bytes of studies that are handed out together. */
const unitFiles = 16;
const unitBytes = 4 * 2 ** 20;

/** A file of a study, and what became of it before. */
interface SetFile {
  readonly instance: IndexedInstance;
  readonly source: string;
  readonly former: Pick<WrittenFile, 'bytes'> | undefined;
}

interface SetUnit extends Unit {
  /** Of each study, in their order. */
  readonly files: readonly (readonly SetFile[])[];
}

export class SetRun {
  readonly #work: DeidentifySet;
  readonly #context: TaskContext;
  readonly #summary = new ChangeSummary();
  readonly #maker: StudyMaker;
  readonly #threads: readonly MakerThread[];
  readonly #dicomdir: Dicomdir | undefined;
  readonly #pace: Pace;
  readonly #counts = { written: 0, same: 0, former: 0, withheld: 0, bytes: 0, maybeText: 0 };
  readonly #writing = new Set<Promise<unknown>>();
  #bytesWriting = 0;
  readonly #failed: { readonly instance: IndexedInstance; readonly error: unknown }[] = [];
  #done = 0;

  constructor(work: DeidentifySet, context: TaskContext) {
    const { profile, key, naming, onPair, treatPixels, onFile } = work;
    this.#work = work;
    this.#context = context;
    this.#maker = new StudyMaker({
      ...{ profile, pseudonyms: new Pseudonyms(key, onPair), naming: namingOf(naming), treatPixels, onFile },
      summary: this.#summary,
      onTurn: () => {
        this.#stopIfAsked();
      },
    });
    this.#threads = startThreads(work, context);
    this.#dicomdir = work.dicomdir === true ? new Dicomdir() : undefined;
    this.#pace = new Pace('files', context.clock);
    // What waits for a thread then goes on here, and hears that it is to stop.
    for (const signal of [context.signal, context.pause]) signal?.addEventListener('abort', this.#endThreads);
  }

  readonly #endThreads = (): void => {
    for (const thread of this.#threads) void thread.end();
  };

  close(): void {
    this.#maker.close();
    this.#endThreads();
    const { signal, pause } = this.#context;
    for (const each of [signal, pause]) each?.removeEventListener('abort', this.#endThreads);
  }

  /** Nothing is being written any more. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing);
  }

  async all(): Promise<DeidentifiedSet> {
    const { output, profile, key } = this.#work;
    const makeHere = (studies: readonly StudyFiles[]) => this.#madeHere(studies);
    for await (const { unit, made, summary } of madeInOrder(this.#units(), makeHere, this.#threads)) {
      if (summary) this.#summary.addPart(summary);
      for (const one of made) {
        const file = unit.files[one.study]?.[one.at];
        if (!file) continue;
        if ('error' in one) this.#withhold(file.instance, one.error);
        else await this.#take(one.file, file);
        this.#done++;
        this.#takeTurn();
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

  async *#madeHere(studies: readonly StudyFiles[]): AsyncGenerator<MadeSome, undefined> {
    for (const [study, files] of studies.entries()) {
      for await (const made of this.#maker.make(files)) yield { made: [{ ...made, study }] };
    }
  }

  /** The studies of which a file is to be made, a few together. */
  *#units(): Generator<SetUnit, undefined> {
    let [studies, files, bytes, count]: [StudyFiles[], SetFile[][], number, number] = [[], [], 0, 0];
    for (const patient of this.#work.index.patients.values()) {
      for (const study of patient.studies.values()) {
        const series = [...study.series.values()].map(({ instances }) => instances);
        const ofStudy = series.flat().map((instance) => this.#lookedUp(instance));
        const wanted = ofStudy.map((file) => this.#isWanted(file));
        if (!wanted.includes(true)) continue;
        studies.push({ series, wanted });
        files.push(ofStudy);
        count += ofStudy.length;
        bytes += ofStudy.reduce((sum, { instance }) => sum + instance.size, 0);
        if (count < unitFiles && bytes < unitBytes) continue;
        yield { studies, files };
        [studies, files, bytes, count] = [[], [], 0, 0];
      }
    }
    if (studies.length > 0) yield { studies, files };
  }

  #lookedUp(instance: IndexedInstance): SetFile {
    const { key, output } = this.#work;
    const source = sourceMark(key, instance.location, instance.size, instance.modified);
    return { instance, source, former: output?.former(source) };
  }

  /** What is there already is made again only for those who are to be told of it. */
  #isWanted({ former }: SetFile): boolean {
    const { onPair, onFile } = this.#work;
    if (!former || onPair || onFile || this.#dicomdir) return true;
    this.#counts.former++;
    this.#counts.bytes += former.bytes;
    this.#done++;
    return false;
  }

  async #take(
    { content, maybeText, ...file }: MadeFile,
    { instance, source, former }: SetFile,
  ): Promise<void> {
    const { output } = this.#work;
    if (maybeText) this.#counts.maybeText++;
    try {
      this.#dicomdir?.add(readDicomFile(content, { until: PIXEL_DATA }), file.name);
      if (former) this.#counts.former++;
      else if (output) await this.#put(output, { ...file, source }, content, instance);
      else this.#counts.written++;
      this.#counts.bytes += content.length;
    } catch (error) {
      this.#withhold(instance, error);
    }
  }

  /** Goes on while drives make safe what was written. */
  async #put(
    output: SetOutput,
    file: WrittenFile,
    bytes: Uint8Array,
    instance: IndexedInstance,
  ): Promise<void> {
    while (this.#writing.size >= mostAtOnce || this.#bytesWriting >= mostBytesAtOnce)
      await Promise.race(this.#writing);
    this.#endIfFailed();
    this.#bytesWriting += bytes.length;
    const writing = output
      .put(file, bytes)
      .then((how) => {
        this.#counts[how]++;
      })
      .catch((error: unknown) => {
        this.#failed.push({ instance, error });
      })
      .finally(() => {
        this.#bytesWriting -= bytes.length;
        this.#writing.delete(writing);
      });
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
    const total = this.#work.index.counts.instances;
    this.#context.report({ progress: this.#done / Math.max(1, total), rate: this.#pace.update(this.#done) });
    this.#stopIfAsked();
  }
}

/** None where somebody is told of values, or pixels are treated: both are done here. */
function startThreads(work: DeidentifySet, { startMaker }: TaskContext): readonly MakerThread[] {
  const { profile, key, naming, onPair, onFile, treatPixels } = work;
  if (!startMaker || !key.handle || onPair || onFile || treatPixels) return [];
  const { threads = work.index.counts.instances < worthThreads ? 0 : makingThreads() } = work;
  const settings = { choices: profile.choices, key: key.handle, naming };
  return Array.from({ length: threads }, () => startMaker(settings));
}
