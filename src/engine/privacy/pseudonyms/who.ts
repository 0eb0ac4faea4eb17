/** Whom a name or an e-mail address is about, however it is written. */
import { fold } from '../detect/label.ts';
import { chineseName, isFamilyName, isGivenName } from '../names/lists.ts';

/** A person by name: one given and one family name, folded. Either may be unknown. */
export interface Named {
  given?: string | undefined;
  family?: string | undefined;
}

const titles = new Set([
  'mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'sir', 'rev', 'hr', 'fr', 'herr', 'frau', 'm', 'mme', 'mlle', 'monsieur',
  'madame', 'sr', 'sra', 'srta', 'don', 'dona', 'sig', 'signor', 'signora', 'dott', 'jr', 'ii', 'iii', 'iv', 'md', 'phd',
  'dds', 'esq', 'rn', 'msc', 'bsc', 'mba', 'ing', 'dipl',
]); // prettier-ignore

/** The words of a name, folded; titles, degrees and initials are not among them. */
function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}'’-]+/u)
    .map((word) => word.replace(/['’-]/g, ''))
    .filter((word) => word !== '' && !titles.has(word) && (word.length > 1 || /\p{Script=Han}/u.test(word)));
}

/**
 * A full name as one person: the first given and the last family name. “Smith, Anna B.”, “Dr. Anna Smith” and “Anna
 * Maria Smith” are the same; undefined where nothing is left.
 */
export function fullName(text: string): Named | undefined {
  const chinese = chineseName(text);
  if (chinese) return chinese;
  const [before = '', after] = text.split(',', 2);
  const rest = after === undefined ? [] : wordsOf(after);
  // After the comma stand given names, if anything but a degree.
  if (rest.length > 0) return { given: rest[0], family: wordsOf(before).at(-1) };
  const words = wordsOf(before);
  const [first] = words;
  const last = words.at(-1);
  if (first === undefined) return undefined;
  if (words.length === 1)
    return isGivenName(first) && !isFamilyName(first) ? { given: first } : { family: first };
  return last !== undefined && isTurned(first, last)
    ? { given: last, family: first }
    : { given: first, family: last };
}

/** Whether two names stand as “family given”. */
function isTurned(first: string, last: string): boolean {
  return isFamilyName(first) && !isGivenName(first) && isGivenName(last) && !isFamilyName(last);
}

export function givenName(text: string): string | undefined {
  const plain = text.trim();
  return /^\p{Script=Han}+$/u.test(plain) ? plain : wordsOf(text)[0];
}

export function familyName(text: string): string | undefined {
  const plain = text.trim();
  return /^\p{Script=Han}+$/u.test(plain) ? plain : wordsOf(text).at(-1);
}

/** The person whose name an address spells out (anna.smith7@…); undefined where it does not. */
export function nameInEmail(address: string): Named | undefined {
  const words = mailWords(address);
  const [first, last] = words;
  if (words.length !== 2 || first === undefined || last === undefined) return undefined;
  // Family names alone are also words: Sales, Office.
  if (!isGivenName(first) && !isGivenName(last)) return undefined;
  return isTurned(first, last) ? { given: last, family: first } : { given: first, family: last };
}

function mailWords(address: string): string[] {
  const [local = ''] = fold(address.trim()).split('@', 1);
  return local.split(/[^\p{L}]+/u).filter((word) => word.length > 1);
}

/** Whether an address looks like that of a person (asmith, smith.a, anna77, …). */
export function mayBeOf(address: string, { given, family }: Named): boolean {
  const [local = ''] = fold(address.trim()).split('@', 1);
  const letters = local.replace(/[^\p{L}]/gu, '');
  return [given, family].some((name) => name !== undefined && name.length > 2 && letters.includes(name));
}

/** A person in one text; undefined unless both names are known. */
export function keyOfName({ given, family }: Named): string | undefined {
  return given === undefined || family === undefined ? undefined : `${given}|${family}`;
}
