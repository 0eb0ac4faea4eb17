import { AppError, partOf, type ErrorPart } from '../../../shared/errors.ts';

/** A piece of a condition or rule. `at` counts characters from 0. */
export interface Token {
  readonly type: 'word' | 'quoted' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const signs = ['<=', '>=', '!=', '<>', '==', '<', '>', '=', '(', ')', ',', '*', '/', '≤', '≥', '≠'];
const quotes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '`': '`', '“': '”', '„': '“' };
const same: Readonly<Record<string, string>> = { '==': '=', '<>': '!=', '≤': '<=', '≥': '>=', '≠': '!=' };

/**
 * Cuts an expression into words, quoted texts and signs. A quotation mark inside its own quotes is written twice. Words
 * reach to the next blank, quotation mark or sign, so that `2020-01-31` and `education-num` are one each.
 * Throws `condition/invalid` for a quotation that does not end.
 */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const character = source.charAt(at);
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    const close = quotes[character];
    const sign = signs.find((each) => source.startsWith(each, at));
    if (close !== undefined) {
      const { text, end } = quotation(source, at, close);
      tokens.push({ type: 'quoted', text, at });
      at = end;
    } else if (sign !== undefined) {
      tokens.push({ type: 'sign', text: same[sign] ?? sign, at });
      at += sign.length;
    } else {
      const start = at;
      while (at < source.length && !/\s/.test(source.charAt(at)) && !isBoundary(source, at)) at++;
      tokens.push({ type: 'word', text: source.slice(start, at), at: start });
    }
  }
  tokens.push({ type: 'end', text: '', at: source.length });
  return tokens;
}

function isBoundary(source: string, at: number): boolean {
  if (quotes[source.charAt(at)] !== undefined && source.charAt(at) !== "'") return true;
  return signs.some((sign) => source.startsWith(sign, at));
}

function quotation(source: string, start: number, close: string): { text: string; end: number } {
  let text = '';
  for (let at = start + 1; at < source.length; at++) {
    if (source.charAt(at) !== close) text += source.charAt(at);
    else if (source.charAt(at + 1) === close) {
      text += close;
      at++;
    } else return { text, end: at + 1 };
  }
  throw AppError.of('condition/invalid', 'condition_quotation', { at: start + 1, close });
}

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(source: string) {
    this.#tokens = tokensOf(source);
  }

  get token(): Token {
    return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)]!;
  }

  /** The token after the present one. */
  get following(): Token {
    return this.#tokens[Math.min(this.#next + 1, this.#tokens.length - 1)]!;
  }

  get atEnd(): boolean {
    return this.token.type === 'end';
  }

  get position(): number {
    return this.#next;
  }

  set position(next: number) {
    this.#next = next;
  }

  take(): Token {
    const token = this.token;
    this.#next++;
    return token;
  }

  isSign(...wanted: readonly string[]): boolean {
    return this.token.type === 'sign' && wanted.includes(this.token.text);
  }

  isWord(...wanted: readonly string[]): boolean {
    return this.token.type === 'word' && wanted.includes(this.token.text.toLowerCase());
  }

  /** Takes the sign if it is next. */
  takeSign(wanted: string): boolean {
    if (!this.isSign(wanted)) return false;
    this.take();
    return true;
  }

  takeWord(wanted: string): boolean {
    if (!this.isWord(wanted)) return false;
    this.take();
    return true;
  }

  /** Throws `condition/invalid` unless the sign is next. */
  requireSign(wanted: string): void {
    if (!this.takeSign(wanted)) throw this.unexpected(partOf('parts_expected_sign', { sign: wanted }));
  }

  requireWord(wanted: string): void {
    if (!this.takeWord(wanted)) throw this.unexpected(partOf('parts_expected_sign', { sign: wanted }));
  }

  requireEnd(expected: ErrorPart): void {
    if (this.token.type !== 'end') throw this.unexpected(expected);
  }

  /** The error of a place where something else was expected: which character, and what stands there. */
  unexpected(expected: ErrorPart): AppError {
    const { type, text, at } = this.token;
    return type === 'end'
      ? AppError.of('condition/invalid', 'condition_ends', { at: at + 1, expected })
      : AppError.of('condition/invalid', 'condition_stands', { at: at + 1, text, expected });
  }
}
