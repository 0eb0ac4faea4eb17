/** Register of persons (CPF) and of legal entities (CNPJ) of Brazil. */
import { weighted } from './checksums.ts';
import { digits, type Draw } from './random.ts';

const cnpjWeights = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];

/** Eleven digits, the last two by modulo 11; the same digit throughout is none. */
export function isCpf(text: string): boolean {
  const plain = text.replace(/[.\-/\s]/g, '');
  if (!/^\d{11}$/.test(plain) || /^(\d)\1+$/.test(plain)) return false;
  return plain.endsWith(cpfDigits(plain.slice(0, 9)));
}

function cpfDigits(body: string): string {
  const first = checkDigit(weighted(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]));
  return first + checkDigit(weighted(body + first, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]));
}

function checkDigit(sum: number): string {
  const rest = sum % 11;
  return String(rest < 2 ? 0 : 11 - rest);
}

/** Begins with 999. No range is reserved for tests in Brazil, so that one of these may be issued some day. */
export function fakeCpf(draw: Draw): string {
  const body = `999${digits(draw, 6)}`;
  return body + cpfDigits(body);
}

/** Fourteen characters, the last two digits by modulo 11; letters (from July 2026) count as their code less 48. */
export function isCnpj(text: string): boolean {
  const plain = text.replace(/[.\-/\s]/g, '').toUpperCase();
  if (!/^[0-9A-Z]{12}\d{2}$/.test(plain) || /^(.)\1+$/.test(plain.slice(0, 12))) return false;
  return plain.endsWith(cnpjDigits(plain.slice(0, 12)));
}

function cnpjDigits(body: string): string {
  const first = checkDigit(weighted(body, cnpjWeights.slice(1)));
  return first + checkDigit(weighted(body + first, cnpjWeights));
}

/** Of branch 0000; branches are counted from 0001. */
export function fakeCnpj(draw: Draw): string {
  const body = `${digits(draw, 8)}0000`;
  return body + cnpjDigits(body);
}
