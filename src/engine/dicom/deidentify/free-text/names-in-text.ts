/** Which words of a text are names, though some of them are words as well: by titles, initials, case and neighbours. */
import { gap } from './gap.ts';
import { classOf, isAlsoName, isParticle, type WordClass } from './vocabulary.ts';

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly of: WordClass;
  removed: boolean;
}

const title =
  /(?<!\p{L})(?:(?:Dr|DR|Mr|MR|Mrs|MRS|Ms|Prof|PROF|Fr|Hr|Sr|Sra|Sig|Dott|Mme)\.|Dr|Mr|Mrs|Ms|Miss|Prof|Professor|Doctor|Nurse|Herr|Frau|Mme|Mlle|Señora?|Signora?)[\s.]+$/u;
/** The full stop of an initial ends no sentence; after something taken out one may begin. */
const beginning = new RegExp(String.raw`(?:^|(?<!(?<!\p{L})\p{Lu})[.!?:;\n–—-]\s*|${gap}\s*[,.;]?\s*)$`, 'u');
const isCapital = (text: string) => /^\p{Lu}/u.test(text);
const isShouted = (text: string) => text.length > 1 && /^\p{Lu}+$/u.test(text);
const isLetters = (text: string) => /^[\p{L}\p{M}]+$/u.test(text);
/** Short words such as “An” and “Pap” are names of many people, wherever there is a name beside them. */
const short = 3;

/**
 * @param isRemoved Whether a word goes whatever stands around it.
 * @returns Where the words to take out stand.
 */
export function namesIn(text: string, isRemoved: (word: string, of: WordClass) => boolean): readonly Token[] {
  const tokens = [...text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(({ 0: word, index }): Token => {
    const of = classOf(word);
    return { text: word, start: index, end: index + word.length, of, removed: isRemoved(word, of) };
  });
  for (const [i, token] of tokens.entries()) {
    if (followsTitle(text, token)) removeTitled(text, tokens, i);
    else if (token.of === 'ambiguous' && isWrittenAsName(text, token)) token.removed = true;
  }
  // Each name may make a name of the word beside it: forwards, then backwards.
  for (const order of [tokens.keys(), [...tokens.keys()].reverse()])
    for (const i of order) {
      const token = tokens[i];
      if (token && !token.removed && isBesideName(text, tokens, i)) token.removed = true;
    }
  return tokens.filter(({ removed }) => removed);
}

function followsTitle(text: string, { start, text: word, of }: Token): boolean {
  return (isCapital(word) || of === 'ambiguous') && title.test(text.slice(Math.max(0, start - 12), start));
}

/** What follows a title is a name, and so are capitals after that which are no terms. */
function removeTitled(text: string, tokens: readonly Token[], first: number): void {
  for (let i = first; i < first + 3; i++) {
    const [token, before] = [tokens[i], tokens[i - 1]];
    if (!token) return;
    const goesOn =
      isCapital(token.text) && token.of !== 'term' && before !== undefined && isJoined(text, before, token);
    if (i > first && !goesOn) return;
    token.removed = true;
  }
}

/** A capital within a sentence; in shouted text all are names, since nothing tells. */
function isWrittenAsName(text: string, { text: word, start }: Token): boolean {
  if (isShouted(word)) return true;
  return isCapital(word) && !beginning.test(text.slice(0, start));
}

function isBesideName(text: string, tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  if (!token || !isLetters(token.text)) return false;
  return [-1, 1].some((step) => {
    const { other, between } = neighbour(text, tokens, i, step);
    if (!other || !couldBeName(text, token, between)) return false;
    if (other.text.length === 1) return token.of !== 'term' && isCapital(other.text) && isCapital(token.text);
    // Of “Le gall” and the like the second part may be small.
    const isAlike = isCapital(other.text) === isCapital(token.text) || /\p{L}/u.test(between);
    return other.removed && isLetters(other.text) && isAlike;
  });
}

/** @param between What stands between the word and a name. */
function couldBeName(text: string, token: Token, between: string): boolean {
  if (token.of === 'ambiguous') return true;
  if (!isCapital(token.text)) return false;
  const isWritten = !isShouted(token.text) && isWrittenAsName(text, token);
  if (token.of !== 'term') return isWritten || token.text.length <= short;
  return isWritten && isAlsoName(token.text) && (token.text.length <= short || /[\^_]/.test(between));
}

/** The next word in one direction that is joined to this one; “van der” and the like are passed over. */
function neighbour(text: string, tokens: readonly Token[], from: number, step: number) {
  const start = tokens[from];
  for (let i = from + step; ; i += step) {
    const [near, far] = [tokens[i - step], tokens[i]];
    if (!start || !near || !far) break;
    if (!(step > 0 ? isJoined(text, near, far) : isJoined(text, far, near))) break;
    const between = step > 0 ? text.slice(start.end, far.start) : text.slice(far.end, start.start);
    if (!isParticle(far.text)) return { other: far, between };
  }
  return { other: undefined, between: '' };
}

/** Whether two words stand as parts of a name do. */
function isJoined(text: string, before: Token, after: Token): boolean {
  return /^(?:[ ^_'’.-]|, ?|\. )$/u.test(text.slice(before.end, after.start));
}
