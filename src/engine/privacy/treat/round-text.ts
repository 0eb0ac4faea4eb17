/** Rounding the numbers of a text: a number, or the pair of numbers of a place. */

/** Signs of the sky before or after a number of degrees. */
const sky = '[NSEWO]';
const closing = '\\s*[)\\]]?\\s*';

/** Two numbers with `mark` before their decimals and `gap` between them, as in `(48.85° N, 2.35° E)` or `POINT(2.35 48.85)`. */
function pairOf(mark: string, gap: string): RegExp {
  const number = `([+-]?\\d{1,3}(?:${mark}\\d+)?)`;
  const after = `\\s*°?\\s*${sky}?`;
  const opening = `\\s*(?:POINT\\s*)?[(\\[]?\\s*(?:${sky}\\s*)?`;
  return new RegExp(
    `^(${opening})${number}(${after}(?:${gap})(?:${sky}\\s*)?)${number}(${after}${closing})$`,
    'i',
  );
}

const single = new RegExp(`^(\\s*)([+-]?\\d+(?:[.,]\\d+)?)(\\s*°?\\s*${sky}?\\s*)$`, 'i');
/** With decimal commas first: `48,85 2,35` would else be whole numbers with commas between them. */
const pairs: readonly { marked: RegExp; mark: ',' | '.' }[] = [
  { marked: pairOf(',', '\\s*[;/|]\\s*|,?\\s+'), mark: ',' },
  { marked: pairOf('\\.', '\\s*[,;/|]\\s*|\\s+'), mark: '.' },
];

/**
 * The text with its numbers rounded to `decimals` places. Undefined where it is anything but one number or two with
 * separators: of degrees, minutes and seconds, or of a geohash, rounding would leave all there is.
 */
export function roundText(text: string, decimals: number): string | undefined {
  const one = single.exec(text);
  if (one) {
    const [, before = '', number = '', after = ''] = one;
    return before + rounded(number, number.includes(',') ? ',' : '.', decimals) + after;
  }
  for (const { marked, mark } of pairs) {
    const [, before, first, between, second, after] = marked.exec(text) ?? [];
    if (before === undefined || first === undefined || second === undefined) continue;
    // “48 51.4” may be degrees and minutes.
    const apart = /[,;/|]/.test(between ?? '');
    if (!apart && !(first.includes(mark) && second.includes(mark))) return undefined;
    return `${before}${rounded(first, mark, decimals)}${between ?? ''}${rounded(second, mark, decimals)}${after ?? ''}`;
  }
  return undefined;
}

function rounded(number: string, mark: ',' | '.', decimals: number): string {
  if (!number.includes(mark)) return number;
  const plain = Number(number.replace(mark, '.')).toFixed(decimals);
  return (Number(plain) === 0 ? plain.replace('-', '') : plain).replace('.', mark);
}
