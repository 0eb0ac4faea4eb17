/**
 * A generated corpus of columns with and without personal data, labelled: what `@faker-js/faker` makes in eight
 * locales under names that announce it, in the language of the locale, or say nothing; mixed with columns that look
 * alike and hold nothing personal.
 */
import type { Faker } from '@faker-js/faker';
import type { PersonalKind } from '../../src/shared/personal-kinds.ts';
import { lookAlikes } from './look-alikes.ts';
import { nationalNumbers } from './national-numbers.ts';
import { createRandom, type Random } from './random.ts';

export interface LabelledColumn {
  name: string;
  /** Kinds it holds; none for a look-alike. Several only in texts. */
  truth: readonly PersonalKind[];
  values: string[];
}

export type CorpusLocale = 'en_US' | 'en_GB' | 'de' | 'fr' | 'es' | 'zh_CN' | 'pt_BR' | 'nl';
/** Looked at while the detectors were written; the other two only when they were finished. */
export const tuningLocales: readonly CorpusLocale[] = ['en_US', 'en_GB', 'de', 'fr', 'es', 'zh_CN'];
export const heldOutLocales: readonly CorpusLocale[] = ['pt_BR', 'nl'];

const modules: Readonly<Record<CorpusLocale, () => Promise<{ faker: Faker }>>> = {
  en_US: () => import('@faker-js/faker/locale/en_US'),
  en_GB: () => import('@faker-js/faker/locale/en_GB'),
  de: () => import('@faker-js/faker/locale/de'),
  fr: () => import('@faker-js/faker/locale/fr'),
  es: () => import('@faker-js/faker/locale/es'),
  zh_CN: () => import('@faker-js/faker/locale/zh_CN'),
  pt_BR: () => import('@faker-js/faker/locale/pt_BR'),
  nl: () => import('@faker-js/faker/locale/nl'),
};

/** Names of columns that announce a kind, in English and in the language of the locale. */
const english: Readonly<Partial<Record<PersonalKind, readonly string[]>>> = {
  'given-name': ['first_name', 'GivenName', 'fname', 'FORENAME'],
  'family-name': ['last_name', 'Surname', 'lname', 'FAMILY_NAME'],
  'full-name': ['name', 'patient_name', 'CustomerName', 'full_name'],
  email: ['email', 'E-Mail', 'contact_email', 'EmailAddress'],
  phone: ['phone', 'telephone', 'mobile_number', 'home_phone'],
  address: ['address', 'street_address', 'Address1', 'home_address'],
  postcode: ['zip', 'postcode', 'postal_code', 'ZIP_CODE'],
  'ip-address': ['ip', 'ip_address', 'client_ip', 'remote_addr'],
  'birth-date': ['dob', 'birth_date', 'DateOfBirth', 'birthday'],
  'card-number': ['card_number', 'credit_card', 'cc_num', 'CardNo'],
  iban: ['iban', 'IBAN', 'bank_account', 'iban_no'],
  'us-ssn': ['ssn', 'SocialSecurityNumber', 'social_security_no'],
  'us-ein': ['ein', 'employer_id', 'federal_tax_id'],
  'uk-nino': ['nino', 'national_insurance_number', 'NI_number'],
  'uk-nhs': ['nhs_number', 'NHSNumber', 'nhs_no'],
  'de-tax-id': ['steuer_id', 'SteuerID', 'idnr'],
  'fr-nir': ['nir', 'num_secu', 'numero_securite_sociale'],
  'es-dni': ['dni', 'nif', 'DNI_NIE'],
  'it-cf': ['codice_fiscale', 'cod_fisc', 'CodiceFiscale'],
  'cn-resident-id': ['身份证', 'resident_id', 'id_card'],
  'in-aadhaar': ['aadhaar', 'AadhaarNo', 'uidai'],
  'in-pan': ['pan', 'pan_number', 'PAN_card'],
  'br-cpf': ['cpf', 'CPF', 'nr_cpf'],
  'br-cnpj': ['cnpj', 'CNPJ', 'num_cnpj'],
  'medical-record': ['mrn', 'patient_id', 'medical_record_number', 'chart_no'],
  'account-number': ['account_number', 'acct_no', 'customer_id', 'member_id'],
  'document-number': ['passport_no', 'driver_license', 'license_plate', 'device_serial'],
  url: ['url', 'website', 'homepage', 'profile_url'],
  city: ['city', 'town', 'home_city'],
  age: ['age', 'patient_age', 'Age'],
  sex: ['sex', 'gender', 'Sex'],
  date: ['created', 'admission_date', 'order_date'],
};

