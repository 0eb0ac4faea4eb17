/** Check digits as the world's numbers use them. All take bare characters: no separators. */

/** Luhn's algorithm (ISO/IEC 7812-1 annex B): whether the last digit checks the others. */
export function luhn(digits: string): boolean {
  return luhnSum(digits, false) % 10 === 0;
}

/** The digit that makes `digits` followed by it pass `luhn`. */
export function luhnDigit(digits: string): string {
  return String((10 - (luhnSum(digits, true) % 10)) % 10);
}

function luhnSum(digits: string, doubled: boolean): number {
  let sum = 0;
  let twice = doubled;
  for (let at = digits.length - 1; at >= 0; at--) {
    const digit = digits.charCodeAt(at) - 48;
    const value = twice ? digit * 2 : digit;
    sum += value > 9 ? value - 9 : value;
    twice = !twice;
  }
  return sum;
}

/** Remainder by 97 of letters and digits, A being 10 and Z 35 (ISO/IEC 7064 MOD 97-10, as IBANs use it). */
export function modulo97(text: string): number {
  let rest = 0;
  for (const character of text) {
    const value = parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** Sum of the digits times their weights. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * (digits.charCodeAt(at) - 48), 0);
}

/** The check digit of ISO/IEC 7064 MOD 11,10. */
export function modulo11And10(digits: string): string {
  let product = 10;
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return String((11 - product) % 10);
}

const dihedral = [
  '0123456789', '1234067895', '2340178956', '3401289567', '4012395678',
  '5987604321', '6598710432', '7659821043', '8765932104', '9876543210',
]; // prettier-ignore
const permutations = [
  '0123456789', '1576283094', '5803796142', '8916043527', '9453126870', '4286573901', '2793806415', '7046913258',
]; // prettier-ignore
const inverses = '0432156789';

function verhoeffSum(digits: string, from: number): number {
  let check = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits.charAt(digits.length - 1 - at));
    check = Number(dihedral[check]?.charAt(Number(permutations[(at + from) % 8]?.charAt(digit))));
  }
  return check;
}

/** Verhoeff's scheme (J. Verhoeff, Error Detecting Decimal Codes, 1969): whether the last digit checks the others. */
export function verhoeff(digits: string): boolean {
  return verhoeffSum(digits, 0) === 0;
}

export function verhoeffDigit(digits: string): string {
  return inverses.charAt(verhoeffSum(digits, 1));
}
