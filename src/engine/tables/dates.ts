/**
 * Dates and times as sources write them: strftime patterns, found from the values, read and written.
 *
 * Known fields: %Y %y %m %-m %d %-d %b %B %H %-H %I %-I %M %S %p, %g (milliseconds), %f (microseconds), %.f (a point
 * and as many digits as there are, or nothing) and %z. As in POSIX, %y below 69 is 20xx. Values are milliseconds
 * since 1970-01-01 UTC; a time of day alone lies on that day. A zone that is the same in every value is part of
 * the pattern as literal text, and the local time is kept; zones that differ are read as instants and written
 * as told, or as +00:00.
 */
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const; // prettier-ignore
const shortMonths = months.map((month) => month.slice(0, 3));
const tokenPattern = /%(?:-[mdHI]|\.f|[YymdbBHIMSpgfz])/g;

const expressions: Record<string, string> = {
  '%Y': '(?<Y>\\d{4})',
  '%y': '(?<y>\\d{2})',
  '%m': '(?<m>0[1-9]|1[0-2])',
  '%-m': '(?<m>[1-9]|1[0-2])',
  '%d': '(?<d>0[1-9]|[12]\\d|3[01])',
  '%-d': '(?<d>[1-9]|[12]\\d|3[01])',
  '%b': `(?<b>${shortMonths.join('|')})`,
  '%B': `(?<B>${months.join('|')})`,
  '%H': '(?<H>[01]\\d|2[0-3])',
  '%-H': '(?<H>\\d|1\\d|2[0-3])',
  '%I': '(?<I>0[1-9]|1[0-2])',
  '%-I': '(?<I>[1-9]|1[0-2])',
  '%M': '(?<M>[0-5]\\d)',
  '%S': '(?<S>[0-5]\\d)',
  '%p': '(?<p>AM|PM)',
  '%g': '(?<f>\\d{3})',
  '%f': '(?<f>\\d{6})',
  '%.f': '(?:\\.(?<f>\\d{1,6}))?',
  '%z': '(?<z>Z|[+-]\\d\\d(?::?\\d\\d)?)',
};

const parsers = new Map<string, (text: string) => number>();
/** Patterns met; those with a zone or other text in them come from a table and are not kept for ever. */
const mostParsers = 5000;

/** Reads one value; NaN where it does not fit the pattern exactly or is no date. */
export function dateParser(format: string): (text: string) => number {
  let parser = parsers.get(format);
  if (parser === undefined) {
    parser = makeParser(format);
    if (parsers.size >= mostParsers) parsers.clear();
    parsers.set(format, parser);
  }
  return parser;
}

function makeParser(format: string): (text: string) => number {
  let source = '';
  let last = 0;
  for (const match of format.matchAll(tokenPattern)) {
    source += escapeExpression(format.slice(last, match.index)) + (expressions[match[0]] ?? '');
    last = match.index + match[0].length;
  }
  const expression = new RegExp(`^${source}${escapeExpression(format.slice(last))}$`);
  return (text) => {
    const found = expression.exec(text)?.groups;
    return found ? instant(found) : NaN;
  };
}

function escapeExpression(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

function instant(found: Partial<Record<string, string>>): number {
  const number = (key: string): number => Number(found[key] ?? 0);
  const timeOnly = found.Y === undefined && found.y === undefined;
  const short = number('y');
  const year = timeOnly
    ? 1970
    : found.Y !== undefined
      ? number('Y')
      : short < 69
        ? 2000 + short
        : 1900 + short;
  const month = found.b
    ? shortMonths.indexOf(found.b)
    : found.B
      ? months.findIndex((name) => name === found.B)
      : found.m !== undefined
        ? number('m') - 1
        : 0;
  const day = found.d === undefined ? 1 : number('d');
  const hour = found.I !== undefined ? (number('I') % 12) + (found.p === 'PM' ? 12 : 0) : number('H');
  const whole = Date.UTC(2000, month, day, hour, number('M'), number('S'));
  const date = new Date(whole);
  date.setUTCFullYear(year, month, day);
  if (date.getUTCDate() !== day) return NaN; // 31 February
  const fraction = found.f === undefined ? 0 : Number(found.f.padEnd(6, '0')) / 1000;
  return date.getTime() + fraction - zoneOffset(found.z);
}

function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  zone: string;
}

