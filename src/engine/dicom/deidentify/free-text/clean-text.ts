/** Cleaning of free text: what is known to be safe stays, all else goes (PS3.15 section E.3.4). */
import { gap } from './gap.ts';
import { namesIn } from './names-in-text.ts';
import { type WordClass } from './vocabulary.ts';

/** Stands where something was taken out. */
export const removedMark = '[removed]';

/** What is known of the people and things of a study; all in lower case. */
export interface KnownIdentities {
  /** Single words of names: patient, physicians, operators, institution, places. */
  readonly words: ReadonlySet<string>;
  /** Whole identifiers. */
  readonly identifiers: readonly string[];
}

export interface CleanedText {
  readonly text: string;
  /** How many pieces were taken out. */
  readonly removed: number;
  /** Words that stayed, for a person to look over. */
  readonly kept: readonly string[];
}

const months = 'jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec';
/** Addresses of mail and web; dates; anything with five digits or more, phone numbers and identifiers among them. */
const patterns: readonly RegExp[] = [
  /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu,
  /\b(?:https?:\/\/|www\.)\S+/giu,
  /\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b/gu,
  new RegExp(`\\b\\d{1,2}(?:st|nd|rd|th)?[ .-]*(?:${months})[a-z]*[ .,-]*(?:\\d{4}|\\d{2})?\\b`, 'giu'),
  new RegExp(`\\b(?:${months})[a-z]*[ .-]+\\d{1,2}(?:st|nd|rd|th)?(?:[ ,.-]+\\d{2,4})?\\b`, 'giu'),
  /[+(]?\d[\d ()/.-]{5,}\d/gu,
  /[\p{L}\p{N}]*\d[\p{L}\p{N}]*[-_/]?\d{4,}[\p{L}\p{N}]*/gu,
];

/**
 * @param most characters that the VR takes; where marks do not fit, they are left out, and then the text is cut.
 */
export function cleanText(text: string, known: KnownIdentities, most = Infinity): CleanedText {
  let rest = text.replaceAll(gap, ' ');
  for (const identifier of known.identifiers)
    if (identifier.length >= 3) rest = rest.replaceAll(new RegExp(escaped(identifier), 'giu'), gap);
  for (const pattern of patterns)
    rest = rest.replaceAll(pattern, (found) => (isMeasure(found) ? found : gap));
  for (const { start, end } of [...namesIn(rest, (word, of) => isUnsafe(word, of, known))].reverse())
    rest = rest.slice(0, start) + gap + rest.slice(end);
  const kept = new Set(rest.match(/[\p{L}\p{M}\p{N}]+/gu));
  const removed = rest.split(gap).length - 1;
  const joined = rest.replaceAll(new RegExp(`${gap}(?:[\\s'’.,^=_-]*${gap})*`, 'g'), gap);
  const marked = joined.replaceAll(gap, removedMark);
  const fitting = marked.length <= most ? marked : joined.replaceAll(gap, '').replaceAll(/ {2,}/g, ' ');
  return { text: cut(fitting.trim(), most), removed, kept: [...kept] };
}

/** Ratios and spacings such as 0.9/1.2/5 or 1-2-3 cannot be told from dates and go; plain decimals stay. */
function isMeasure(text: string): boolean {
  return /^\d{1,4}\.\d{1,4}$/.test(text);
}

function isUnsafe(word: string, of: WordClass, known: KnownIdentities): boolean {
  if (known.words.has(word.toLowerCase())) return true;
  if (/^\d{1,4}$/.test(word)) return /^(?:19|20)\d\d$/.test(word);
  return of === undefined;
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).replace(/\s+\S*$/, '');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
