/** A folder of de-identified files, with a manifest, and a journal until that is written. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { createOutput, outputError } from '../../tables/output-file.ts';
import { isSmallFile, largestSmall, syncFolderSoon, writeSmallFile } from '../../tables/small-file.ts';
import { Journal } from './journal.ts';
import { manifestText, type ManifestHead, type SetOutput, type WrittenFile } from './set-output.ts';
import { SortedEntries } from './sorted-entries.ts';

export const manifestName = 'manifest.json';
const syncsAtOnce = 4;
/** Folders are synced so many at a time, while files are written into others. */
const mostUnsynced = 256;
const journalName = '.semblance-deid.jsonl';

const formerManifest = z.object({
  semblanceDicomSet: z.literal(1),
  run: z.string(),
  files: z.array(z.looseObject({ name: z.string(), bytes: z.number(), source: z.string() })),
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
  /** By source. */
  readonly #former = new Map<string, Pick<WrittenFile, 'name' | 'bytes'>>();
  /** Made or found in this run, and not synced since. */
  #folders = new Set<string>();
  /** Folders that are being synced. */
  #syncing: Promise<void> | undefined;
  readonly #journal: Journal;
  /** Names that are being written. */
  readonly #names = new Map<string, Promise<void>>();
  /** Ends when all files that came before are in the journal. */
  #noted = Promise.resolve();

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
      const path = join(this.#folder, journalName);
      if (existsSync(path)) removeUnfinished(this.#folder);
      this.#journal = new Journal(path);
      this.#takeFormer();
      this.#journal.begin(options.run);
    } catch (error) {
      throw outputError(error, folder);
    }
  }

  former(source: string): Pick<WrittenFile, 'bytes'> | undefined {
    const file = this.#former.get(source);
    if (!file) return undefined;
    const there = statSync(join(this.#folder, file.name), { throwIfNoEntry: false });
    return there?.size === file.bytes ? file : undefined;
  }

  /** Files stand in the journal in the order in which they were put, and once they are on the drive. */
  async put(file: WrittenFile, bytes: Uint8Array): Promise<'written' | 'same'> {
    const before = this.#noted;
    const placed = this.#place(file, bytes);
    const noted = placed.then(
      () => before,
      () => before,
    );
    this.#noted = noted;
    const how = await placed;
    await before;
    this.#journal.note(file);
    return how;
  }

  async putBeside(name: string, bytes: Uint8Array): Promise<void> {
    await this.#write(join(this.#folder, name), bytes);
  }

  async finish(head: ManifestHead): Promise<void> {
    // Names become durable folder by folder, before the manifest says that they are there.
    await this.#syncing;
    await this.#syncFolders();
    const path = join(this.#folder, manifestName);
    const entries = new SortedEntries(path);
    const output = await createOutput(path, true);
    try {
      for (const file of this.#manifest()?.files ?? []) entries.add(JSON.stringify(file));
      for (const line of this.#journal.lines()) entries.add(line);
      const withRun = { ...head, run: this.#options.run };
      for (const text of inBlocks(manifestText(withRun, entries.inOrder()))) await output.write(text);
      await output.commit();
    } finally {
      entries.close();
      await output.discard();
    }
    this.#journal.remove();
  }

  async abandon(): Promise<void> {
    this.#journal.close();
  }

  async #place({ name }: WrittenFile, bytes: Uint8Array): Promise<'written' | 'same'> {
    // Of two files of one name, the second finds the first.
    for (let other = this.#names.get(name); other; other = this.#names.get(name)) await other;
    const placed = this.#placeAlone(join(this.#folder, name), bytes);
    const settled = placed.then(
      () => undefined,
      () => undefined,
    );
    this.#names.set(name, settled);
    try {
      return await placed;
    } finally {
      this.#names.delete(name);
    }
  }

  async #placeAlone(path: string, bytes: Uint8Array): Promise<'written' | 'same'> {
    const there = await contentOf(path);
    const isSame = there !== undefined && Buffer.compare(there, bytes) === 0;
    if (there !== undefined && !isSame && !this.#options.overwrite) {
      throw AppError.of('dicom/conflict', 'dicom_name_taken', {});
    }
    if (!isSame) await this.#write(path, bytes);
    if (this.#folders.size >= mostUnsynced) await this.#syncSome();
    return isSame ? 'same' : 'written';
  }

  /** Written, read again and compared. */
  async #write(path: string, bytes: Uint8Array): Promise<void> {
    try {
      this.#makeFolder(dirname(path));
      if (bytes.length <= largestSmall) await writeSmallFile(path, bytes);
      else await writeLargeFile(path, bytes);
      // It may have been synced while this was being written.
      this.#folders.add(dirname(path));
      const isThere =
        bytes.length <= largestSmall
          ? isSmallFile(path, bytes)
          : Buffer.compare(await readFile(path), bytes) === 0;
      if (!isThere) throw AppError.of('dicom/unfit', 'dicom_not_verified', {});
    } catch (error) {
      throw outputError(error, path);
    }
  }

  /** Goes on while some are synced; waits where those before are still being synced. */
  async #syncSome(): Promise<void> {
    const before = this.#syncing;
    if (before) return before;
    this.#syncing = this.#syncFolders();
    void this.#syncing.finally(() => {
      this.#syncing = undefined;
    });
  }

  async #syncFolders(): Promise<void> {
    const folders = this.#folders.values();
    this.#folders = new Set();
    await Promise.all(
      Array.from({ length: syncsAtOnce }, async () => {
        for (const folder of folders) await syncFolderSoon(folder);
      }),
    );
  }

  #makeFolder(folder: string): void {
    if (this.#folders.has(folder)) return;
    if (folder !== this.#folder) this.#makeFolder(dirname(folder));
    mkdirSync(folder, { recursive: true });
    this.#folders.add(folder);
  }

  /** What the manifest and, of a run that was cut off, the journal say is there already under these settings. */
  #takeFormer(): void {
    const { run } = this.#options;
    const manifest = this.#manifest();
    const listed = manifest?.run === run ? manifest.files : [];
    for (const files of [listed, this.#journal.filesOf(run)]) {
      for (const { source, name, bytes } of files) this.#former.set(source, { name, bytes });
    }
  }

  #manifest(): z.infer<typeof formerManifest> | undefined {
    const path = join(this.#folder, manifestName);
    if (!existsSync(path)) return undefined;
    try {
      return formerManifest.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
    } catch {
      // Somebody else's file of that name.
      return undefined;
    }
  }
}

/** Text in blocks for a drive. */
function* inBlocks(texts: Iterable<string>): Generator<Buffer> {
  let block = '';
  for (const text of texts) {
    block += text;
    if (block.length < 64 * 1024) continue;
    yield Buffer.from(block);
    block = '';
  }
  yield Buffer.from(block);
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
