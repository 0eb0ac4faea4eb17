/** How long somebody who has a file would have to guess a passphrase: a hint, not a promise. */

/** `short`: refused. `weak`, `fair`, `good`: by the work of guessing. */
export type PassphraseStrength = 'short' | 'weak' | 'fair' | 'good';

/**
 * Judged by an upper bound of the work of guessing, in bits: a guess against an `age` file costs about a second of
 * scrypt (2^18), so that 40 bits are some ten thousand years of one processor. What is counted is how many passphrases
 * of its kind there are: words out of 8,192 (13 bits each, as lists for dice have them), else characters of the classes
 * used, without repetitions and sequences. Whether words belong together, as in a quotation, cannot be seen here.
 *
 * @param shortest Fewest characters that are taken.
 */
export function passphraseStrength(passphrase: string, shortest: number): PassphraseStrength {
  if (passphrase.length < shortest) return 'short';
  const bits = guessBits(passphrase);
  if (bits < 40) return 'weak';
  return bits < 60 ? 'fair' : 'good';
}

const wordBits = 13;

/** Exported for its tests. */
export function guessBits(passphrase: string): number {
  const words = passphrase
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length >= 3);
  const letters = Array.from(passphrase.matchAll(/\p{L}/gu)).length;
  const characters = Array.from(passphrase);
  const byCharacters = effectiveLength(characters) * Math.log2(Math.max(1, poolOf(passphrase)));
  // Made of words: then it is those that are guessed, and not letters.
  const ofWords = words.length > 0 && letters >= characters.length / 2 && !/\p{Script=Han}/u.test(passphrase);
  if (!ofWords) return byCharacters;
  const others = characters.length - letters - (words.length - 1);
  return Math.min(byCharacters, new Set(words).size * wordBits + Math.max(0, others) * 3);
}

/** Characters that a passphrase of these classes could have at each place. */
function poolOf(passphrase: string): number {
  const classes: [RegExp, number][] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[!-/:-@[-`{-~ ]/, 33],
    // Han has some thousands of characters in use, other scripts as many letters as Latin.
    [/\p{Script=Han}/u, 3000],
    [/[^\p{Script=Han}!-~ ]/u, 40],
  ];
  return classes.reduce((pool, [has, size]) => (has.test(passphrase) ? pool + size : pool), 0);
}

/** Its length, where a character that repeats the one before or goes on from it counts a fifth. */
function effectiveLength(characters: readonly string[]): number {
  let length = 0;
  for (const [at, character] of characters.entries()) {
    const step = (character.codePointAt(0) ?? 0) - (characters[at - 1]?.codePointAt(0) ?? -9);
    length += Math.abs(step) <= 1 ? 0.2 : 1;
  }
  return Math.min(length, 2 * new Set(characters).size);
}