const local: Readonly<Partial<Record<CorpusLocale, Readonly<Partial<Record<PersonalKind, readonly string[]>>>>>> = {
  de: {
    'given-name': ['Vorname'], 'family-name': ['Nachname', 'Familienname'], 'full-name': ['Patientenname', 'Name'],
    email: ['E-Mail-Adresse'], phone: ['Telefon', 'Handynummer', 'Tel.'], address: ['Straße', 'Anschrift', 'Adresse'], postcode: ['PLZ', 'Postleitzahl'],
    'birth-date': ['Geburtsdatum', 'geb_datum'], 'medical-record': ['Patientennummer', 'Fallnummer'], 'account-number': ['Kontonummer', 'Kundennummer'],
    'document-number': ['Reisepassnummer', 'Kennzeichen'], city: ['Ort', 'Stadt', 'Wohnort'], age: ['Alter'], sex: ['Geschlecht'], date: ['Aufnahmedatum'],
  },
  fr: {
    'given-name': ['Prénom'], 'family-name': ['Nom', 'nom_de_famille'], 'full-name': ['nom_complet', 'Nom et prénom'],
    email: ['courriel'], phone: ['téléphone', 'portable'], address: ['adresse', 'rue'], postcode: ['code_postal', 'CP'],
    'birth-date': ['date_de_naissance', 'naissance'], 'medical-record': ['numero_dossier', 'num_patient'], 'account-number': ['numero_compte', 'numéro client'],
    'document-number': ['numero_passeport', 'permis'], city: ['ville', 'commune'], age: ['âge'], sex: ['sexe'], date: ["date_d'admission"],
  },
  es: {
    'given-name': ['nombre'], 'family-name': ['apellidos', 'primer_apellido'], 'full-name': ['nombre_completo', 'Nombre y apellidos'],
    email: ['correo', 'correo_electronico'], phone: ['teléfono', 'móvil'], address: ['dirección', 'domicilio'], postcode: ['codigo_postal', 'CP'],
    'birth-date': ['fecha_nacimiento', 'fecha_nac'], 'medical-record': ['historia_clinica', 'NHC'], 'account-number': ['numero_cuenta', 'numero_cliente'],
    'document-number': ['pasaporte', 'matricula'], city: ['ciudad', 'municipio'], age: ['edad'], sex: ['sexo'], date: ['fecha_ingreso'],
  },
  zh_CN: {
    'family-name': ['姓'], 'full-name': ['姓名', '患者姓名'], email: ['邮箱'], phone: ['手机', '电话号码'], address: ['地址', '住址'], postcode: ['邮编'],
    'birth-date': ['出生日期', '生日'], 'medical-record': ['病历号', '住院号'], 'account-number': ['账号', '客户编号'], 'document-number': ['护照号', '车牌'],
    city: ['城市'], age: ['年龄'], sex: ['性别'], date: ['入院日期'],
  },
  pt_BR: {
    'given-name': ['primeiro_nome'], 'family-name': ['sobrenome'], 'full-name': ['nome_completo', 'nome do paciente'],
    email: ['e-mail'], phone: ['telefone', 'celular'], address: ['endereço', 'logradouro'], postcode: ['CEP', 'codigo_postal'],
    'birth-date': ['data_nascimento', 'dt_nasc'], 'medical-record': ['prontuario', 'numero_paciente'], 'account-number': ['conta', 'numero_conta'],
    'document-number': ['passaporte', 'placa'], city: ['cidade', 'municipio'], age: ['idade'], sex: ['sexo', 'genero'], date: ['data_admissao'],
  },
  nl: {
    'given-name': ['voornaam'], 'family-name': ['achternaam'], 'full-name': ['naam', 'volledige_naam'],
    email: ['e-mailadres'], phone: ['telefoon', 'mobiel'], address: ['adres', 'straat'], postcode: ['postcode'],
    'birth-date': ['geboortedatum'], 'medical-record': ['patientnummer'], 'account-number': ['rekeningnummer', 'klantnummer'],
    'document-number': ['paspoortnummer', 'kenteken'], city: ['plaats', 'woonplaats'], age: ['leeftijd'], sex: ['geslacht'], date: ['opnamedatum'],
  },
}; // prettier-ignore

