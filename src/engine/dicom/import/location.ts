/** Where a file lies: by its path, or within a zip file. */
export interface DicomLocation {
  readonly path: string;
  /** Name within the zip file that `path` is. */
  readonly member?: string;
}

export interface FoundFile {
  readonly location: DicomLocation;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970, by which a changed file is known; 0 within a zip file. */
  readonly modified: number;
}

export function locationInWords({ path, member }: DicomLocation): string {
  return member === undefined ? path : `${path}/${member}`;
}
