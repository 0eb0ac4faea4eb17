/**
 * Fresh identifiers in the shape of the source's own. The shape holds no value: literal characters are kept only
 * where every value of the column begins with them and there are at least five, and never digits.
 */
import type { ColumnFacts } from './column-facts.ts';
import type { ColumnSchema } from './schema.ts';

type Description = Pick<ColumnSchema, 'pattern' | 'identifier'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The values number the rows: 1, 2, 3 … or from 0. Such numbers are made anew from the same start. */
export function areRowNumbers(facts: ColumnFacts): boolean {
  return areConsecutive(facts) && (facts.numbers?.min === 0 || facts.numbers?.min === 1);
}

function areConsecutive({ numbers, values, distinct }: ColumnFacts): boolean {
  return (
    numbers?.whole === values &&
    numbers.leadingZeros === 0 &&
    numbers.min >= 0 &&
    numbers.max <= Number.MAX_SAFE_INTEGER / 10 &&
    numbers.max - numbers.min + 1 === values &&
    distinct === values
  );
}

/**
 * How the identifiers of a column look, such that none that is made occurs in the source (but row numbers): they begin
 * with a character that places them before or behind all of the source's, or are longer than all of them.
 * @param rows rows of the table
 */
export function describeIdentifiers(facts: ColumnFacts, rows: number): Description {
  const nulls = rows === 0 ? 0 : 1 - facts.values / rows;
  const { numbers, sample } = facts;
  if (sample.length > 0 && sample.every((value) => uuid.test(value))) {
    const upperCase = sample.some((value) => /[A-F]/.test(value));
    return { identifier: { type: 'uuid', upperCase, version: unusedVersion(sample), nulls } };
  }
  if (numbers && areRowNumbers(facts)) return { identifier: { type: 'sequence', start: numbers.min, nulls } };
  // One digit more than all of the source's.
  if (numbers && areConsecutive(facts))
    return { identifier: { type: 'sequence', start: 10 ** String(numbers.max).length, nulls } };
  const whole = numbers?.whole === facts.values && numbers.leadingZeros === 0 && numbers.min >= 0;
  if (numbers && whole && facts.values > 0) return shapeOfNumbers(numbers.max, nulls);
  return shapeOf(facts, nulls);
}

/** Version 8 of RFC 9562 is free for any use; 4 (random) where the source uses that already. */
function unusedVersion(sample: readonly string[]): 4 | 8 {
  return sample.some((value) => value.charAt(14) === '8') ? 4 : 8;
}

/** As many digits as the largest, beginning with a greater one; one more where it begins with 9. */
function shapeOfNumbers(max: number, nulls: number): Description {
  // Beyond 2^53 several numbers are one double: step over all of them.
  const top = BigInt(max) + (Number.isSafeInteger(max) ? 0n : BigInt(Math.ceil(max * Number.EPSILON)));
  const text = String(top);
  const first = digits.slice(Number(text.charAt(0)) + 1);
  const more = '9'.repeat(first === '' ? text.length : text.length - 1);
  return { pattern: `1${more}`, identifier: { type: 'pattern', ...(first === '' ? {} : { first }), nulls } };
}

/** A beginning that fewer values share may be the name of one person or family. */
const fewestAlike = 5;

/** The pattern of text identifiers (see `ColumnSchema.pattern`). */
function shapeOf(facts: ColumnFacts, nulls: number): Description {
  const prefix =
    facts.distinct >= fewestAlike ? commonPrefix(facts.first, facts.last).replace(/\d.*$/s, '') : '';
  const rest = facts.sample.map((value) => value.slice(prefix.length));
  const longest = rest.reduce((best, value) => (value.length > best.length ? value : best), '');
  const aligned = rest.filter((value) => value.length === longest.length);
  let pattern = escapeLiteral(prefix);
  let length = [...prefix].length;
  let first = '';
  for (let at = 0; at < longest.length && at < 64; at++) {
    const place = classOf(new Set(aligned.map((value) => value.charAt(at))));
    if (at === 0) first = outside(alphabets[place] ?? '', prefix, facts);
    pattern += place;
    length++;
  }
  if (first !== '') return { pattern, identifier: { type: 'pattern', first, nulls } };
  // Every beginning is taken: longer than all there are.
  const missing = Math.max(length === 0 ? 10 : 0, facts.maxLength + 1 - length);
  return { pattern: pattern + '9'.repeat(missing), identifier: { type: 'pattern', nulls } };
}

/** The characters that, after the prefix, come before or behind those of all values; these lie between two. */
function outside(alphabet: string, prefix: string, { first, last }: ColumnFacts): string {
  const least = first.charAt(prefix.length);
  const greatest = last.charAt(prefix.length);
  return [...alphabet].filter((character) => character < least || character > greatest).join('');
}

/** The common prefix of the smallest and the largest value is that of all values. */
function commonPrefix(first: string, last: string): string {
  const [left, right] = [[...first], [...last]];
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return left.slice(0, length).join('');
}

