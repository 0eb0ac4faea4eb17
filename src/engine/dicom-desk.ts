/** Answers of the window's questions about DICOM projects: what is in them, and what would become of it. */
import { basename } from 'node:path';
import type { DicomImage, DicomProject, DicomSummary } from '../shared/dicom.ts';
import type { Input, Output } from '../shared/contract.ts';
import { AppError, toErrorShape } from '../shared/errors.ts';
import { deidentifyFile } from './dicom/deidentify/deidentify-file.ts';
import { namesBy } from './dicom/deidentify/output-name.ts';
import type { Change } from './dicom/deidentify/plan.ts';
import { Profile } from './dicom/deidentify/profile/profile.ts';
import { profileYaml } from './dicom/deidentify/profile/profile-file.ts';
import { Pseudonyms } from './dicom/deidentify/pseudonyms.ts';
import { nothingFound, openFound, packFound, type FoundFiles } from './dicom/import/found-files.ts';
import { locationInWords } from './dicom/import/location.ts';
import { readLocation } from './dicom/import/read-file.ts';
import { StudyIndex, type IndexedInstance } from './dicom/import/study-index.ts';
import { unreadable } from './dicom/import/walk.ts';
import { readDicomFile, type DicomFile } from './dicom/read/part10.ts';
import { formatTag } from './dicom/tag.ts';
import {
  changeOf,
  dicomProjectOf,
  freshChoices,
  holds,
  imageOf,
  inOrder,
  patientOf,
  profileChoicesOf,
  seriesRef,
  smaller,
  tagsOf,
} from './dicom-view.ts';
import { deidentifySet, type Withheld } from './jobs/deidentify/deidentify-set.ts';
import { readProfileFile } from './jobs/deidentify/read-profile.ts';
import type { TaskContext } from './jobs/task.ts';
import type { Store } from './store/open.ts';
import { freshSettings } from './store/projects.ts';
import { createOutput } from './tables/output-file.ts';

export interface DicomDeskParts {
  store: Store;
  resources: string;
}

/** Bytes of files that are kept read, for scrolling to and fro. */
const keptBytes = 256 * 2 ** 20;
const thumbnailSize = 96;

export class DicomDesk {
  readonly #parts: DicomDeskParts;
  /** What was found, of projects that were looked at since the start. */
  readonly #found = new Map<string, FoundFiles>();
  /** Series by their names in calls, in the order of viewing. */
  readonly #series = new Map<string, Map<string, IndexedInstance[]>>();
  readonly #read = new Map<string, DicomFile>();
  #summing = new AbortController();

  constructor(parts: DicomDeskParts) {
    this.#parts = parts;
  }

  create(paths: readonly string[]): string {
    const { store } = this.#parts;
    const [first = ''] = paths;
    const id = store.projects.create(basename(first) || first, first, [], freshSettings());
    store.dicom.create(id, paths, freshChoices);
    return id;
  }

  project(id: string): DicomProject {
    const { store, resources } = this.#parts;
    return dicomProjectOf(store, id, this.found(id), resources);
  }

  /** Throws `project/not-found`. */
  found(id: string): FoundFiles {
    const { store } = this.#parts;
    store.dicom.get(id);
    let found = this.#found.get(id);
    if (!found) {
      const kept = store.dicom.found(id);
      found = (kept && openFound(kept)) ?? nothingFound();
      this.#found.set(id, found);
    }
    return found;
  }

  /** What an import has found so far is kept, and shown from now on. */
  keep(id: string, found: FoundFiles): void {
    this.#parts.store.dicom.setFound(id, packFound(found), found.index.counts.instances);
    this.show(id, found);
  }

  show(id: string, found: FoundFiles): void {
    this.#found.set(id, found);
    this.#series.delete(id);
  }

  /** The project is gone, or what was found in it. */
  forget(id: string): void {
    this.#found.delete(id);
    this.#series.delete(id);
    this.#read.clear();
  }

  forgetAll(): void {
    this.#found.clear();
    this.#series.clear();
    this.#read.clear();
  }

  patients({ projectId, offset, limit, search }: Input<'dicom.patients'>): Output<'dicom.patients'> {
    const wanted = search.trim().toLowerCase();
    const { index } = this.found(projectId);
    const all = [...index.patients.values()].filter((patient) => holds(patient, wanted));
    return { total: all.length, patients: all.slice(offset, offset + limit).map(patientOf) };
  }

  quarantine({ projectId, offset, limit }: Input<'dicom.quarantine'>): Output<'dicom.quarantine'> {
    const { quarantine } = this.found(projectId);
    const files = quarantine.slice(offset, offset + limit).map(({ location, error }) => ({
      ...{ file: locationInWords(location), error: toErrorShape(error) },
    }));
    return { total: quarantine.length, files };
  }

