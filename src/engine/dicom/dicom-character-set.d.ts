declare module 'dicom-character-set' {
  /** @throws Error for a character set it does not know. */
  export function convertBytes(
    specificCharacterSet: string | undefined,
    bytes: Uint8Array,
    options?: { vr?: string },
  ): string;
}
