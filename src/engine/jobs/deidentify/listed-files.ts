/** What the manifests in folders of de-identified files say of the files there, for comparing. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { manifestName } from './folder-output.ts';

const listing = z.object({
  semblanceDicomSet: z.literal(1),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
});

/** The file is not what it was when the manifest was written, is not in it, or is gone. */
export type ManifestFinding = 'changed' | 'unlisted' | 'missing';

export class ListedFiles {
  /** SHA-256 in hex, by absolute path. */
  readonly #expected = new Map<string, string>();
  readonly #folders: string[] = [];
  readonly #seen = new Set<string>();

  /**
   * Reads the manifests that lie directly in those of `sources` that are folders; one of another kind is passed by.
   *
   * @throws AppError source/malformed where a manifest cannot be read, or lists a file outside its folder.
   */
  constructor(sources: readonly string[]) {
    for (const source of sources) {
      const path = join(source, manifestName);
      if (existsSync(path)) this.#take(resolve(source), path);
    }
  }

  /** Whether any folder has a manifest. */
  get any(): boolean {
    return this.#folders.length > 0;
  }

  /** What is wrong with a DICOM file of these bytes; undefined where nothing is, or no manifest is about it. */
  check(path: string, bytes: Uint8Array): ManifestFinding | undefined {
    const absolute = resolve(path);
    const expected = this.#expected.get(absolute);
    if (expected === undefined) {
      const within = this.#folders.find((folder) => absolute.startsWith(folder + sep));
      // A DICOMDIR is made anew with every run, of the files that the manifest lists.
      return within === undefined || absolute === join(within, 'DICOMDIR') ? undefined : 'unlisted';
    }
    this.#seen.add(absolute);
    return createHash('sha256').update(bytes).digest('hex') === expected ? undefined : 'changed';
  }

  /** Files that are listed and have not been checked: they are not there, or no DICOM any more. */
  missing(): string[] {
    return [...this.#expected.keys()].filter((path) => !this.#seen.has(path));
  }

  #take(folder: string, path: string): void {
    const damaged = () => AppError.of('source/malformed', 'dicom_manifest_damaged', { file: path });
    let content: unknown;
    try {
      content = JSON.parse(readFileSync(path, 'utf8'));
    } catch {
      throw damaged();
    }
    if (typeof content !== 'object' || content === null || !('semblanceDicomSet' in content)) return;
    const { data } = listing.safeParse(content);
    if (!data) throw damaged();
    this.#folders.push(folder);
    for (const { name, sha256 } of data.files) {
      const absolute = resolve(folder, name);
      if (!absolute.startsWith(folder + sep)) throw damaged();
      this.#expected.set(absolute, sha256);
    }
  }
}
