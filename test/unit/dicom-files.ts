import { globSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths of the DICOM files that are compared with what others make of them: the fixtures, and what the folder holds that
 * SEMBLANCE_DICOM names. Says so where there is none.
 */
export function dicomFiles(): string[] {
  const more = process.env.SEMBLANCE_DICOM;
  if (more === undefined) {
    console.warn(
      'SKIPPED: more than the fixtures; set SEMBLANCE_DICOM to a folder with DICOM files to compare them too.',
    );
  }
  return ['test/fixtures/dicom', ...(more === undefined ? [] : [more])].flatMap((folder) =>
    globSync('**/*', { cwd: folder, withFileTypes: true, exclude: ['**/*.md'] })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
}
