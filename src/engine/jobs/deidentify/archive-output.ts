/** One zip file of all de-identified files, encrypted where it is to be; it appears whole or not at all. */
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { AppError } from '../../../shared/errors.ts';
import { type Protection } from '../../../shared/output.ts';
import { sealFor } from '../../tables/age.ts';
import { createOutput, type OutputFile } from '../../tables/output-file.ts';
import { manifestName } from './folder-output.ts';
import { manifestText, type ManifestHead, type SetOutput, type WrittenFile } from './set-output.ts';

/** Zip files say when each file was written, which nobody needs to know. */
const noTime = new Date('1980-01-01T00:00:00Z');

export async function openArchive(
  path: string,
  { overwrite, protection }: { overwrite: boolean; protection: Protection | null },
): Promise<SetOutput> {
  const output = await createOutput(path, overwrite, protection ? { seal: sealFor(protection) } : {});
  return new ArchiveOutput(output);
}

class ArchiveOutput implements SetOutput {
  readonly #output: OutputFile;
  readonly #zip = new ZipFile();
  readonly #files = new Map<string, WrittenFile>();
  readonly #written: Promise<void>;

  constructor(output: OutputFile) {
    this.#output = output;
    this.#written = this.#pump();
    // Told to whoever waits for it.
    this.#written.catch(() => undefined);
  }

  /** An archive cannot be gone on with: it is begun anew. */
  former(): undefined {
    return undefined;
  }

  async put(file: WrittenFile, bytes: Uint8Array): Promise<'written' | 'same'> {
    const there = this.#files.get(file.name);
    if (there?.sha256 === file.sha256) return 'same';
    if (there) throw AppError.of('dicom/conflict', 'dicom_name_taken', {});
    this.#files.set(file.name, file);
    await this.#add(file.name, bytes);
    return 'written';
  }

  putBeside(name: string, bytes: Uint8Array): Promise<void> {
    return this.#add(name, bytes);
  }

  async finish(head: ManifestHead): Promise<void> {
    const files = [...this.#files.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    const entries = files.map((file) => JSON.stringify(file));
    await this.#add(manifestName, Buffer.from([...manifestText(head, entries)].join('')));
    this.#zip.end();
    await this.#written;
    await this.#output.commit();
  }

  async abandon(): Promise<void> {
    await this.#output.discard();
  }

  /** Returns once the bytes are on their way to the drive, so that no two files wait in memory. */
  async #add(name: string, bytes: Uint8Array): Promise<void> {
    const stream = Readable.from([bytes]);
    const taken = once(stream, 'end');
    this.#zip.addReadStream(stream, name, { mtime: noTime, mode: 0o100644 });
    await Promise.race([taken, this.#written]);
  }

  async #pump(): Promise<void> {
    for await (const chunk of this.#zip.outputStream) {
      await this.#output.write(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    }
  }
}
