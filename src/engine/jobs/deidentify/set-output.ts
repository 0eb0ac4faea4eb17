/** Where de-identified files go: a folder, or one archive. */

/** What the manifest says of a file. */
export interface WrittenFile {
  /** Below the folder of the manifest, with `/` between folders. */
  readonly name: string;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  /**
   * HMAC, in hex, of where the source lies, its size and its time: whoever has the project's secret can tell that it is
   * the same, nobody what it is.
   */
  readonly source: string;
}

export interface SetOutput {
  /** What an earlier run under the same settings has written for a source and is still there. */
  former(source: string): Pick<WrittenFile, 'bytes'> | undefined;
  /**
   * @throws dicom/conflict where another file has the name; output/… where the drive refuses.
   */
  put(file: WrittenFile, bytes: Uint8Array): Promise<'written' | 'same'>;
  /** Something besides the instances: a DICOMDIR. */
  putBeside(name: string, bytes: Uint8Array): Promise<void>;
  /** All is there, the manifest last. */
  finish(head: ManifestHead): Promise<void>;
  /** Leaves what can be gone on with, and nothing half-written. */
  abandon(): Promise<void>;
}

/** What the manifest says besides its files. */
export interface ManifestHead {
  readonly semblanceDicomSet: 1;
  readonly semblance: string;
  readonly created: string;
  readonly standard: string;
  readonly profile: string;
  readonly options: readonly string[];
  /** Attributes that were treated otherwise than the standard says. */
  readonly differences: readonly { readonly tag: string; readonly code: string }[];
}

/**
 * A manifest of files, a line each, so that it can be made piece by piece.
 *
 * @param files Each as JSON, in the order of their names.
 */
export function* manifestText(head: ManifestHead, files: Iterable<string>): Generator<string> {
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "files": [`;
  let between = '\n  ';
  for (const file of files) {
    yield between + file;
    between = ',\n  ';
  }
  yield '\n ]\n}\n';
}