/**
 * Kinds that values alone can tell; they come under names that say nothing, too. Single given or family names do not
 * belong here: without a word over them they are also names of towns, colours and brands.
 */
const tellable: ReadonlySet<PersonalKind> = new Set<PersonalKind>([
  'full-name', 'email', 'phone', 'address', 'ip-address', 'card-number', 'iban', 'us-ssn', 'uk-nino',
  'uk-nhs', 'de-tax-id', 'fr-nir', 'es-dni', 'it-cf', 'cn-resident-id', 'in-aadhaar', 'in-pan', 'br-cpf', 'br-cnpj',
  'url', 'coordinates', 'sex', 'date',
]); // prettier-ignore

export const neutral = [
  'field_7',
  'col12',
  'value',
  'x4',
  'data',
  'Spalte 3',
  'attr_b',
  'info',
  'V9',
  'c_21',
];

const two = (value: number): string => String(value).padStart(2, '0');
const sexes: readonly (readonly string[])[] = [
  ['M', 'F'],
  ['male', 'female'],
  ['Male', 'Female', 'Other'],
];
const localSexes: Readonly<Partial<Record<CorpusLocale, readonly (readonly string[])[]>>> = {
  de: [
    ['männlich', 'weiblich', 'divers'],
    ['m', 'w'],
  ],
  fr: [
    ['homme', 'femme'],
    ['masculin', 'féminin'],
  ],
  es: [
    ['hombre', 'mujer'],
    ['masculino', 'femenino'],
  ],
  zh_CN: [['男', '女']],
  pt_BR: [['masculino', 'feminino']],
  nl: [['man', 'vrouw']],
};

type Maker = () => string;

function makers(
  faker: Faker,
  locale: CorpusLocale,
  random: Random,
): Partial<Record<PersonalKind, readonly Maker[]>> {
  const date = (from: number, span: number, order: number): string => {
    const [year, month, day] = [
      from + random.below(span),
      two(1 + random.below(12)),
      two(1 + random.below(28)),
    ];
    if (order === 0) return `${year}-${month}-${day}`;
    return locale === 'en_US' ? `${month}/${day}/${year}` : `${day}.${month}.${year}`;
  };
  const order = random.below(2);
  const local = localSexes[locale];
  const spelled = random.pick(local && random.below(2) === 0 ? local : sexes);
  const letter = (): string => String.fromCharCode(65 + random.below(26));
  const recordPrefix = random.pick(['', 'MRN', 'P-', 'A']);
  const accountShape = random.below(3);
  return {
    'given-name': [() => faker.person.firstName()],
    'family-name': [() => faker.person.lastName()],
    'full-name':
      locale === 'zh_CN'
        ? [() => faker.person.lastName() + faker.person.firstName()]
        : [
            () => faker.person.fullName(),
            () => `${faker.person.firstName()} ${faker.person.lastName()}`,
            () => `${faker.person.lastName()}, ${faker.person.firstName()}`,
          ],
    email: [() => faker.internet.email()],
    phone: [
      () => faker.phone.number({ style: 'human' }),
      // In Chinese this style begins with digits no number begins with.
      () => faker.phone.number({ style: locale === 'zh_CN' ? 'human' : 'national' }),
      () => faker.phone.number({ style: 'international' }),
    ],
    address: [() => faker.location.streetAddress(), () => faker.location.streetAddress(true)],
    postcode: [() => faker.location.zipCode()],
    'ip-address': [() => faker.internet.ipv4(), () => faker.internet.ipv6(), () => faker.internet.ip()],
    'birth-date': [() => date(1930, 80, order)],
    'card-number': [() => faker.finance.creditCardNumber('visa'), () => faker.finance.creditCardNumber('mastercard').replaceAll('-', ' '), () => faker.finance.creditCardNumber('american_express').replaceAll('-', '')],
    iban: [() => faker.finance.iban({ formatted: true }), () => faker.finance.iban()],
    ...Object.fromEntries(Object.entries(nationalNumbers).map(([kind, make]) => [kind, [() => make(random)]])),
    'medical-record': [() => recordPrefix + random.digits(7)],
    'account-number': [() => (accountShape === 0 ? random.digits(8) : accountShape === 1 ? `${letter()}${letter()}-${random.digits(6)}` : random.digits(10))],
    'document-number': [() => `${letter()}${random.digits(8)}`, () => `${letter()}${letter()}${letter()} ${random.digits(4)}`],
    url: [() => faker.internet.url(), () => `${faker.internet.url()}/${faker.lorem.slug()}`],
    coordinates: [() => `${faker.location.latitude().toFixed(5)}, ${faker.location.longitude().toFixed(5)}`],
    city: [() => faker.location.city()],
    age: [() => String(random.below(100))],
    sex: [() => random.pick(spelled)],
    date: [() => date(2015, 9, order)],
  }; // prettier-ignore
}

