/**
 * The language of conditions, as written:
 *
 *   condition  = all { "or" all }
 *   all        = one { "and" one }
 *   one        = "not" one | "(" condition ")" | comparison
 *   comparison = column ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
 *              | column [ "not" ] "between" value "and" value
 *              | column [ "not" ] "in" "(" value { "," value } ")"
 *              | column "is" [ "not" ] ( "null" | "missing" )
 *
 * Names and values with blanks or signs in them stand in quotes: the first is a name, the second a value. Key words may
 * be in upper or lower case.
 */
import { partOf } from '../../../shared/errors.ts';
import { TokenReader, type Token } from './tokens.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** A name or value with its place in the text. */
export interface Written {
  readonly text: string;
  readonly at: number;
  readonly quoted: boolean;
}

export type Parsed =
  | { readonly type: 'all'; readonly of: readonly Parsed[] }
  | { readonly type: 'any'; readonly of: readonly Parsed[] }
  | { readonly type: 'not'; readonly of: Parsed }
  | {
      readonly type: 'compare';
      readonly column: Written;
      readonly operator: Operator;
      readonly value: Written;
    }
  | { readonly type: 'between'; readonly column: Written; readonly low: Written; readonly high: Written }
  | { readonly type: 'in'; readonly column: Written; readonly values: readonly Written[] }
  | { readonly type: 'missing'; readonly column: Written };

const operators: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];
const keywords = ['and', 'or', 'not', 'in', 'between', 'is'];
/** Conditions nested deeper than this are no one's; it keeps the reader from running out of stack. */
const deepest = 200;

/** Reads a condition. Throws `condition/invalid`, saying where and what was expected. */
export function parseCondition(source: string): Parsed {
  const reader = new TokenReader(source);
  const parsed = condition(reader, 0);
  reader.requireEnd(partOf('parts_expected_and_or_end', {}));
  return parsed;
}

function condition(reader: TokenReader, depth: number): Parsed {
  if (depth > deepest) throw reader.unexpected(partOf('parts_expected_fewer_brackets', {}));
  const parts = [all(reader, depth)];
  while (reader.takeWord('or')) parts.push(all(reader, depth));
  return parts.length === 1 ? parts[0]! : { type: 'any', of: parts };
}

function all(reader: TokenReader, depth: number): Parsed {
  const parts = [one(reader, depth)];
  while (reader.takeWord('and')) parts.push(one(reader, depth));
  return parts.length === 1 ? parts[0]! : { type: 'all', of: parts };
}

function one(reader: TokenReader, depth: number): Parsed {
  if (depth > deepest) throw reader.unexpected(partOf('parts_expected_fewer_brackets', {}));
  if (reader.takeWord('not')) return { type: 'not', of: one(reader, depth + 1) };
  if (reader.takeSign('(')) {
    const inner = condition(reader, depth + 1);
    reader.requireSign(')');
    return inner;
  }
  return comparison(reader);
}

function comparison(reader: TokenReader): Parsed {
  const column = readName(reader);
  const { token } = reader;
  if (token.type === 'sign' && operators.includes(token.text)) {
    reader.take();
    return { type: 'compare', column, operator: operatorOf(token), value: readValue(reader) };
  }
  if (reader.takeWord('is')) {
    const negated = reader.takeWord('not');
    if (!reader.takeWord('null')) {
      if (!reader.takeWord('missing')) throw reader.unexpected(partOf('parts_expected_null', {}));
    }
    const missing: Parsed = { type: 'missing', column };
    return negated ? { type: 'not', of: missing } : missing;
  }
  const negated = reader.takeWord('not');
  const wanted = negated
    ? partOf('parts_expected_in_or_between', {})
    : partOf('parts_expected_comparison', {});
  let inner: Parsed;
  if (reader.takeWord('between')) {
    const low = readValue(reader);
    reader.requireWord('and');
    inner = { type: 'between', column, low, high: readValue(reader) };
  } else if (reader.takeWord('in')) inner = { type: 'in', column, values: readList(reader) };
  else throw reader.unexpected(wanted);
  return negated ? { type: 'not', of: inner } : inner;
}

function operatorOf({ text }: Token): Operator {
  const found = (['=', '!=', '<', '<=', '>', '>='] as const).find((each) => each === text);
  if (!found) throw new TypeError('That is no comparison.');
  return found;
}

/** A column's name. */
export function readName(reader: TokenReader): Written {
  const { token } = reader;
  const name = token.type === 'quoted' || (token.type === 'word' && !isKeyword(token.text));
  if (!name) throw reader.unexpected(partOf('parts_expected_column', {}));
  reader.take();
  return { text: token.text, at: token.at, quoted: token.type === 'quoted' };
}

function readValue(reader: TokenReader): Written {
  const { token } = reader;
  const value = token.type === 'quoted' || (token.type === 'word' && !isKeyword(token.text));
  if (!value) throw reader.unexpected(partOf('parts_expected_value', {}));
  reader.take();
  return { text: token.text, at: token.at, quoted: token.type === 'quoted' };
}

/** Values between brackets, separated by commas. */
export function readList(reader: TokenReader): Written[] {
  reader.requireSign('(');
  const values = [readValue(reader)];
  while (reader.takeSign(',')) values.push(readValue(reader));
  reader.requireSign(')');
  return values;
}

function isKeyword(text: string): boolean {
  return keywords.includes(text.toLowerCase());
}
