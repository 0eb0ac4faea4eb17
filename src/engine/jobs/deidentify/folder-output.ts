/** A folder of de-identified files, with a manifest, and a journal until that is written. */
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { createOutput, outputError, syncFolder } from '../../tables/output-file.ts';
import { largestSmall, writeSmallFile } from '../../tables/small-file.ts';
import { manifestText, type ManifestHead, type SetOutput, type WrittenFile } from './set-output.ts';

export const manifestName = 'manifest.json';
const syncsAtOnce = 8;
/** So many paths are held at most. */
const mostUnsynced = 2000;
const journalName = '.semblance-deid.jsonl';

const writtenFile = z.object({
  name: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  sopClass: z.string(),
  transferSyntax: z.string(),
  source: z.string(),
});
const journalHead = z.object({ run: z.string() });
const formerManifest = z.object({
  semblanceDicomSet: z.literal(1),
  run: z.string(),
  files: z.array(writtenFile),
});

interface Options {
  /** Replaces files of the same names and other contents. */
  readonly overwrite: boolean;
  /** Of all settings that what is written hangs on. */
  readonly run: string;
}

export class FolderOutput implements SetOutput {
  readonly #folder: string;
  readonly #options: Options;
  readonly #former = new Map<string, WrittenFile>();
  /** By name, so that a file written again stands in the manifest once. */
  readonly #files = new Map<string, WrittenFile>();
  /** Made or found in this run, and not synced since. */
  #folders = new Set<string>();
  readonly #journal: number;

  /**
   * Opens or makes a folder, and looks up what an earlier run has left.
   *
   * @throws output/… where the folder cannot be made or written to.
   */
  constructor(folder: string, options: Options) {
    this.#folder = resolve(folder);
    this.#options = options;
    try {
      mkdirSync(folder, { recursive: true });
      this.#takeFormer();
      this.#journal = openSync(this.#journalPath, 'a');
      this.#note({ run: options.run });
    } catch (error) {
      throw outputError(error, folder);
    }
  }

  get #journalPath(): string {
    return join(this.#folder, journalName);
  }

  #note(entry: unknown): void {
    appendFileSync(this.#journal, `${JSON.stringify(entry)}\n`);
  }

  former(source: string): WrittenFile | undefined {
    const file = this.#former.get(source);
    if (!file) return undefined;
    const there = statSync(join(this.#folder, file.name), { throwIfNoEntry: false });
    return there?.size === file.bytes ? file : undefined;
  }

  async put(file: WrittenFile, bytes: Uint8Array): Promise<'written' | 'same'> {
    const path = join(this.#folder, file.name);
    const there = await contentOf(path);
    const isSame = there !== undefined && Buffer.compare(there, bytes) === 0;
    if (there !== undefined && !isSame && !this.#options.overwrite) {
      throw AppError.of('dicom/conflict', 'dicom_name_taken', {});
    }
    if (!isSame) await this.#write(path, bytes);
    this.#files.set(file.name, file);
    this.#note(file);
    if (this.#folders.size >= mostUnsynced) await this.#syncFolders();
    return isSame ? 'same' : 'written';
  }

  async putBeside(name: string, bytes: Uint8Array): Promise<void> {
    await this.#write(join(this.#folder, name), bytes);
  }

  async finish(head: ManifestHead): Promise<void> {
    // Names become durable folder by folder, before the manifest says that they are there.
    await this.#syncFolders();
    const output = await createOutput(join(this.#folder, manifestName), true);
    try {
      const withRun = { ...head, run: this.#options.run };
      for (const text of manifestText(withRun, this.#files.values())) await output.write(Buffer.from(text));
      await output.commit();
    } finally {
      await output.discard();
    }
    closeSync(this.#journal);
    rmSync(this.#journalPath, { force: true });
  }

  async abandon(): Promise<void> {
    // It stays: the next run goes on from it.
    closeSync(this.#journal);
  }

  /** Written, read again and compared. */
  async #write(path: string, bytes: Uint8Array): Promise<void> {
    try {
      this.#makeFolder(dirname(path));
      if (bytes.length <= largestSmall) await writeSmallFile(path, bytes);
      else await writeLargeFile(path, bytes);
      // It may have been synced while this was being written.
      this.#folders.add(dirname(path));
      const written = bytes.length <= largestSmall ? readFileSync(path) : await readFile(path);
      if (Buffer.compare(written, bytes) !== 0) throw AppError.of('dicom/unfit', 'dicom_not_verified', {});
    } catch (error) {
      throw outputError(error, path);
    }
  }

  async #syncFolders(): Promise<void> {
    const folders = this.#folders.values();
    this.#folders = new Set();
    await Promise.all(
      Array.from({ length: syncsAtOnce }, async () => {
        for (const folder of folders) await syncFolder(folder);
      }),
    );
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    if (folder !== this.#folder) this.#makeFolder(dirname(folder));
    mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
  }

  /** What the manifest and, of a run that was cut off, the journal say is there already. */
  #takeFormer(): void {
    const manifest = this.#manifest();
    for (const file of manifest?.files ?? []) {
      this.#files.set(file.name, file);
      if (manifest?.run === this.#options.run) this.#former.set(file.source, file);
    }
    if (!existsSync(this.#journalPath)) return;
    removeUnfinished(this.#folder);
    let isSameRun = false;
    for (const line of readFileSync(this.#journalPath, 'utf8').split('\n')) {
      const entry = parsed(line);
      const head = journalHead.safeParse(entry);
      if (head.success) isSameRun = head.data.run === this.#options.run;
      const file = writtenFile.safeParse(entry);
      if (!file.success) continue;
      this.#files.set(file.data.name, file.data);
      if (isSameRun) this.#former.set(file.data.source, file.data);
    }
  }

  #manifest(): z.infer<typeof formerManifest> | undefined {
    const path = join(this.#folder, manifestName);
    return existsSync(path) ? formerManifest.safeParse(parsed(readFileSync(path, 'utf8'))).data : undefined;
  }
}

/** The last line of a journal may be cut off. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function contentOf(path: string): Promise<Uint8Array | undefined> {
  try {
    return statSync(path, { throwIfNoEntry: false }) && (await readFile(path));
  } catch (error) {
    throw outputError(error, path);
  }
}

async function writeLargeFile(path: string, bytes: Uint8Array): Promise<void> {
  const output = await createOutput(path, true);
  try {
    await output.write(bytes);
    await output.commit();
  } finally {
    await output.discard();
  }
}

/** What a run that was killed has left half-written. */
function removeUnfinished(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /^\..+\.[0-9a-f]{8}\.unfinished$/.test(entry.name))
      rmSync(join(entry.parentPath, entry.name), { force: true });
  }
}
