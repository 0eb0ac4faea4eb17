/** A folder of de-identified files, with a manifest, and a journal until that is written. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { createOutput, outputError } from '../../tables/output-file.ts';
import { manifestText, type ManifestHead, type SetOutput, type WrittenFile } from './set-output.ts';

export const manifestName = 'manifest.json';
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

  /**
   * Opens or makes a folder, and looks up what an earlier run has left.
   *
   * @throws output/… where the folder cannot be made or written to.
   */
  constructor(folder: string, options: Options) {
    this.#folder = folder;
    this.#options = options;
    try {
      mkdirSync(folder, { recursive: true });
      this.#takeFormer();
      appendFileSync(this.#journal, `${JSON.stringify({ run: options.run })}\n`);
    } catch (error) {
      throw outputError(error, folder);
    }
  }

  get #journal(): string {
    return join(this.#folder, journalName);
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
    if (!isSame) await this.#write(path, bytes, file.sha256);
    this.#files.set(file.name, file);
    appendFileSync(this.#journal, `${JSON.stringify(file)}\n`);
    return isSame ? 'same' : 'written';
  }

  async putBeside(name: string, bytes: Uint8Array): Promise<void> {
    await this.#write(join(this.#folder, name), bytes, sha256(bytes));
  }

  async finish(head: ManifestHead): Promise<void> {
    const output = await createOutput(join(this.#folder, manifestName), true);
    try {
      const withRun = { ...head, run: this.#options.run };
      for (const text of manifestText(withRun, this.#files.values())) await output.write(Buffer.from(text));
      await output.commit();
    } finally {
      await output.discard();
    }
    rmSync(this.#journal, { force: true });
  }

  async abandon(): Promise<void> {
    // The journal stays: the next run goes on from it.
  }

  /** Written, read again and compared. */
  async #write(path: string, bytes: Uint8Array, expected: string): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true });
      const output = await createOutput(path, true);
      try {
        await output.write(bytes);
        await output.commit();
      } finally {
        await output.discard();
      }
      if (sha256(await readFile(path)) !== expected)
        throw AppError.of('dicom/unfit', 'dicom_not_verified', {});
    } catch (error) {
      throw outputError(error, path);
    }
  }

  /** What the manifest and, of a run that was cut off, the journal say is there already. */
  #takeFormer(): void {
    const manifest = this.#manifest();
    for (const file of manifest?.files ?? []) {
      this.#files.set(file.name, file);
      if (manifest?.run === this.#options.run) this.#former.set(file.source, file);
    }
    if (!existsSync(this.#journal)) return;
    removeUnfinished(this.#folder);
    let isSameRun = false;
    for (const line of readFileSync(this.#journal, 'utf8').split('\n')) {
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
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw outputError(error, path);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What a run that was killed has left half-written. */
function removeUnfinished(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /^\..+\.[0-9a-f]{8}\.unfinished$/.test(entry.name))
      rmSync(join(entry.parentPath, entry.name), { force: true });
  }
}
