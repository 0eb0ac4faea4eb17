/** Resident identity number of China (GB 11643-1999). */
import { weighted } from './checksums.ts';
import { padded, type Draw } from './random.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkDigits = '10X98765432';
const provinces = /^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[123]|91)/;

/** Province, county, date of birth, order and a check digit by ISO/IEC 7064 MOD 11-2. */
export function isResidentId(text: string): boolean {
  const plain = text.trim().toUpperCase();
  if (!/^\d{6}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/.test(plain)) return false;
  return provinces.test(plain) && checkDigits.charAt(weighted(plain, weights) % 11) === plain.charAt(17);
}

/** In province 99, which does not exist. The 17th digit is odd for men. */
export function fakeResidentId(draw: Draw, sex?: 'female' | 'male'): string {
  const month = String(1 + draw.below(12)).padStart(2, '0');
  const day = String(1 + draw.below(28)).padStart(2, '0');
  const order = 2 * draw.below(5) + (sex === undefined ? draw.below(2) : sex === 'male' ? 1 : 0);
  const body = `99${padded(draw, 10_000, 4)}${1940 + draw.below(65)}${month}${day}${padded(draw, 100, 2)}${order}`;
  return body + checkDigits.charAt(weighted(body, weights) % 11);
}
