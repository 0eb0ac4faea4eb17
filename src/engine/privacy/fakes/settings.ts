/** How the fakes of a column look: found from its values, holding none of them. */
import type { FakeLocale, PersonalFinding } from '../../../shared/personal.ts';
import type { PersonalKind } from '../../../shared/personal-kinds.ts';
import type { ColumnFacts } from '../../tables/column-facts.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import { labelOf } from '../detect/label.ts';
import { ibanCountry } from '../numbers/payment.ts';
import { localeOfCountry, localeOfPhone } from './locales.ts';

export type FakeSettings = NonNullable<ColumnSchema['fake']>;

const masked: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'phone', 'card-number', 'iban', 'us-ssn', 'us-ein', 'uk-nino', 'uk-nhs', 'de-tax-id', 'fr-nir', 'es-dni', 'it-cf',
  'cn-resident-id', 'in-aadhaar', 'in-pan', 'br-cpf', 'br-cnpj', 'medical-record', 'account-number', 'document-number',
  'other-identifier',
]); // prettier-ignore

/** Shapes that say which places are letters. */
const shaped: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'medical-record',
  'account-number',
  'document-number',
  'other-identifier',
]);

export function fakeSettings(
  kind: PersonalKind,
  facts: Pick<ColumnFacts, 'sample' | 'values'>,
  rows: number,
  locale: FakeLocale,
): FakeSettings {
  const settings: FakeSettings = { kind, locale, nulls: rows === 0 ? 0 : 1 - facts.values / rows };
  const mask = masked.has(kind) ? commonMask(facts.sample, shaped.has(kind)) : undefined;
  if (mask !== undefined) settings.mask = mask;
  if (kind === 'iban') {
    const country = commonest(facts.sample.map(ibanCountry));
    if (country !== undefined) settings.country = country;
  }
  if (kind === 'full-name' && share(facts.sample, (value) => value.includes(',')) > 0.5)
    settings.familyFirst = true;
  return settings;
}

/** The commonest shape of the values; undefined where they hold other signs than separators. */
function commonMask(sample: readonly string[], letters: boolean): string | undefined {
  const shapes = sample.map((value) => {
    const plain = value.replace(/\s*(x|ext\.?)\s*\d+$/i, '');
    return letters
      ? plain.replace(/[A-Z]/g, 'A').replace(/[b-z]/g, 'a').replace(/\d/g, '9')
      : plain.replace(/[A-Za-z\d]/g, '9');
  });
  const shape = commonest(shapes);
  return shape !== undefined && shape.length <= 64 && /^[9Aa\s()+./-]+$/.test(shape) ? shape : undefined;
}

function share(sample: readonly string[], test: (value: string) => boolean): number {
  return sample.length === 0 ? 0 : sample.filter(test).length / sample.length;
}

function commonest(values: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}

/** A column as far as it tells where a table comes from. */
export interface TellingColumn {
  name: string;
  sample: readonly string[];
  personal: readonly PersonalFinding[];
}

const byKind: Readonly<Partial<Record<PersonalKind, FakeLocale>>> = {
  'us-ssn': 'en_US', 'us-ein': 'en_US', 'uk-nino': 'en_GB', 'uk-nhs': 'en_GB', 'de-tax-id': 'de', 'fr-nir': 'fr',
  'es-dni': 'es', 'it-cf': 'it', 'cn-resident-id': 'zh_CN', 'in-aadhaar': 'en_IN', 'in-pan': 'en_IN', 'br-cpf': 'pt_BR',
  'br-cnpj': 'pt_BR',
}; // prettier-ignore

const labels: readonly [RegExp, FakeLocale][] = [
  [
    /\b(vorname|nachname|strasse|plz|ort|geburtsdatum|geschlecht|telefon|anschrift|alter|kunde|wohnort)\b/,
    'de',
  ],
  [/\b(prenom|nom|adresse|ville|naissance|code postal|courriel|sexe)\b/, 'fr'],
  [/\b(apellidos?|direccion|ciudad|nacimiento|correo|codigo postal|edad)\b/, 'es'],
  [/\b(cognome|indirizzo|citta|nascita|cap|sesso|codice fiscale)\b/, 'it'],
  [/\b(sobrenome|endereco|cidade|nascimento|cep|cpf|idade)\b/, 'pt_BR'],
  [/\b(voornaam|achternaam|straat|woonplaats|geboortedatum|geslacht)\b/, 'nl'],
  [/\b(imie|nazwisko|ulica|miasto|pesel)\b/, 'pl'],
  [/\b(fornamn|efternamn|gata|fodelsedatum)\b/, 'sv'],
  [/\p{Script=Han}/u, 'zh_CN'],
];

/** Where a table comes from, by its national numbers, country codes, names of columns and scripts; else US English. */
export function localeOfTable(columns: readonly TellingColumn[]): FakeLocale {
  const votes = new Map<FakeLocale, number>();
  const vote = (locale: FakeLocale | undefined, weight: number): void => {
    if (locale !== undefined) votes.set(locale, (votes.get(locale) ?? 0) + weight);
  };
  for (const { name, sample, personal } of columns) {
    const kind = personal[0]?.kind;
    if (kind !== undefined) vote(byKind[kind], 3);
    const few = sample.slice(0, 200);
    if (kind === 'phone') for (const value of few) vote(localeOfPhone(value), 2 / few.length);
    if (kind === 'iban')
      for (const value of few) vote(localeOfCountry(value.slice(0, 2).toUpperCase()), 2 / few.length);
    if (kind === 'postcode' && share(few, (value) => /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i.test(value)) > 0.5)
      vote('en_GB', 2);
    if (kind !== undefined && share(few, (value) => /\p{Script=Han}/u.test(value)) > 0.5) vote('zh_CN', 2);
    const label = labelOf(name);
    vote(labels.find(([expression]) => expression.test(label))?.[1], 1);
  }
  return [...votes].sort(([, left], [, right]) => right - left)[0]?.[0] ?? 'en_US';
}
