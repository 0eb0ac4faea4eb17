import { fixed } from '../../shared/fixed.ts';
import { getLocale, intlTag } from '../../shared/language.ts';
import { m } from '../../shared/messages/messages.js';

const formats = new Map<string, Intl.NumberFormat>();

/** Number format of the present language; making one costs more than using it. */
function numberFormat(maximumFractionDigits: number): Intl.NumberFormat {
  const tag = intlTag(getLocale());
  const key = `${tag} ${maximumFractionDigits}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(tag, { maximumFractionDigits });
  formats.set(key, format);
  return format;
}

/** Keeps a figure and its unit on one line. */
const nbsp = '\u00a0';

/** A sentence whose per cent signs stay with their figures. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/(?<=\d) (?=%)/g, nbsp);
}

/** A count with its thousands apart: 30,000. */
export function count(value: number): string {
  return numberFormat(0).format(Math.round(value));
}

/**
 * A number of the source as people write it, however the source did: thousands apart, a real minus, no exponent unless
 * it is very large or very small. What is no number stays as it is.
 */
export function amount(text: string, decimals = 6): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  const size = Math.abs(value);
  if (size > Number.MAX_SAFE_INTEGER || (size > 0 && size < 1e-6)) return text.replace('-', '−');
  return numberFormat(Math.min(decimals, 12))
    .format(value + 0)
    .replace('-', '−');
}

/** A share in per cent, fine where it is small so that a rare thing never reads as none: 41 %, 0.4 %, <0.1 %. */
export function percent(share: number): string {
  return m.units_percent({ figure: percentFigure(share * 100) });
}

function percentFigure(value: number): string {
  if (value === 0) return '0';
  if (value < 0.1) return '<0.1';
  if (value < 10) return value.toFixed(1);
  if (value > 99.9 && value < 100) return '>99.9';
  return value >= 99 && value < 100 ? value.toFixed(1) : value.toFixed(0);
}

/** How far something has come, in whole per cent and never rounded up to all of it. */
export function progressPercent(share: number): string {
  return m.units_percent({ figure: Math.floor(share * 100) });
}

/** A score, mostly between 0 and 1, with as many digits as it deserves: 0.965. */
export function score(value: number, digits = 3): string {
  return fixed(value, digits);
}

/** A file size: 512 bytes, 2.7 MB. Powers of 1000, as file managers show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return m.units_bytes({ count: bytes });
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 'kB';
  for (const next of units) {
    value /= 1000;
    unit = next;
    if (value < 999.5) break;
  }
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** Work per second with its unit: "41,000 rows/s". Small rates keep a decimal. */
export function rate(value: number, unit: string): string {
  const figure = value < 10 ? value.toFixed(1) : count(value);
  if (unit === 'rows') return m.units_rows_per_second({ figure });
  if (unit === 'files') return m.units_files_per_second({ figure });
  if (unit === 'epochs') return m.units_epochs_per_second({ figure });
  return m.units_per_second({ figure, unit });
}

/** Whether all values that are there are plain numbers, so that they belong at the right of their cell. */
export function looksNumeric(values: readonly (string | null)[]): boolean {
  const present = values.filter((value) => value !== null && value !== '');
  return present.length > 0 && present.every((value) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value ?? ''));
}