/** How %z is written: minutes east of UTC at a moment, and their spelling. */
export interface ZoneWriter {
  offset: (milliseconds: number) => number;
  text: (minutes: number) => string;
}

const two = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

const writers: Record<string, (moment: Moment) => string> = {
  '%Y': ({ year }) => String(year).padStart(4, '0'),
  '%y': ({ year }) => two[((year % 100) + 100) % 100]!,
  '%m': ({ month }) => two[month]!,
  '%-m': ({ month }) => String(month),
  '%d': ({ day }) => two[day]!,
  '%-d': ({ day }) => String(day),
  '%b': ({ month }) => shortMonths[month - 1]!,
  '%B': ({ month }) => months[month - 1]!,
  '%H': ({ hour }) => two[hour]!,
  '%-H': ({ hour }) => String(hour),
  '%I': ({ hour }) => two[hour % 12 || 12]!,
  '%-I': ({ hour }) => String(hour % 12 || 12),
  '%M': ({ minute }) => two[minute]!,
  '%S': ({ second }) => two[second]!,
  '%p': ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  '%g': ({ microsecond }) => String(Math.floor(microsecond / 1000)).padStart(3, '0'),
  '%f': ({ microsecond }) => String(microsecond).padStart(6, '0'),
  '%.f': ({ microsecond }) =>
    microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0').replace(/0+$/, '')}`,
  '%z': ({ zone }) => zone,
};

const dayMilliseconds = 86_400_000;

/** Smallest unit a pattern writes, in milliseconds: values are cut down to it, never rounded up into the next. */
export function dateUnit(format: string): number {
  if (/%(f|\.f)/.test(format)) return 0.001;
  if (format.includes('%g')) return 1;
  if (format.includes('%S')) return 1000;
  if (format.includes('%M')) return 60_000;
  return dayMilliseconds;
}

/** Writes one value. Years outside 1 to 9999 are brought to the nearest of them. */
export function dateFormatter(format: string, zone?: ZoneWriter): (milliseconds: number) => string {
  const parts: (string | ((moment: Moment) => string))[] = [];
  let last = 0;
  for (const match of format.matchAll(tokenPattern)) {
    if (match.index > last) parts.push(format.slice(last, match.index));
    const writer = writers[match[0]];
    if (writer) parts.push(writer);
    last = match.index + match[0].length;
  }
  if (last < format.length) parts.push(format.slice(last));
  const clock = { hour: 0, minute: 0, second: 0, microsecond: 0, zone: '+00:00' };
  const moment: Moment = { year: 1970, month: 1, day: 1, ...clock };
  return (milliseconds) => {
    const offset = zone?.offset(milliseconds) ?? 0;
    setMoment(moment, milliseconds + offset * 60_000);
    if (zone) moment.zone = zone.text(offset);
    let text = '';
    for (const part of parts) text += typeof part === 'string' ? part : part(moment);
    return text;
  };
}

/** First and last moment of the years 1 to 9999. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_799_999;

function setMoment(moment: Moment, milliseconds: number): void {
  const clamped = Math.min(latest, Math.max(earliest, milliseconds));
  // Microseconds of far years exceed what a double counts exactly: whole milliseconds go apart.
  let whole = Math.floor(clamped);
  let micro = Math.round((clamped - whole) * 1000);
  if (micro === 1000) {
    whole++;
    micro = 0;
  }
  const day = Math.floor(whole / dayMilliseconds);
  const time = whole - day * dayMilliseconds;
  const seconds = Math.floor(time / 1000);
  moment.microsecond = (time - seconds * 1000) * 1000 + micro;
  moment.second = seconds % 60;
  moment.minute = Math.floor(seconds / 60) % 60;
  moment.hour = Math.floor(seconds / 3600);
  // Civil date from days: H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const dayOfYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  moment.day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  moment.month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  moment.year = yearOfEra + era * 400 + (moment.month <= 2 ? 1 : 0);
}

const dayFormats = [
  '%Y-%m-%d', '%Y/%m/%d', '%Y.%m.%d', '%d.%m.%Y', '%-d.%-m.%Y', '%d.%m.%y', '%-d.%-m.%y',
  '%m/%d/%Y', '%d/%m/%Y', '%-m/%-d/%Y', '%-d/%-m/%Y', '%m/%d/%y', '%d/%m/%y', '%-m/%-d/%y', '%-d/%-m/%y',
  '%d-%m-%Y', '%m-%d-%Y', '%d-%b-%Y', '%d-%b-%y', '%d %b %Y', '%-d %b %Y', '%-d %B %Y', '%d %B %Y',
  '%b %d, %Y', '%b %-d, %Y', '%B %d, %Y', '%B %-d, %Y', '%b %d %Y', '%Y%m%d', '%Y-%m',
]; // prettier-ignore
const clockFormats = [
  '%H:%M:%S', '%H:%M', '%H:%M:%S.%g', '%H:%M:%S.%f', '%H:%M:%S%.f', '%-H:%M', '%-H:%M:%S',
  '%I:%M %p', '%-I:%M %p', '%I:%M:%S %p', '%-I:%M:%S %p',
]; // prettier-ignore

/** Every pattern that is looked for, the likelier ones first. */
const knownFormats: readonly string[] = [
  ...dayFormats,
  ...dayFormats
    .filter((day) => day !== '%Y%m%d' && day !== '%Y-%m')
    .flatMap((day) => [' ', 'T', ', '].flatMap((gap) => clockFormats.map((clock) => day + gap + clock))),
  ...clockFormats,
];

