/** Aadhaar and permanent account number (PAN) of India. */
import { verhoeff, verhoeffDigit } from './checksums.ts';
import { digits, letters, type Draw } from './random.ts';

/** Twelve digits, the first from 2 to 9, the last by Verhoeff's scheme (UIDAI). */
export function isAadhaar(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '');
  return /^[2-9]\d{11}$/.test(plain) && verhoeff(plain);
}

/** Begins with 1, with which none is issued. */
export function fakeAadhaar(draw: Draw): string {
  const body = `1${digits(draw, 10)}`;
  return body + verhoeffDigit(body);
}

/** Five letters, four digits, a letter; the fourth says what the holder is (Income Tax Department). */
export function isPan(text: string): boolean {
  return /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/.test(text.trim());
}

/** Its fourth letter, X, is that of no holder. */
export function fakePan(draw: Draw): string {
  return `${letters(draw, 3)}X${letters(draw, 1)}${digits(draw, 4)}${letters(draw, 1)}`;
}
