/** The part of Electron that knows the path of a dropped file; older versions write it on the file itself. */
interface FilePaths {
  readonly webUtils?: { getPathForFile(file: File): string };
}

/** Path of a file the user dropped on the window; empty for anything else, also for a file the page made up. */
export function pathOf(file: unknown, { webUtils }: FilePaths): string {
  if (!(file instanceof File)) return '';
  if (webUtils !== undefined) return webUtils.getPathForFile(file);
  return 'path' in file && typeof file.path === 'string' ? file.path : '';
}
