import { deviceInWords } from './device-words.ts';
import { deviceNames } from './device-names.ts';
import { kindWords } from './kind-words.ts';
import { getLocale, type Locale } from './language.ts';
import { m } from './messages/messages.js';

/** Areas whose messages the engine says in English and the window shows. */
const areas = /^(?:phases|problems|notes)_/;

/** A figure with its English noun, as it stands inside a message: the figure alone is the same in every language. */
const counted = /^([\d,]+) [a-z ]+$/;

interface Say {
  locale: Locale;
}

const durations: [RegExp, (inputs: { count: number }, say: Say) => string][] = [
  [/^(\d+) s$/, m.units_seconds],
  [/^(\d+) min$/, m.units_minutes],
  [/^(\d+) h$/, m.units_hours],
  [/^(\d+) days?$/, m.units_days],
];

const kinds: Readonly<Record<string, ((inputs: object, say: Say) => string) | undefined>> = kindWords;

/** What stands in English inside a message, by the name of its input. Names that people give are none of these. */
const within: Readonly<Record<string, (value: string, say: Say) => string>> = {
  rows: figureOf,
  fields: figureOf,
  columns: figureOf,
  places: figureOf,
  common: figureOf,
  time: (value, say) => {
    for (const [pattern, duration] of durations) {
      const found = pattern.exec(value);
      if (found) return duration({ count: Number(found[1]) }, say);
    }
    return value;
  },
  device: (value, { locale }) => {
    const name = deviceNames.find((device) => deviceInWords(device, 'en') === value);
    return name === undefined ? value : deviceInWords(name, locale);
  },
  kind: (value, say) => kinds[value]?.({}, say) ?? value,
  encoding: encodingWord,
  first: encodingWord,
  second: encodingWord,
};

function figureOf(value: string): string {
  return counted.exec(value)?.[1] ?? value;
}

function encodingWord(value: string, say: Say): string {
  const named = [m.parts_encoding_western, m.parts_encoding_chinese].find(
    (encoding) => encoding({}, { locale: 'en' }) === value,
  );
  return named?.({}, say) ?? value;
}

interface Pattern {
  /** The English message, its inputs as groups. */
  pattern: RegExp;
  inputs: string[];
  say: (inputs: Record<string, string>, locale: Locale) => string;
}

type Message = (inputs: Record<string, unknown>, options?: { locale: Locale }) => string;

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
    say: (values, locale) => message(values, { locale }),
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
 * What the engine has said, in the language of the window or another. Phases, problems and notes are made from messages, in
 * English, and so they are stored and written to cards; here the message is found again with its inputs. What comes
 * from nowhere in the catalogue stays as it is.
 */
export function recognised(text: string, locale: Locale = getLocale()): string {
  if (locale === 'en') return text;
  patterns ??= allPatterns();
  for (const { pattern, inputs, say } of patterns) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const values = inputs.map((name, place): [string, string] => {
      const value = found[place + 1] ?? '';
      return [name, within[name]?.(value, { locale }) ?? value];
    });
    return say(Object.fromEntries(values), locale);
  }
  return text;
}
