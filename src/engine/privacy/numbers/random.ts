/** A stream of whole numbers: seeded by a keyed hash it makes pseudonyms, by a row's number it makes fakes. */
export interface Draw {
  /** A whole number from 0 to `below` − 1. */
  below: (below: number) => number;
}

/** `count` digits. */
export function digits(draw: Draw, count: number): string {
  let text = '';
  for (let at = 0; at < count; at++) text += String(draw.below(10));
  return text;
}

/** One of `choices`, which may not be empty. */
export function pick<T>(draw: Draw, choices: ArrayLike<T>): T {
  const chosen = choices[draw.below(choices.length)];
  if (chosen === undefined) throw new RangeError('There is nothing to choose from.');
  return chosen;
}

export function letters(draw: Draw, count: number, alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'): string {
  let text = '';
  for (let at = 0; at < count; at++) text += alphabet.charAt(draw.below(alphabet.length));
  return text;
}

/** A number from 0 to `below` − 1 with zeros before it, `width` characters wide. */
export function padded(draw: Draw, below: number, width: number): string {
  return String(draw.below(below)).padStart(width, '0');
}
