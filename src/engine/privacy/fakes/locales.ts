/** The places whose names and streets fakes are made like; each is loaded when first needed. */
import type { Faker } from '@faker-js/faker';
import type { FakeLocale } from '../../../shared/personal.ts';

const modules: Readonly<Record<FakeLocale, () => Promise<{ faker: Faker }>>> = {
  en_US: () => import('@faker-js/faker/locale/en_US'),
  en_GB: () => import('@faker-js/faker/locale/en_GB'),
  de: () => import('@faker-js/faker/locale/de'),
  fr: () => import('@faker-js/faker/locale/fr'),
  es: () => import('@faker-js/faker/locale/es'),
  it: () => import('@faker-js/faker/locale/it'),
  pt_BR: () => import('@faker-js/faker/locale/pt_BR'),
  nl: () => import('@faker-js/faker/locale/nl'),
  pl: () => import('@faker-js/faker/locale/pl'),
  sv: () => import('@faker-js/faker/locale/sv'),
  en_IN: () => import('@faker-js/faker/locale/en_IN'),
  zh_CN: () => import('@faker-js/faker/locale/zh_CN'),
};

/** The generator of a place. It is shared: seed it before every use whose result must be repeatable. */
export async function loadLocale(locale: FakeLocale): Promise<Faker> {
  return (await modules[locale]()).faker;
}

/** Countries of IBANs and country codes of telephone numbers, to tell the place of a table by. */
const byCountry: Readonly<Record<string, FakeLocale>> = {
  US: 'en_US', CA: 'en_US', GB: 'en_GB', IE: 'en_GB', DE: 'de', AT: 'de', CH: 'de', LI: 'de', FR: 'fr', BE: 'fr', LU: 'fr',
  MC: 'fr', ES: 'es', IT: 'it', SM: 'it', BR: 'pt_BR', PT: 'pt_BR', NL: 'nl', PL: 'pl', SE: 'sv', IN: 'en_IN', CN: 'zh_CN',
}; // prettier-ignore

export const callingCodes: Readonly<Record<FakeLocale, string>> = {
  en_US: '1',
  en_GB: '44',
  de: '49',
  fr: '33',
  es: '34',
  it: '39',
  pt_BR: '55',
  nl: '31',
  pl: '48',
  sv: '46',
  en_IN: '91',
  zh_CN: '86',
};

export function localeOfCountry(country: string): FakeLocale | undefined {
  return byCountry[country];
}

/** Place of a telephone number that begins with + and a country code. */
export function localeOfPhone(value: string): FakeLocale | undefined {
  const digits = /^\s*(?:\+|00)\s*\(?(\d[\d\s()-]*)/.exec(value)?.[1]?.replace(/\D/g, '');
  if (digits === undefined) return undefined;
  const codes = Object.entries(callingCodes).sort(([, left], [, right]) => right.length - left.length);
  const found = codes.find(([, code]) => digits.startsWith(code))?.[0];
  return found === undefined
    ? undefined
    : (Object.keys(callingCodes) as FakeLocale[]).find((each) => each === found);
}
