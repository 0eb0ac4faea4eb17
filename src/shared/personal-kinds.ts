/** Kinds of personal data, without schemas: the page needs their names and must not carry a schema library. */

/** Every kind that is looked for. Kinds of national and tax numbers begin with their country. */
export const personalKinds = [
  'given-name',
  'family-name',
  'full-name',
  'email',
  'phone',
  'address',
  'postcode',
  'ip-address',
  'birth-date',
  'card-number',
  'iban',
  'us-ssn',
  'us-ein',
  'uk-nino',
  'uk-nhs',
  'de-tax-id',
  'fr-nir',
  'es-dni',
  'it-cf',
  'cn-resident-id',
  'in-aadhaar',
  'in-pan',
  'br-cpf',
  'br-cnpj',
  'medical-record',
  'account-number',
  'document-number',
  'url',
  'coordinates',
  'city',
  'age',
  'sex',
  'date',
  // What nobody looks for: for columns of which the user knows better.
  'other-identifier',
  'other-attribute',
] as const;
export type PersonalKind = (typeof personalKinds)[number];

/** Kinds that name nobody alone but may in combination (quasi-identifiers). */
const quasiKinds: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'postcode',
  'birth-date',
  'city',
  'age',
  'sex',
  'date',
  'other-attribute',
]);

export function isQuasi(kind: PersonalKind): boolean {
  return quasiKinds.has(kind);
}
