/** Files, folders, zip files and DICOMDIRs as patients, studies and series. */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import { filesOf } from './dicomdir.ts';
import { headerIn, type InstanceHeader } from './instance-header.ts';
import { locationInWords, type DicomLocation, type FoundFile } from './location.ts';
import { beginnings, readLocation, withFile } from './read-file.ts';
import { StudyIndex } from './study-index.ts';
import { unreadable, walk } from './walk.ts';
import { isZip, openZip, type OpenZip, type ZipMember } from './zip.ts';

/** A file that is in no study, and why. */
export interface Quarantined {
  readonly location: DicomLocation;
  readonly error: AppError;
}

export interface ImportCounts {
  /** Looked at so far, of whatever kind. */
  readonly files: number;
  /** Files of the same content as another. */
  readonly duplicates: number;
  /** Files of another content than the one that has the same SOP Instance UID. */
  readonly conflicts: number;
  readonly notDicom: number;
  /** Damaged, cut off, or in a transfer syntax nobody knows. */
  readonly damaged: number;
  readonly unreadable: number;
  /** DICOMDIRs, which are of no study. */
  readonly directories: number;
}

export const emptyCounts: ImportCounts = {
  ...{ files: 0, duplicates: 0, conflicts: 0, notDicom: 0, damaged: 0, unreadable: 0, directories: 0 },
};

export interface ImportOptions {
  readonly signal?: AbortSignal | undefined;
  /** To go on with; a new one unless given. */
  readonly index?: StudyIndex;
  /** To go on counting from. */
  readonly counts?: ImportCounts;
  /** Whether a file has been looked at before and has not changed since, so that it is passed by. */
  readonly isDone?: (file: FoundFile) => boolean;
  /** Called for each file that has come to be in the index. */
  readonly onInstance?: (header: InstanceHeader, file: FoundFile) => void;
  readonly onQuarantined: (file: Quarantined) => void;
  /** Called for each DICOMDIR. */
  readonly onDirectory?: (location: DicomLocation) => void;
  /** Called a few times a second. */
  readonly onProgress?: (counts: ImportCounts) => void;
}

export interface Imported {
  readonly index: StudyIndex;
  readonly counts: ImportCounts;
}

/** Milliseconds after which others of the process have their turn. */
const turn = 15;

/**
 * Looks at every file of `sources`: files, folders, zip files, DICOMDIRs. Only the attributes before the pixels are
 * read, and nothing but the index is kept.
 *
 * @throws AbortError when cancelled.
 */
export async function importDicom(sources: readonly string[], options: ImportOptions): Promise<Imported> {
  const run = new ImportRun(options);
  await run.lookAt(sources);
  return run.result;
}

type Tally = { -readonly [K in keyof ImportCounts]: ImportCounts[K] };

class ImportRun {
  readonly #options: ImportOptions;
  readonly #index: StudyIndex;
  readonly #counts: Tally;
  /** What was set aside in this run, and DICOMDIRs. */
  readonly #aside = new Set<string>();
  #lastTurn = performance.now();

  constructor(options: ImportOptions) {
    this.#options = options;
    this.#index = options.index ?? new StudyIndex();
    this.#counts = { ...emptyCounts, ...options.counts };
  }

