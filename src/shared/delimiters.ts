/** Between the fields of a CSV that is written. The text is UTF-8 in any case. */
export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The delimiter of the source where it is one we write, else a comma. */
export function delimiterLike(source: string | undefined): Delimiter {
  return delimiters.find((one) => one === source) ?? ',';
}