const zoneAtEnd = /(?<=\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d(?::?\d\d)?)$/;

/**
 * Patterns that every one of `values` fits, the likelier first; empty where there is none. Day and month may be
 * exchangeable: then both orders are there.
 */
export function findDateFormats(values: readonly string[]): string[] {
  const first = values[0];
  if (first === undefined) return [];
  if (!/\d/.test(first)) return [];
  const zone = zoneAtEnd.exec(first)?.[0] ?? '';
  const same = zone === '' || values.every((value) => value.endsWith(zone));
  const varying = zone.startsWith(' ') ? ' %z' : '%z';
  const suffix = zone === '' ? '' : same ? zone : varying;
  const strip = (value: string): string => (same ? value.slice(0, value.length - zone.length) : value);
  const bare = values.map(strip);
  const fits = (format: string): boolean => {
    const parse = dateParser(same ? format : format + varying);
    return bare.every((value) => !Number.isNaN(parse(value)));
  };
  const formats = knownFormats.filter((format) => fits(format));
  // Where every value has a fixed number of digits, the pattern for a varying number adds nothing.
  const plain = formats.filter((format) => !format.includes('%.f'));
  // A pattern that differs from an earlier one only by needing no zeros in front adds nothing either.
  const seen = new Set<string>();
  const distinct = (plain.length > 0 ? plain : formats).filter((format) => {
    const padded = format.replaceAll('%-', '%');
    return seen.size < seen.add(padded).size;
  });
  return distinct.map((format) => format + suffix);
}

/** At most so many ways to write a date in one column: with more, it is hardly dates. */
const mostWays = 4;

/**
 * Patterns that only together fit every one of `values`, where a column mixes several ways of writing dates: that
 * which tells most, then the commonest first. Undefined where values of one look fit no pattern, as where day and month
 * stand in both orders between the same marks.
 */
export function findMixedDateFormats(values: readonly string[]): string[] | undefined {
  const looks = new Map<string, string[]>();
  for (const value of values) {
    // 1.2.2020 and 11.12.2020 look alike.
    const look = value
      .replace(/\d{3,}/g, (digits) => `<${digits.length}>`)
      .replace(/\d{1,2}/g, '#')
      .replace(/\p{L}+/gu, 'a');
    looks.set(look, [...(looks.get(look) ?? []), value]);
    if (looks.size > mostWays) return undefined;
  }
  if (looks.size < 2) return undefined;
  const ways = [...looks.values()].map((alike) => ({
    format: findDateFormats(alike)[0],
    count: alike.length,
  }));
  const found = ways.flatMap(({ format, count }) => (format === undefined ? [] : [{ format, count }]));
  // A clock time alone has nothing to do with a day.
  if (found.length < ways.length || found.some(({ format }) => !/%[Yy]/.test(format))) return undefined;
  return found
    .sort(
      (a, b) =>
        dateUnit(a.format) - dateUnit(b.format) ||
        b.count - a.count ||
        knownFormats.indexOf(a.format) - knownFormats.indexOf(b.format),
    )
    .map(({ format }) => format);
}
