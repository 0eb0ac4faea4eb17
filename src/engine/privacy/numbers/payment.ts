/** Payment card numbers (ISO/IEC 7812) and international bank account numbers (ISO 13616). */
import { luhn, luhnDigit, modulo97 } from './checksums.ts';
import { digits, pick, type Draw } from './random.ts';

/** Beginnings and lengths of the schemes in use. */
const schemes: readonly RegExp[] = [
  /^4(\d{12}|\d{15}|\d{18})$/, // Visa
  /^(5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^(6011|65\d{2}|64[4-9]\d)\d{12}(\d{3})?$/, // Discover
  /^(30[0-5]|36\d|3[89]\d)\d{11}(\d{2})?$/, // Diners Club
  /^35(2[89]|[3-8]\d)\d{12}$/, // JCB
  /^(62\d|81[0-7])\d{13,16}$/, // UnionPay
  /^(50|5[6-9]|6[013-9])\d{10,17}$/, // Maestro
];

export function isCardNumber(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '');
  return /^\d{12,19}$/.test(plain) && luhn(plain) && schemes.some((scheme) => scheme.test(plain));
}

/** Beginnings that payment processors use for their test cards, by scheme. */
const testBeginnings = [
  { first: '400000', length: 16 },
  { first: '222300', length: 16 },
  { first: '555555', length: 16 },
  { first: '378282', length: 15 },
];

export function fakeCardNumber(draw: Draw, length?: number): string {
  const fitting = testBeginnings.filter((each) => length === undefined || each.length === length);
  const { first, length: full } = pick(draw, fitting.length > 0 ? fitting : testBeginnings);
  const body = first + digits(draw, full - first.length - 1);
  return body + luhnDigit(body);
}

/** Length of an IBAN and the shape of what follows the check digits (n digit, a letter, c either), by country. */
const ibanShapes: Readonly<Record<string, string>> = {
  AD: 'n8c12', AE: 'n19', AL: 'n8c16', AT: 'n16', AZ: 'a4c20', BA: 'n16', BE: 'n12', BG: 'a4n6c8', BH: 'a4c14',
  BR: 'n23a1c1', BY: 'c4n4c16', CH: 'n5c12', CR: 'n18', CY: 'n8c16', CZ: 'n20', DE: 'n18', DK: 'n14', DO: 'c4n20',
  EE: 'n16', EG: 'n25', ES: 'n20', FI: 'n14', FO: 'n14', FR: 'n10c11n2', GB: 'a4n14', GE: 'a2n16', GI: 'a4c15',
  GL: 'n14', GR: 'n7c16', GT: 'c4c20', HR: 'n17', HU: 'n24', IE: 'a4n14', IL: 'n19', IQ: 'a4n15', IS: 'n22',
  IT: 'a1n10c12', JO: 'a4n4c18', KW: 'a4c22', KZ: 'n3c13', LB: 'n4c20', LC: 'a4c24', LI: 'n5c12', LT: 'n16',
  LU: 'n3c13', LV: 'a4c13', LY: 'n21', MC: 'n10c11n2', MD: 'c20', ME: 'n18', MK: 'n3c10n2', MR: 'n23',
  MT: 'a4n5c18', MU: 'a4n19a3', NL: 'a4n10', NO: 'n11', PK: 'a4c16', PL: 'n24', PS: 'a4c21', PT: 'n21',
  QA: 'a4c21', RO: 'a4c16', RS: 'n18', SA: 'n2c18', SC: 'a4n20a3', SE: 'n20', SI: 'n15', SK: 'n20', SM: 'a1n10c12',
  ST: 'n21', SV: 'a4n20', TL: 'n19', TN: 'n20', TR: 'n5n1c16', UA: 'n6c19', VA: 'n18', VG: 'a4n16', XK: 'n16',
}; // prettier-ignore

function shapeParts(country: string): { type: string; count: number }[] {
  return [...(ibanShapes[country] ?? '').matchAll(/([nac])(\d+)/g)].map(([, type = 'n', count]) => ({
    type,
    count: Number(count),
  }));
}

export function isIban(text: string): boolean {
  const plain = text.replace(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false;
  const parts = shapeParts(plain.slice(0, 2));
  const length = parts.reduce((sum, { count }) => sum + count, 4);
  return parts.length > 0 && plain.length === length && modulo97(plain.slice(4) + plain.slice(0, 4)) === 1;
}

/** Of a bank whose code is all zeros or X, which no bank has; check digits are valid. */
export function fakeIban(draw: Draw, country = 'DE'): string {
  const known = ibanShapes[country] === undefined ? 'DE' : country;
  let body = '';
  for (const { type, count } of shapeParts(known)) {
    if (type === 'a') body += 'X'.repeat(count);
    else for (let at = 0; at < count; at++) body += body.length < 4 ? '0' : digits(draw, 1);
  }
  const check = 98 - modulo97(`${body}${known}00`);
  return `${known}${String(check).padStart(2, '0')}${body}`;
}

/** Country of an IBAN, where it is one of the register. */
export function ibanCountry(text: string): string | undefined {
  const country = text.slice(0, 2).toUpperCase();
  return ibanShapes[country] === undefined ? undefined : country;
}
