import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeCnpj, fakeCpf, isCnpj, isCpf } from './brazil.ts';
import { luhn, luhnDigit, modulo97, verhoeff, verhoeffDigit } from './checksums.ts';
import { fakeResidentId, isResidentId } from './china.ts';
import { fakeNir, isNir } from './france.ts';
import { fakeGermanTaxId, isGermanTaxId } from './germany.ts';
import { fakeAadhaar, fakePan, isAadhaar, isPan } from './india.ts';
import { fakeCodiceFiscale, isCodiceFiscale } from './italy.ts';
import { fakeCardNumber, fakeIban, ibanCountry, isCardNumber, isIban } from './payment.ts';
import type { Draw } from './random.ts';
import { fakeDni, isDni } from './spain.ts';
import { fakeNhsNumber, fakeNino, isNhsNumber, isNino } from './united-kingdom.ts';
import { fakeEin, fakeSsn, isEin, isSsn } from './united-states.ts';

/** Numbers printed in the documents of their issuers, in standards and in encyclopaedias; and changed ones. */
const published: Record<string, { test: (text: string) => boolean; good: string[]; bad: string[] }> = {
  'card number': {
    test: isCardNumber,
    good: ['4111 1111 1111 1111', '378282246310005', '6011111111111117', '3530111333300000', '30569309025904', '5555-5555-5555-4444'],
    bad: ['4111 1111 1111 1112', '1111111111111117', '411111111111', 'abc'],
  },
  IBAN: {
    test: isIban,
    good: ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000', 'FR1420041010050500013M02606', 'NO9386011117947', 'BR1800360305000010009795493C1'],
    bad: ['GB82 WEST 1234 5698 7654 33', 'DE8937040044053201300', 'ZZ89370400440532013000'],
  },
  SSN: { test: isSsn, good: ['078-05-1120', '219 09 9999'], bad: ['000-12-3456', '666-12-3456', '912-12-3456', '078-00-1120', '078-05 1120'] },
  EIN: { test: isEin, good: ['12-3456789', '123456789'], bad: ['07-1234567', '12-345678'] },
  NINO: { test: isNino, good: ['AB123456C', 'JG 10 37 59 A'], bad: ['QQ123456C', 'BG123456A', 'AO123456C', 'AB123456E'] },
  'NHS number': { test: isNhsNumber, good: ['943 476 5919', '9434765919'], bad: ['9434765918', '987 654 3211', '0000000000'] },
  'Steuer-ID': { test: isGermanTaxId, good: ['86095742719', '47 036 892 816', '65929970489'], bad: ['86095742718', '06095742719', '12345678903'] },
  NIR: { test: isNir, good: ['2 55 08 14 168 025 38', '255081416802538'], bad: ['255081416802539', '955081416802538'] },
  'DNI or NIE': { test: isDni, good: ['12345678Z', 'X1234567L', '00000000-T'], bad: ['12345678A', '1234567L', 'X12345678L'] },
  'codice fiscale': { test: isCodiceFiscale, good: ['RSSMRA85T10A562S', 'MRTMTT25D09F205Z'], bad: ['RSSMRA85T10A562T', 'RSSMRA85Z10A562S'] },
  'resident ID': { test: isResidentId, good: ['11010519491231002X', '440524188001010014'], bad: ['110105194912310021', '990105194912310021'] },
  Aadhaar: { test: isAadhaar, good: ['2341 2341 2346'], bad: ['2341 2341 2345', '1341 2341 2346'] },
  PAN: { test: isPan, good: ['AAAPZ1234C', 'ABCPE1234F'], bad: ['AAAXZ1234C', 'AAAPZ12345'] },
  CPF: { test: isCpf, good: ['111.444.777-35', '52998224725'], bad: ['111.444.777-36', '11111111111'] },
  CNPJ: { test: isCnpj, good: ['11.222.333/0001-81', '12.ABC.345/01DE-35'], bad: ['11.222.333/0001-82', '12.ABC.345/01DE-36'] },
}; // prettier-ignore

