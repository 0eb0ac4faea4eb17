/** Text of attributes that the profile keeps, without what names somebody of the same file. */
import { removedMark, type KnownIdentities } from './clean-text.ts';

const shortest = 4;

/** The text as it is, but for known names and identifiers of four characters or more, and addresses of mail. */
export function scrubbed(text: string, { words, identifiers }: KnownIdentities): string {
  let rest = text.includes('@') ? text.replaceAll(/[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu, removedMark) : text;
  for (const identifier of identifiers) {
    if (identifier.length >= shortest) rest = rest.replaceAll(identifier, removedMark);
  }
  return rest.replaceAll(/[\p{L}\p{M}\p{N}]+/gu, (word) =>
    word.length >= shortest && words.has(word.toLowerCase()) ? removedMark : word,
  );
}
