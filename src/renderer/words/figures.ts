import { fixed } from '../../shared/fixed.ts';

const grouped = new Intl.NumberFormat('en-GB');

/** Keeps a figure and its unit on one line. */
const nbsp = '\u00a0';

/** A sentence whose per cent signs stay with their figures. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(/(?<=\d) (?=%)/g, nbsp);
}

/** A count with its thousands apart: 30,000. */
export function count(value: number): string {
  return grouped.format(Math.round(value));
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
  const format = new Intl.NumberFormat('en-GB', { maximumFractionDigits: Math.min(decimals, 12) });
  return format.format(value + 0).replace('-', '−');
}

/** A count with its noun: "1 row", "30,000 rows". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${Math.round(value) === 1 ? one : many}`;
}

/** A share in per cent, fine where it is small so that a rare thing never reads as none: 41 %, 0.4 %, <0.1 %. */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return `0${nbsp}%`;
  if (value < 0.1) return `<0.1${nbsp}%`;
  if (value < 10) return `${value.toFixed(1)}${nbsp}%`;
  if (value > 99.9 && value < 100) return `>99.9${nbsp}%`;
  return `${value >= 99 && value < 100 ? value.toFixed(1) : value.toFixed(0)}${nbsp}%`;
}

/** A score, mostly between 0 and 1, with as many digits as it deserves: 0.965. */
export function score(value: number, digits = 3): string {
  return fixed(value, digits);
}

/** A file size: 512 bytes, 2.7 MB. Powers of 1000, as file managers show them. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
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
  return `${value < 10 ? value.toFixed(1) : count(value)} ${unit}/s`;
}

/** Whether all values that are there are plain numbers, so that they belong at the right of their cell. */
export function looksNumeric(values: readonly (string | null)[]): boolean {
  const present = values.filter((value) => value !== null && value !== '');
  return present.length > 0 && present.every((value) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value ?? ''));
}