describe('published numbers', () => {
  for (const [name, { test, good, bad }] of Object.entries(published)) {
    it(`tells ${name} from what only looks like it`, () => {
      expect(good.filter((text) => !test(text))).toEqual([]);
      expect(bad.filter((text) => test(text))).toEqual([]);
    });
  }

  it('computes the published check digits', () => {
    expect(luhn('79927398713')).toBe(true);
    expect(luhnDigit('7992739871')).toBe('3');
    expect(['236', '12345', '142857'].map(verhoeffDigit)).toEqual(['3', '1', '0']);
    expect(verhoeff('2363')).toBe(true);
    expect(modulo97('3214282912345698765432161182')).toBe(1);
  });
});

const draws = fc.infiniteStream(fc.nat()).map((stream): Draw => ({
  below: (below) => {
    const next = stream.next();
    return Number(next.value) % below;
  },
}));

describe('check digits', () => {
  it('notice every single wrong digit', () => {
    const wrong = fc.tuple(fc.stringMatching(/^\d{5,18}$/), fc.nat(), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(wrong, ([body, place, shift]) => {
        for (const [digit, holds] of [
          [luhnDigit, luhn],
          [verhoeffDigit, verhoeff],
        ] as const) {
          const whole = body + digit(body);
          const at = place % whole.length;
          const other = String((Number(whole.charAt(at)) + shift) % 10);
          expect(holds(whole)).toBe(true);
          expect(holds(whole.slice(0, at) + other + whole.slice(at + 1))).toBe(false);
        }
      }),
    );
  });
});

describe('fakes', () => {
  it('have valid check digits in ranges where no real number lies', () => {
    fc.assert(
      fc.property(draws, fc.constantFrom('female', 'male', undefined), (draw, sex) => {
        // Valid but for the range: with a real beginning they pass.
        expect(isSsn(fakeSsn(draw))).toBe(false);
        expect(fakeSsn(draw)).toMatch(/^9\d{2}(0[1-9]|[1-4]\d)\d{4}$/);
        expect(isEin(fakeEin(draw))).toBe(false);
        expect(isNino(fakeNino(draw))).toBe(false);
        expect(isNino(fakeNino(draw).replace('QQ', 'AB'))).toBe(true);
        expect(isNhsNumber(fakeNhsNumber(draw))).toBe(true);
        expect(fakeNhsNumber(draw)).toMatch(/^999\d{7}$/);
        expect(fakeGermanTaxId(draw)).toMatch(/^0\d{10}$/);
        expect(isNir(fakeNir(draw, sex))).toBe(true);
        expect(isDni(fakeDni(draw))).toBe(true);
        expect(fakeDni(draw)).toMatch(/^99/);
        expect(isCodiceFiscale(fakeCodiceFiscale(draw, sex))).toBe(true);
        expect(fakeCodiceFiscale(draw, sex)).toMatch(/Z999.$/);
        expect(isResidentId(fakeResidentId(draw, sex))).toBe(false);
        expect(verhoeff(fakeAadhaar(draw))).toBe(true);
        expect(isAadhaar(fakeAadhaar(draw))).toBe(false);
        expect(isPan(fakePan(draw))).toBe(false);
        expect(isCpf(fakeCpf(draw))).toBe(true);
        expect(isCnpj(fakeCnpj(draw))).toBe(true);
        expect(isCardNumber(fakeCardNumber(draw))).toBe(true);
        expect(fakeCardNumber(draw, 15)).toHaveLength(15);
      }),
    );
  });

  it('make IBANs of the country asked for, with valid check digits', () => {
    fc.assert(
      fc.property(draws, fc.constantFrom('DE', 'GB', 'FR', 'ES', 'IT', 'NL', 'BR', 'MT'), (draw, country) => {
        const made = fakeIban(draw, country);
        expect(isIban(made)).toBe(true);
        expect(ibanCountry(made)).toBe(country);
      }),
    );
  });

  it('say the sex asked for where the number has one', () => {
    fc.assert(
      fc.property(draws, (draw) => {
        expect(fakeNir(draw, 'female').charAt(0)).toBe('2');
        expect(Number(fakeResidentId(draw, 'male').charAt(16)) % 2).toBe(1);
        expect(Number(fakeCodiceFiscale(draw, 'female').slice(9, 11))).toBeGreaterThan(40);
      }),
    );
  });
});
