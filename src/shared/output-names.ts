/** Under which names things are written. */

/** Ending of files encrypted in the `age` format. */
export const ageEnding = '.age';

export function isSealedName(path: string): boolean {
  return path.toLowerCase().endsWith(ageEnding);
}

/** The name of a file without the ending that says it is encrypted. */
export function unsealedName(path: string): string {
  return isSealedName(path) ? path.slice(0, -ageEnding.length) : path;
}

/** The name a file is written under: encrypted files end in `.age`. */
export function sealedName(path: string, sealed: boolean): string {
  return sealed ? `${unsealedName(path)}${ageEnding}` : path;
}

/** Where the card of an output lies: encrypted as the output is, since it names columns. */
export function cardPathOf(path: string): string {
  return sealedName(`${unsealedName(path)}.card.json`, isSealedName(path));
}

/** Where the report for readers of an output lies: encrypted as the output is, since it names columns. */
export function reportPathOf(path: string): string {
  return sealedName(`${unsealedName(path)}.report.html`, isSealedName(path));
}

/**
 * Where the manifest of an output lies. It is readable whatever is encrypted, and says nothing of the data. Rows that are
 * encrypted have another than the same rows beside them that are not.
 */
export function manifestPathOf(path: string): string {
  return `${path}.manifest.json`;
}

/** The two files of a map of patients and UIDs that is saved as `path`, with or without `.csv`. */
export function mapPathsOf(path: string): [patients: string, uids: string] {
  const plain = unsealedName(path);
  const stem = plain.toLowerCase().endsWith('.csv') ? plain.slice(0, -4) : plain;
  const named = (what: string) => sealedName(`${stem}.${what}.csv`, isSealedName(path));
  return [named('patients'), named('uids')];
}
