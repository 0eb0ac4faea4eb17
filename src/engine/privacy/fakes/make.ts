/** Made-up values of every kind, in the shape a column's own have. */
import type { Faker } from '@faker-js/faker';
import { fold } from '../detect/label.ts';
import type { Sex } from '../names/lists.ts';
import { fakeCnpj, fakeCpf } from '../numbers/brazil.ts';
import { fakeResidentId } from '../numbers/china.ts';
import { fakeNir } from '../numbers/france.ts';
import { fakeGermanTaxId } from '../numbers/germany.ts';
import { fakeAadhaar, fakePan } from '../numbers/india.ts';
import { fakeCodiceFiscale } from '../numbers/italy.ts';
import { fakeCardNumber, fakeIban } from '../numbers/payment.ts';
import { digits, letters, pick, type Draw } from '../numbers/random.ts';
import { fakeDni } from '../numbers/spain.ts';
import { fakeNhsNumber, fakeNino } from '../numbers/united-kingdom.ts';
import { fakeEin, fakeSsn } from '../numbers/united-states.ts';
import { fakePhone, layOut } from './phone.ts';
import type { FakeSettings } from './settings.ts';

/** Who a row is about: the same for all columns of the row. */
export interface Persona {
  sex: Sex;
  given: string;
  family: string;
}

/**
 * A made-up person. @param like lengths of the names they stand for: of four drawn, the nearest in length is taken
 */
export function makePersona(
  faker: Faker,
  draw: Draw,
  sex: Sex | undefined,
  like?: { given?: number | undefined; family?: number | undefined },
): Persona {
  const chosen = sex ?? (draw.below(2) === 0 ? 'female' : 'male');
  return {
    sex: chosen,
    given: nearest(() => faker.person.firstName(chosen), like?.given),
    family: nearest(() => faker.person.lastName(), like?.family),
  };
}

function nearest(make: () => string, length: number | undefined): string {
  const first = make();
  if (length === undefined) return first;
  let best = first;
  for (let draw = 0; draw < 3; draw++) {
    const other = make();
    if (Math.abs(other.length - length) < Math.abs(best.length - length)) best = other;
  }
  return best;
}

const domains = ['example.com', 'example.org', 'example.net'];
/** Networks kept for documentation: RFC 5737 and RFC 3849. */
const testNetworks = ['192.0.2', '198.51.100', '203.0.113'];

/** A value for a column. `faker` must stand at a place that `draw` decides, for the result to be repeatable. */
export function makeFake(settings: FakeSettings, persona: Persona, faker: Faker, draw: Draw): string {
  const { kind, mask, locale } = settings;
  const laid = (plain: string): string => (mask === undefined ? plain : exact(plain, mask));
  switch (kind) {
    case 'given-name':
      return persona.given;
    case 'family-name':
      return persona.family;
    case 'full-name':
      if (locale === 'zh_CN') return persona.family + persona.given;
      return settings.familyFirst === true
        ? `${persona.family}, ${persona.given}`
        : `${persona.given} ${persona.family}`;
    case 'email':
      return `${mailName(persona)}${draw.below(1000)}@${pick(draw, domains)}`;
    case 'phone':
      return fakePhone(draw, locale, mask);
    case 'address':
      return faker.location.streetAddress();
    case 'postcode':
      return faker.location.zipCode();
    case 'city':
      return faker.location.city();
    case 'ip-address':
      return `${pick(draw, testNetworks)}.${1 + draw.below(254)}`;
    case 'url':
      return `https://www.${pick(draw, domains)}/${letters(draw, 8, 'abcdefghijklmnopqrstuvwxyz')}`;
    case 'card-number':
      return laid(fakeCardNumber(draw, mask === undefined ? 16 : mask.replace(/[^9]/g, '').length));
    case 'iban':
      return laidInGroups(fakeIban(draw, settings.country), mask);
    case 'us-ssn':
      return mask === undefined ? layOut(fakeSsn(draw), '999-99-9999') : laid(fakeSsn(draw));
    case 'us-ein':
      return mask === undefined ? layOut(fakeEin(draw), '99-9999999') : laid(fakeEin(draw));
    case 'uk-nino':
      return laid(fakeNino(draw));
    case 'uk-nhs':
      return laid(fakeNhsNumber(draw));
    case 'de-tax-id':
      return laid(fakeGermanTaxId(draw));
    case 'fr-nir':
      return laid(fakeNir(draw, persona.sex));
    case 'es-dni':
      return laid(fakeDni(draw));
    case 'it-cf':
      return laid(fakeCodiceFiscale(draw, persona.sex));
    case 'cn-resident-id':
      return laid(fakeResidentId(draw, persona.sex));
    case 'in-aadhaar':
      return laid(fakeAadhaar(draw));
    case 'in-pan':
      return laid(fakePan(draw));
    case 'br-cpf':
      return laid(fakeCpf(draw));
    case 'br-cnpj':
      return laid(fakeCnpj(draw));
    case 'medical-record':
    case 'account-number':
    case 'document-number':
    case 'other-identifier':
      return shaped(mask ?? '9999999999', draw);
    case 'birth-date':
    case 'coordinates':
    case 'age':
    case 'sex':
    case 'date':
    case 'other-attribute':
      throw new TypeError(`Nothing is made up for ${kind}: it is generalised, left out or learned.`);
  }
}

function mailName({ given, family }: Persona): string {
  const plain = (text: string): string => fold(text).replace(/[^a-z\d]/g, '');
  const name = [plain(given), plain(family)].filter((part) => part !== '').join('.');
  return name === '' ? 'user' : name;
}

/** Laid out by the mask where it has as many places; else bare. */
function exact(plain: string, mask: string): string {
  return [...mask].filter((place) => place === '9').length === plain.length ? layOut(plain, mask) : plain;
}

function laidInGroups(iban: string, mask: string | undefined): string {
  return mask?.includes(' ') === true ? iban.replace(/(.{4})(?=.)/g, '$1 ') : iban;
}

function shaped(mask: string, draw: Draw): string {
  let text = '';
  for (const place of mask)
    text +=
      place === '9' ? digits(draw, 1)
      : place === 'A' ? letters(draw, 1)
      : place === 'a' ? letters(draw, 1, 'abcdefghijklmnopqrstuvwxyz')
      : place; // prettier-ignore
  return text;
}