/** The columns of one locale and seed, each of 30 to 400 values of which some are missing. */
export async function makeCorpus(locale: CorpusLocale, seed: number): Promise<LabelledColumn[]> {
  const { faker } = await modules[locale]();
  faker.seed(seed * 1000 + locale.length);
  const random = createRandom(
    seed * 7919 + [...locale].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
  );
  const columns: LabelledColumn[] = [];
  const column = (name: string, truth: readonly PersonalKind[], make: Maker): void => {
    const rows = 30 + random.below(370);
    const missing = random.below(3) === 0 ? 0.1 : 0;
    columns.push({
      name,
      truth,
      values: Array.from({ length: rows }, () => (random.next() < missing ? '' : make())),
    });
  };
  for (const [kind, made] of Object.entries(makers(faker, locale, random)) as [
    PersonalKind,
    readonly Maker[],
  ][]) {
    const announced = [...(english[kind] ?? []), ...(local[locale]?.[kind] ?? [])];
    for (const make of made) {
      const names = announced.length === 0 ? [] : [random.pick(announced), random.pick(announced)];
      const local1 = local[locale]?.[kind];
      if (local1) names.push(random.pick(local1));
      if (tellable.has(kind)) names.push(random.pick(neutral));
      for (const name of names) column(name, [kind], make);
    }
  }
  for (const half of ['latitude', 'longitude'] as const)
    column(random.pick([half, half.slice(0, 3), `geo_${half.slice(0, 3)}`]), ['coordinates'], () =>
      faker.location[half]().toFixed(6),
    );
  // Remarks that now and then hold something of a person.
  for (const kind of ['email', 'phone', 'iban', 'us-ssn', 'full-name'] as const) {
    if (kind === 'full-name' && locale === 'zh_CN') continue;
    const make: Maker =
      kind === 'email' ? () => faker.internet.email()
      : kind === 'phone' ? () => `+${1 + random.below(89)} ${random.digits(3)} ${random.digits(7)}`
      : kind === 'iban' ? () => faker.finance.iban()
      : kind === 'us-ssn' ? () => nationalNumbers['us-ssn']?.(random) ?? ''
      : () => `${faker.person.firstName()} ${faker.person.lastName()}`; // prettier-ignore
    const share = 0.1 + 0.3 * random.next();
    column(random.pick(['notes', 'remarks', 'comment']), [kind], () => {
      const before = `${faker.lorem.words(3)} ${faker.lorem.words(4)}`;
      return random.next() < share
        ? `${before} ${make()} ${faker.lorem.words(3)}.`
        : `${before} ${faker.lorem.words(4)}.`;
    });
  }
  for (const { names, make } of lookAlikes(faker, random)) column(random.pick(names), [], make);
  // Towns under a name that says nothing are nobody's: they must not pass for names of people.
  column(random.pick(neutral), [], () => faker.location.city());
  return columns;
}