  async image({ projectId, series, index, frame }: Input<'dicom.image'>): Promise<DicomImage> {
    return imageOf(await this.#file(projectId, series, index), frame);
  }

  async thumbnail({ projectId, series }: Input<'dicom.thumbnail'>): Promise<DicomImage> {
    const instances = this.#instances(projectId, series);
    const middle = instances.length >> 1;
    const frames = instances[middle]?.frames ?? 1;
    try {
      const file = await this.#file(projectId, series, middle);
      return smaller(await imageOf(file, frames >> 1), thumbnailSize);
    } catch (error) {
      unreadable(error);
      return { kind: 'none' };
    }
  }

  async tags({ projectId, series, index }: Input<'dicom.tags'>): Promise<Output<'dicom.tags'>> {
    return tagsOf(await this.#file(projectId, series, index));
  }

  /** Throws request/invalid for a template that cannot be used. */
  setChoices({ projectId, choices }: Input<'dicom.setChoices'>): DicomProject {
    namesBy(choices.template);
    this.#parts.store.dicom.setChoices(projectId, choices);
    return this.project(projectId);
  }

  /** Throws dicom/profile for a file that holds none. */
  async readProfile(projectId: string, path: string): Promise<DicomProject> {
    const { name, options, overrides } = await readProfileFile(path);
    const { choices } = this.#parts.store.dicom.get(projectId);
    return this.setChoices({
      projectId,
      choices: {
        ...choices,
        ...{ profileName: name, options: [...options] },
        overrides: [...overrides].map(([tag, code]) => ({ tag: formatTag(tag), code })),
      },
    });
  }

  async saveProfile(projectId: string, path: string, overwrite: boolean): Promise<void> {
    const { choices } = this.#parts.store.dicom.get(projectId);
    const output = await createOutput(path, overwrite);
    try {
      await output.write(Buffer.from(profileYaml(profileChoicesOf(choices))));
      await output.commit();
    } finally {
      await output.discard();
    }
  }

  /** What would become of one file; also where the file would then be withheld. */
  async changes({ projectId, series, index }: Input<'dicom.changes'>): Promise<Output<'dicom.changes'>> {
    const { store } = this.#parts;
    const file = await this.#file(projectId, series, index);
    const profile = new Profile(profileChoicesOf(store.dicom.get(projectId).choices));
    const changes: Change[] = [];
    const pseudonyms = new Pseudonyms(store.pseudonyms.of(projectId));
    try {
      deidentifyFile(file, { profile, pseudonyms, onChange: (change) => changes.push(change) });
      return { changes: changes.map(changeOf), withheld: null };
    } catch (error) {
      if (!(error instanceof AppError) || !error.said) throw error;
      return { changes: changes.map(changeOf), withheld: error.said };
    }
  }

  /** Looks at files of every series in turn, as many as are asked for, and writes nothing. */
  async summary({ projectId, files }: Input<'dicom.summary'>): Promise<DicomSummary> {
    this.#summing.abort(new DOMException('Another was asked for.', 'AbortError'));
    const summing = new AbortController();
    this.#summing = summing;
    const withheld: Withheld[] = [];
    const context: TaskContext = { signal: summing.signal, report: () => undefined };
    const { index } = this.found(projectId);
    const some = sampleOf(index, files);
    const done = await this.#look(projectId, some, (file) => withheld.push(file), context);
    return {
      files: some.counts.instances,
      attributes: done.summary.attributes.map(({ tag, ...row }) => ({
        ...row,
        tag: tag === undefined ? null : formatTag(tag),
      })),
      keptWords: done.summary.keptWords.slice(0, 500),
      withheld: withheld.map(({ location, error }) => ({
        ...{ file: locationInWords(location), error: toErrorShape(error) },
      })),
      maybeText: done.maybeText,
    };
  }

  #look(projectId: string, index: StudyIndex, onWithheld: (file: Withheld) => void, context: TaskContext) {
    const { store } = this.#parts;
    const { choices } = store.dicom.get(projectId);
    const profile = new Profile(profileChoicesOf(choices));
    const naming = namesBy(choices.template);
    const key = store.pseudonyms.of(projectId);
    return deidentifySet({ index, profile, key, naming, output: null, onWithheld }, context);
  }

  #instances(projectId: string, ref: string): IndexedInstance[] {
    let all = this.#series.get(projectId);
    if (!all) {
      all = new Map();
      for (const patient of this.found(projectId).index.patients.values()) {
        for (const study of patient.studies.values()) {
          for (const series of study.series.values())
            all.set(seriesRef(patient, study, series), inOrder(series.instances));
        }
      }
      this.#series.set(projectId, all);
    }
    const instances = all.get(ref);
    if (!instances) throw AppError.of('source/not-found', 'dicom_gone', {});
    return instances;
  }

  async #file(projectId: string, ref: string, index: number): Promise<DicomFile> {
    const instance = this.#instances(projectId, ref)[index];
    if (!instance) throw AppError.of('source/not-found', 'dicom_gone', {});
    const name = locationInWords(instance.location);
    const before = this.#read.get(name);
    if (before) {
      // The last used is the last to go.
      this.#read.delete(name);
      this.#read.set(name, before);
      return before;
    }
    const file = await readLocation(instance.location).then((bytes) => readDicomFile(bytes), thrown);
    this.#read.set(name, file);
    let bytes = [...this.#read.values()].reduce((sum, { source }) => sum + source.length, 0);
    for (const [oldest, { source }] of this.#read) {
      if (bytes <= keptBytes || oldest === name) break;
      this.#read.delete(oldest);
      bytes -= source.length;
    }
    return file;
  }
}

function thrown(error: unknown): never {
  throw unreadable(error);
}

/** An index of some files of each series, in turn: the first of all series, then the second. */
function sampleOf(index: StudyIndex, files: number): StudyIndex {
  const some = new StudyIndex();
  const rounds = [...index.patients.values()].flatMap((patient) =>
    [...patient.studies.values()].flatMap((study) =>
      [...study.series.values()].map((series) => ({
        patient,
        study,
        series,
        instances: [...series.instances],
      })),
    ),
  );
  for (let round = 0; some.counts.instances < files; round++) {
    let added = false;
    for (const { patient, study, series, instances } of rounds) {
      const instance = instances[round];
      if (!instance || some.counts.instances >= files) continue;
      const { uid, number, frames } = instance;
      some.add({ patient, study, series, uid, number, frames }, instance);
      added = true;
    }
    if (!added) break;
  }
  return some;
}
