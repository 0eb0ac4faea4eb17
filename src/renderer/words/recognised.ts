import { getLocale } from '../../shared/language.ts';
import { m } from '../../shared/messages/messages.js';
import { kinds, kindWord } from './columns.ts';

/** Areas whose messages the engine says in English and the window shows. */
const areas = /^(?:phases|problems|notes)_/;

/** A figure with its English noun, as it stands inside a message: the figure alone is the same in every language. */
const counted = /^([\d,]+) [a-z ]+$/;

const durations: [RegExp, (inputs: { count: number }) => string][] = [
  [/^(\d+) s$/, m.units_seconds],
  [/^(\d+) min$/, m.units_minutes],
  [/^(\d+) h$/, m.units_hours],
  [/^(\d+) days?$/, m.units_days],
];

/** What stands in English inside a message, by the name of its input. Names that people give are none of these. */
const within: Readonly<Record<string, (value: string) => string>> = {
  rows: figureOf,
  fields: figureOf,
  columns: figureOf,
  places: figureOf,
  common: figureOf,
  time: (value) => {
    for (const [pattern, say] of durations) {
      const found = pattern.exec(value);
      if (found) return say({ count: Number(found[1]) });
    }
    return value;
  },
  kind: (value) => kinds.filter((kind) => kind === value).map(kindWord)[0] ?? value,
  encoding: encodingWord,
  first: encodingWord,
  second: encodingWord,
};

function figureOf(value: string): string {
  return counted.exec(value)?.[1] ?? value;
}

function encodingWord(value: string): string {
  const named = [m.parts_encoding_western, m.parts_encoding_chinese].find(
    (encoding) => encoding({}, { locale: 'en' }) === value,
  );
  return named?.() ?? value;
}

interface Pattern {
  /** The English message, its inputs as groups. */
  pattern: RegExp;
  inputs: string[];
  say: (inputs: Record<string, string>) => string;
}

type Message = (inputs: Record<string, unknown>, options?: { locale: 'en' }) => string;

function patternOf(message: Message): Pattern {
  const inputs: string[] = [];
  const names = new Proxy({}, { get: (_, name) => `\u0001${String(name)}\u0001` });
  const parts = message(names, { locale: 'en' }).split('\u0001');
  const source = parts.map((part, place) => {
    if (place % 2 === 0) return part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    inputs.push(part);
    return '([^]+?)';
  });
  return {
    pattern: new RegExp(`^${source.join('')}$`),
    inputs,
    say: (values) => message(values),
  };
}

let patterns: Pattern[] | undefined;

/** Every message of those areas, the longest first: it says most. */
function allPatterns(): Pattern[] {
  const messages: Readonly<Record<string, unknown>> = m;
  const found = Object.entries(messages).flatMap(([key, message]) =>
    areas.test(key) && typeof message === 'function' ? [patternOf(message as Message)] : [],
  );
  return found.sort((a, b) => b.pattern.source.length - a.pattern.source.length);
}

/**
 * What the engine has said, in the language of the window. Phases, problems and notes are made from messages, in
 * English, and so they are stored and written to cards; here the message is found again with its inputs. What comes
 * from nowhere in the catalogue stays as it is.
 */
export function recognised(text: string): string {
  if (getLocale() === 'en') return text;
  patterns ??= allPatterns();
  for (const { pattern, inputs, say } of patterns) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const values = inputs.map((name, place): [string, string] => {
      const value = found[place + 1] ?? '';
      return [name, within[name]?.(value) ?? value];
    });
    return say(Object.fromEntries(values));
  }
  return text;
}
