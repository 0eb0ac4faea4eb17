/** What tells of the people in the source: the map of IDs and UIDs, and the changes with their values. */
import { type Change } from '../../dicom/deidentify/plan.ts';
import { type PairKind } from '../../dicom/deidentify/pseudonyms.ts';
import { PseudonymMap } from '../../dicom/deidentify/pseudonym-map.ts';
import { locationInWords, type DicomLocation } from '../../dicom/import/location.ts';
import { attributeOf } from '../../dicom/dictionary/attributes.ts';
import { formatTag } from '../../dicom/tag.ts';
import { sealFor } from '../../tables/age.ts';
import { createOutput, type OutputFile } from '../../tables/output-file.ts';
import { mapPathsOf, sealedName } from '../../../shared/output-names.ts';
import type { Protection } from '../../../shared/output.ts';

export interface PaperOptions {
  readonly overwrite: boolean;
  readonly protection: Protection | null;
}

interface PairFile {
  readonly kind: PairKind;
  readonly path: string;
  readonly file: OutputFile;
}

/** Two files of pairs, one for patients and one for UIDs, that are written at the end. */
export class MapFiles {
  readonly #map = new PseudonymMap();
  readonly #outputs: readonly PairFile[];

  private constructor(outputs: readonly PairFile[]) {
    this.#outputs = outputs;
  }

  static async open(path: string, options: PaperOptions): Promise<MapFiles> {
    const [patients, uids] = mapPathsOf(sealedName(path, options.protection !== null));
    const outputs: PairFile[] = [];
    for (const [kind, to] of [['patient', patients] as const, ['uid', uids] as const]) {
      outputs.push({ kind, path: to, file: await openPaper(to, options) });
    }
    return new MapFiles(outputs);
  }

  readonly add: PseudonymMap['add'] = (kind, old, made) => {
    this.#map.add(kind, old, made);
  };

  /** Returns the paths written. */
  async commit(): Promise<string[]> {
    for (const { kind, file } of this.#outputs) {
      await file.write(Buffer.from(this.#map.csv(kind)));
      await file.commit();
    }
    return this.#outputs.map(({ path }) => path);
  }

  async discard(): Promise<void> {
    for (const { file } of this.#outputs) await file.discard();
  }
}

/** Every change as a line of CSV. */
export class ChangesFile {
  readonly path: string;
  readonly #output: OutputFile;

  private constructor(path: string, output: OutputFile) {
    this.path = path;
    this.#output = output;
  }

  static async open(path: string, options: PaperOptions): Promise<ChangesFile> {
    const to = sealedName(path, options.protection !== null);
    const changes = new ChangesFile(to, await openPaper(to, options));
    await changes.#write(['file,tag,attribute,treatment,before,after']);
    return changes;
  }

  async add(location: DicomLocation, changes: readonly Change[]): Promise<void> {
    const file = locationInWords(location);
    const lines = changes.map(({ path, handling, before, after }) => {
      const name = attributeOf(path.at(-1) ?? 0)?.name ?? '';
      const tags = path.map(formatTag).join(' > ');
      return [file, tags, name, handling, before ?? '', after ?? ''].map(cell).join(',');
    });
    await this.#write(lines);
  }

  async commit(): Promise<void> {
    await this.#output.commit();
  }

  discard(): Promise<void> {
    return this.#output.discard();
  }

  async #write(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.#output.write(Buffer.from(`${lines.join('\r\n')}\r\n`));
  }
}

function openPaper(path: string, { overwrite, protection }: PaperOptions): Promise<OutputFile> {
  return createOutput(path, overwrite, {
    mode: 0o600,
    ...(protection && { seal: sealFor(protection) }),
  });
}

/** RFC 4180; a spreadsheet must not take a value for a formula. */
function cell(text: string): string {
  const plain = /^[=+@\t\r-]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
