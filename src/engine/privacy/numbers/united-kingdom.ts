/** National insurance number and NHS number of the United Kingdom. */
import { weighted } from './checksums.ts';
import { digits, letters, type Draw } from './random.ts';

/** HMRC, National Insurance Manual NIM39110: letters and pairs that no number begins with. */
export function isNino(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '').toUpperCase();
  return /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(plain);
}

/** Begins with QQ, which HMRC keeps for examples. */
export function fakeNino(draw: Draw): string {
  return `QQ${digits(draw, 6)}${letters(draw, 1, 'ABCD')}`;
}

/** Ten digits, the last by modulo 11 (NHS Data Dictionary, “NHS number”). */
export function isNhsNumber(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(plain) || /^(\d)\1+$/.test(plain)) return false;
  const check = nhsDigit(plain);
  return check !== undefined && plain.endsWith(check);
}

function nhsDigit(digitsBefore: string): string | undefined {
  const check = (11 - (weighted(digitsBefore, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return check === 10 ? undefined : String(check);
}

/** In the range 999 …, which the NHS keeps for tests, with a valid check digit. */
export function fakeNhsNumber(draw: Draw): string {
  for (;;) {
    const body = `999${digits(draw, 6)}`;
    const check = nhsDigit(body);
    if (check !== undefined) return body + check;
  }
}