function classOf(seen: ReadonlySet<string>): string {
  const any = (expression: RegExp): boolean => [...seen].some((character) => expression.test(character));
  const digit = any(/\d/);
  const upper = any(/[A-Z]/);
  const lower = any(/[a-z]/);
  if (!digit && !upper && !lower) {
    const [only] = seen;
    return seen.size === 1 && only !== undefined && /^[-_./:#@ +]$/.test(only) ? only : 'a';
  }
  if (digit && !upper && !lower) return '9';
  if (upper && !lower) return digit ? 'X' : 'A';
  if (lower && !upper) return digit ? 'x' : 'a';
  return '*';
}

function escapeLiteral(text: string): string {
  return text.replace(/[91AaXx*\\]/g, '\\$&');
}

const digits = '0123456789';
const upperCase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lowerCase = upperCase.toLowerCase();
const alphabets: Record<string, string> = {
  '9': digits,
  '1': digits.slice(1),
  A: upperCase,
  a: lowerCase,
  X: digits + upperCase,
  x: digits + lowerCase,
  '*': digits + upperCase + lowerCase,
};

/** Makes identifiers one after the other: `next(row)`, rows counted from 0; null where the source has none. */
export interface IdentifierMaker {
  next(row: number): string | null;
}

/**
 * Identifiers that never come twice within `rows` rows, the same for the same seed. The n-th is (a·n + b) mod C
 * written in the pattern's alphabet, with a prime to C, which runs through all C before one comes again. Where the
 * pattern has too few for `rows`, it is made longer.
 */
export function identifierMaker(column: ColumnSchema, seed: number): IdentifierMaker {
  const settings: NonNullable<ColumnSchema['identifier']> = column.identifier ?? {
    type: 'sequence',
    start: 1,
    nulls: 0,
  };
  const isNull = nullDraw(settings.nulls, seed, column.name);
  if (settings.type === 'sequence') {
    const start = settings.start ?? 1;
    return { next: (row) => (isNull(row) ? null : String(start + row)) };
  }
  if (settings.type === 'uuid') {
    const make = uuidMaker(seed, column.name, settings);
    return { next: (row) => (isNull(row) ? null : make(row)) };
  }
  const make = patternMaker(column.pattern ?? '1999999999', settings.first, seed, column.name);
  return { next: (row) => (isNull(row) ? null : make(row)) };
}

/** Keeps row·step sums exact in double precision. */
const greatestCapacity = 2 ** 52;

function patternMaker(
  pattern: string,
  first: string | undefined,
  seed: number,
  name: string,
): (row: number) => string {
  const parts: (string | { alphabet: string; active: boolean })[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const alphabet = alphabets[character];
    if (character === '\\') parts.push(pattern.charAt(++at));
    else parts.push(alphabet === undefined ? character : { alphabet, active: false });
  }
  const leading = parts.find((part) => typeof part !== 'string');
  if (first !== undefined && typeof leading === 'object') leading.alphabet = first;
  // The last positions carry the number; those before them, which it does not need, are drawn at random.
  let capacity = 1;
  for (const part of parts.toReversed()) {
    if (typeof part === 'string' || capacity * part.alphabet.length > greatestCapacity) continue;
    part.active = true;
    capacity *= part.alphabet.length;
  }
  const walk = permutation(capacity, seed, name);
  const random = hash32(seed, `${name}/fill`);
  const numeric = /^1?9*$/.test(pattern);
  return (row) => {
    const lap = Math.floor(row / capacity);
    let number = walk(row % capacity);
    let text = '';
    let draw = mix(random + row);
    for (let at = parts.length - 1; at >= 0; at--) {
      const part = parts[at]!;
      if (typeof part === 'string') text = part + text;
      else if (part.active) {
        const size = part.alphabet.length;
        text = part.alphabet.charAt(number % size) + text;
        number = Math.floor(number / size);
      } else {
        draw = mix(draw);
        text = part.alphabet.charAt(draw % part.alphabet.length) + text;
      }
    }
    if (lap === 0) return text;
    // More rows than the pattern can number. Texts of one lap are equally long, so none comes twice.
    return numeric ? `${text}${lap}` : `${text}-${lap}`;
  };
}

function uuidMaker(
  seed: number,
  name: string,
  { version = 4, upperCase: upper = false }: NonNullable<ColumnSchema['identifier']>,
): (row: number) => string {
  const walk = permutation(2 ** 48, seed, name);
  const random = hash32(seed, `${name}/uuid`);
  return (row) => {
    const unique = walk(row).toString(16).padStart(12, '0');
    const first = mix(random ^ row);
    const second = mix(first + row + 1);
    const third = (first & 0xfff).toString(16).padStart(3, '0');
    const variant = (8 + (second & 3)).toString(16);
    const fourth = ((second >>> 2) & 0xfff).toString(16).padStart(3, '0');
    const tail =
      mix(second).toString(16).padStart(8, '0') + ((first >>> 12) & 0xffff).toString(16).padStart(4, '0');
    // RFC 9562: 48 of its bits are a permutation of the row number.
    const text = `${unique.slice(0, 8)}-${unique.slice(8)}-${version}${third}-${variant}${fourth}-${tail}`;
    return upper ? text.toUpperCase() : text;
  };
}

/** A full-period walk through 0 … capacity − 1 in big steps; exact while capacity ≤ 2^52. */
function permutation(capacity: number, seed: number, name: string): (row: number) => number {
  const offset = hash32(seed, name) % capacity;
  let step = Math.max(1, Math.floor(capacity * 0.6180339887498949) + (hash32(seed, `${name}/step`) % 1009));
  step %= capacity;
  if (step === 0) step = 1;
  while (greatestDivisor(step, capacity) !== 1) step = (step + 1) % capacity || 1;
  let lastRow = 0;
  let last = offset;
  return (row) => {
    if (row === lastRow + 1) last = (last + step) % capacity;
    else last = Number((BigInt(step) * BigInt(row) + BigInt(offset)) % BigInt(capacity));
    lastRow = row;
    return last;
  };
}

function greatestDivisor(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

function nullDraw(share: number, seed: number, name: string): (row: number) => boolean {
  if (share <= 0) return () => false;
  const random = hash32(seed, `${name}/null`);
  return (row) => mix(random + Math.imul(row, 0x9e3779b1)) / 2 ** 32 < share;
}

/** FNV-1a over the seed and a name. */
function hash32(seed: number, text: string): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return mix(hash);
}

/** Finaliser of MurmurHash3. */
function mix(value: number): number {
  let hash = value >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
