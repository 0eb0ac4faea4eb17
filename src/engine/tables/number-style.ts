/**
 * How the numbers of a column are written: decimal mark, thousands separators, and what stands before or after every one
 * of them (`$1,200.50`, `12 kg`, `35 %`). Found from the values, read by SQL, written again as they were.
 */
import { literal } from './duckdb.ts';
import type { ColumnSchema } from './schema.ts';

export interface NumberStyle {
  readonly mark: '.' | ',';
  /** Commas separate thousands: 12,345 is twelve thousand. */
  readonly grouped: boolean;
  /** What separates thousands; empty where nothing does. */
  readonly group: string;
  /** Not every number has them: they are written without. */
  readonly ungroup?: boolean;
  /** A currency or unit that every value has, blanks included; empty where there is none. */
  readonly prefix: string;
  readonly suffix: string;
  /** The minus stands between prefix and digits: $-5. */
  readonly signAfterPrefix: boolean;
}

export const plainNumbers: NumberStyle = {
  mark: '.',
  grouped: false,
  group: '',
  prefix: '',
  suffix: '',
  signAfterPrefix: false,
};

const currencies =
  'USD|EUR|GBP|CHF|JPY|CNY|RMB|INR|BRL|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|MXN|ZAR|KRW|TRY|RUB|SGD|HKD';
const symbol = '[€$£¥₹₽₩₺₫฿]';
const before = new RegExp(
  `^(?:(?:US|A|C|R|HK|NZ|S)?${symbol}|${currencies}|Rs\\.?|kr\\.?)[ \\u00a0\\u202f]?$`,
);
const units =
  'kg|g|mg|[µμ]g|ug|ng|t|lbs?|oz|st|km|m|cm|mm|[µμ]m|mi|miles|ft|in|yd|l|L|ml|mL|dl|dL|h|hrs?|hours?|min|mins|minutes?|s|secs?|ms|d|days?|wk|weeks?|mo|months?|y|yrs?|years?|[°º] ?[CF]?|K|Pa|kPa|hPa|bar|mbar|mmHg|kW|W|kWh|MWh|V|mV|A|mA|Hz|kHz|MHz|GHz|[kKMGT]B|bpm|rpm|mol|mmol|[µμ]mol|IU|U|mIU|pcs|pc|x|cal|kcal|J|kJ|ha|m²|m³|m2|m3|km²|cm²|cm³|ppm|dB|pts?|px';