  get result(): Imported {
    return { index: this.#index, counts: { ...this.#counts } };
  }

  async lookAt(sources: readonly string[]): Promise<void> {
    const named = new Set(sources);
    const refuse = (path: string, error: AppError) => this.#quarantine({ path }, error);
    for (const path of walk(sources, refuse)) {
      await this.#takeTurn();
      await this.#guarded({ path }, () => this.#lookAtFile(path, named.has(path)));
    }
    this.#options.onProgress?.({ ...this.#counts });
  }

  /** @param isNamed Whether it was given by itself: a DICOMDIR then stands for the files it lists. */
  async #lookAtFile(path: string, isNamed: boolean): Promise<void> {
    const location = { path };
    const found = withFile(path, ({ size, modified, read }) => {
      const file = { location, size, modified };
      // What a DICOMDIR lists may have come since.
      if (!isNamed && this.#isDone(file)) return 'done';
      for (const length of beginnings(size)) {
        const bytes = read(length);
        if (isZip(bytes)) return 'zip';
        const header = headerIn(bytes, size);
        if (header) return { file, header };
      }
      return 'done';
    });
    if (found === 'done') return;
    if (found === 'zip') return this.#lookIntoZip(path);
    if (found.header.isDirectory && isNamed) {
      this.#directory(found.file);
      return this.lookAt(filesOf(path, await readLocation(location)));
    }
    if (isNamed && this.#isDone(found.file)) return;
    await this.#take(found.header, found.file);
  }

  /** Whether it was set aside before, or is now. */
  #isKnown(location: DicomLocation): boolean {
    const name = locationInWords(location);
    if (this.#aside.has(name) || this.#isDone({ location, size: 0, modified: 0 })) return true;
    this.#aside.add(name);
    return false;
  }

  #isDone(file: FoundFile): boolean {
    return this.#options.isDone?.(file) === true;
  }

  #directory(file: FoundFile): void {
    if (this.#isKnown(file.location)) return;
    this.#counts.files++;
    this.#counts.directories++;
    this.#options.onDirectory?.(file.location);
  }

  async #lookIntoZip(path: string): Promise<void> {
    const zip = await openZip(path);
    try {
      for (const member of zip.members()) {
        await this.#takeTurn();
        const location = { path, member: member.name };
        await this.#guarded(location, () => this.#lookAtMember(location, zip, member));
      }
    } finally {
      zip.close();
    }
  }

  async #lookAtMember(location: DicomLocation, zip: OpenZip, { name, size }: ZipMember): Promise<void> {
    const file = { location, size, modified: 0 };
    if (this.#isDone(file)) return;
    for (const length of beginnings(size)) {
      const bytes = await zip.read(name, length);
      if (isZip(bytes)) throw AppError.of('source/malformed', 'dicom_zip_within', {});
      const header = headerIn(bytes, size);
      if (header) return this.#take(header, file);
    }
  }

  async #take(header: InstanceHeader, file: FoundFile): Promise<void> {
    if (header.isDirectory) {
      this.#directory(file);
      return;
    }
    const former = this.#index.find(header.uid);
    if (former) {
      throw (await isSameContent(former, file))
        ? AppError.of('dicom/duplicate', 'dicom_duplicate', {})
        : AppError.of('dicom/conflict', 'dicom_conflict', {});
    }
    this.#counts.files++;
    this.#index.add(header, file);
    this.#options.onInstance?.(header, file);
  }

  async #guarded(location: DicomLocation, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      this.#quarantine(location, unreadable(error));
    }
  }

  /** Sources may name a file twice: by itself, by a DICOMDIR, by a folder around it. */
  #quarantine(location: DicomLocation, error: AppError): void {
    if (this.#isKnown(location)) return;
    this.#counts.files++;
    this.#counts[countOf(error)]++;
    this.#options.onQuarantined({ location, error });
  }

  async #takeTurn(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    if (performance.now() - this.#lastTurn < turn) return;
    this.#options.onProgress?.({ ...this.#counts });
    await setImmediate();
    this.#lastTurn = performance.now();
  }
}

function countOf({ code }: AppError): Exclude<keyof ImportCounts, 'files' | 'directories'> {
  switch (code) {
    case 'dicom/duplicate':
      return 'duplicates';
    case 'dicom/conflict':
      return 'conflicts';
    case 'dicom/not-dicom':
      return 'notDicom';
    default:
      return code.startsWith('dicom/') ? 'damaged' : 'unreadable';
  }
}

/** Files of the same SOP Instance UID are compared whole, which few are. */
async function isSameContent(
  a: { location: DicomLocation; size: number },
  b: { location: DicomLocation; size: number },
): Promise<boolean> {
  if (a.size !== b.size) return false;
  const [first, second] = [await hashOf(a.location), await hashOf(b.location)];
  return first === second;
}

async function hashOf(location: DicomLocation): Promise<string> {
  return createHash('sha256')
    .update(await readLocation(location))
    .digest('hex');
}
