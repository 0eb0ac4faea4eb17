/** Social security number and employer identification number of the United States. */
import { digits, padded, pick, type Draw } from './random.ts';

/** Prefixes the Internal Revenue Service has never assigned. */
const unassignedPrefixes = ['00', '07', '08', '09', '17', '18', '19', '28', '29', '49', '69', '70', '78', '79', '89', '96', '97']; // prettier-ignore

/** Areas 000, 666 and 900 to 999, group 00 and serial 0000 are never issued. */
export function isSsn(text: string): boolean {
  const found = /^(\d{3})([- ]?)(\d{2})\2(\d{4})$/.exec(text);
  if (!found) return false;
  const [, area = '', , group, serial] = found;
  return area !== '000' && area !== '666' && area < '900' && group !== '00' && serial !== '0000';
}

/** An area from 900 on with a group that taxpayer numbers (ITIN) do not use either: never issued to anybody. */
export function fakeSsn(draw: Draw): string {
  return `9${digits(draw, 2)}${String(1 + draw.below(49)).padStart(2, '0')}${padded(draw, 10_000, 4)}`;
}

export function isEin(text: string): boolean {
  const found = /^(\d{2})-?\d{7}$/.exec(text);
  return found?.[1] !== undefined && !unassignedPrefixes.includes(found[1]);
}

export function fakeEin(draw: Draw): string {
  return pick(draw, unassignedPrefixes) + digits(draw, 7);
}