const after = new RegExp(
  `^[ \\u00a0\\u202f]?(?:%|‰|${symbol}|${currencies}|kr\\.?|(?:${units})(?:/(?:${units}|100 ?g))?)$`,
);
const parts = /^([+-]?)(\D*?)([+-]?)((?:\d|[.,]\d)[\d.,'’ \u00a0\u202f]*?(?:[eE][+-]?\d{1,3})?)([^\d]*)$/;

/** A value taken apart; null where it holds no number. */
function apart(
  value: string,
): { sign: string; prefix: string; inner: string; core: string; suffix: string } | null {
  const found = parts.exec(value);
  if (!found) return null;
  const [, sign = '', prefix = '', inner = '', core = '', suffix = ''] = found;
  return { sign, prefix, inner, core, suffix };
}

/** What every value has before and after its digits, where that is a currency or unit; empty texts where it is not. */
export function affixesOf(
  values: readonly string[],
): Pick<NumberStyle, 'prefix' | 'suffix' | 'signAfterPrefix'> {
  const none = { prefix: '', suffix: '', signAfterPrefix: false };
  const first = values[0] === undefined ? null : apart(values[0]);
  if (!first) return none;
  const { prefix, suffix } = first;
  if (prefix === '' && suffix === '') return none;
  if ((prefix !== '' && !before.test(prefix)) || (suffix !== '' && !after.test(suffix))) return none;
  let signAfterPrefix = false;
  for (const value of values) {
    const found = apart(value);
    if (found?.prefix !== prefix || found.suffix !== suffix) return none;
    if (prefix !== '' && found.inner !== '') signAfterPrefix = true;
  }
  return { prefix, suffix, signAfterPrefix };
}

/** The digits of a value without what stands around them; the value itself where it has something else there. */
export function coreOf(value: string, { prefix, suffix }: Pick<NumberStyle, 'prefix' | 'suffix'>): string {
  if (prefix === '' && suffix === '') return value;
  const found = apart(value);
  if (found?.prefix !== prefix || found.suffix !== suffix) return value;
  return found.sign + found.inner + found.core;
}

const groups = [',', '.', ' ', '\u00a0', '\u202f', "'", '’'];

/**
 * The thousands separator and decimal mark of numbers that have separators, null where they have none for certain: each
 * number of four digits or more before its mark must have them.
 */
export function groupingOf(cores: readonly string[]): Pick<NumberStyle, 'group' | 'mark'> | null {
  for (const group of groups)
    for (const mark of ['.', ','] as const) {
      if (mark === group) continue;
      const [g, m] = [escape(group), escape(mark)];
      const whole = new RegExp(`^[+-]?(?:[1-9]\\d{0,2}(?:${g}\\d{3})+|\\d{1,3})(?:${m}\\d+)?$`);
      if (!cores.every((core) => whole.test(core))) continue;
      const two = new RegExp(`${g}\\d{3}${g}\\d{3}`);
      const both = new RegExp(`${g}\\d{3}${m}\\d`);
      const certain =
        group !== ',' && group !== '.'
          ? new RegExp(`\\d${g}\\d{3}`)
          : new RegExp(`${two.source}|${both.source}`);
      if (cores.some((core) => certain.test(core))) return { group, mark };
    }
  return null;
}

/** SQL for a number's text with nothing but digits, sign, point and exponent; NULL where it is not of the style. */
export function plainTextSql(value: string, style: NumberStyle): string {
  const { mark, group, prefix, suffix } = style;
  const withAffix = prefix !== '' || suffix !== '';
  if (!withAffix && group === '') return mark === ',' ? `replace(${value}, ',', '.')` : value;
  const [p, s, m] = [prefix, suffix, mark].map(escape);
  const sign = prefix === '' ? '[+-]?' : `[+-]?${p ?? ''}[+-]?`;
  const digits = group === '' ? '\\d*' : `(?:\\d{1,3}(?:${escape(group)}\\d{3})+|\\d*)`;
  const expression = `${sign}${digits}(?:${m ?? ''}\\d*)?(?:[eE][+-]?\\d{1,3})?${s ?? ''}`;
  let bare = value;
  if (prefix !== '') bare = `replace(${bare}, ${literal(prefix)}, '')`;
  if (suffix !== '') bare = `left(${bare}, length(${bare}) - ${[...suffix].length})`;
  if (group !== '') bare = `replace(${bare}, ${literal(group)}, '')`;
  if (mark === ',') bare = `replace(${bare}, ',', '.')`;
  return `CASE WHEN regexp_full_match(${value}, ${literal(expression)}) THEN ${bare} END`;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

type Styled = Pick<ColumnSchema, 'prefix' | 'suffix' | 'group' | 'signAfterPrefix' | 'decimalMark'>;

/** What a schema says of the style, for columns whose numbers are not bare digits. */
export function describeStyle(style: NumberStyle): Styled {
  const { group, prefix, suffix, signAfterPrefix, ungroup = false } = style;
  return {
    ...(group !== '' && !ungroup && { group }),
    ...(prefix !== '' && { prefix }),
    ...(suffix !== '' && { suffix }),
    ...(signAfterPrefix && { signAfterPrefix }),
  };
}

/** Whether a currency or unit belongs to every value: such a number is text in any format. */
export function hasAffix({ prefix = '', suffix = '' }: Styled): boolean {
  return prefix !== '' || suffix !== '';
}

/** Puts a plain number (`-1234.50`, with the column’s own mark) in the column's style. */
export function styleNumber(plain: string, column: Styled): string {
  const { prefix = '', suffix = '', group = '', signAfterPrefix = false, decimalMark = '.' } = column;
  const negative = plain.startsWith('-');
  const digits = negative ? plain.slice(1) : plain;
  const point = digits.indexOf(decimalMark);
  const whole = point < 0 ? digits : digits.slice(0, point);
  const separated = group === '' || !/^\d+$/.test(whole) ? whole : whole.replace(/\B(?=(\d{3})+$)/g, group);
  const sign = negative ? '-' : '';
  const ahead = signAfterPrefix ? prefix + sign : sign + prefix;
  return ahead + separated + (point < 0 ? '' : digits.slice(point)) + suffix;
}

/** The number a styled text spells, in plain digits: for what people write in conditions. */
export function unstyle(text: string, column: Styled): string {
  const { prefix = '', suffix = '', group = '' } = column;
  let bare = text.trim();
  if (prefix !== '') bare = bare.replace(prefix, '').replace(prefix.trim(), '');
  if (suffix !== '' && bare.endsWith(suffix.trim())) bare = bare.slice(0, bare.length - suffix.trim().length);
  return group === '' ? bare : bare.replaceAll(group, '');
}
