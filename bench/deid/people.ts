/** Made-up people of many origins, and all that could name them. */
import { allFakers, type Faker } from '@faker-js/faker';
import type { Random } from '../personal/random.ts';

export interface Patient {
  readonly family: string;
  readonly given: string;
  readonly middle: string;
  /** As a PN. */
  readonly name: string;
  readonly mrn: string;
  /** YYYYMMDD. */
  readonly birth: string;
  readonly sex: 'F' | 'M' | 'O';
  readonly phone: string;
  readonly street: string;
  readonly city: string;
  readonly postcode: string;
  readonly email: string;
  readonly socialSecurity: string;
  readonly mother: string;
  readonly doctor: Named;
  readonly operator: Named;
  readonly hospital: string;
}

export interface Named {
  readonly family: string;
  readonly given: string;
}

/** Names that faker does not have: romanised, joined, short, or words of English and of radiology as well. */
const handmade: readonly Named[] = [
  { family: 'Young', given: 'Grace' },
  { family: 'Long', given: 'Art' },
  { family: 'Price', given: 'Summer' },
  { family: 'Stone', given: 'Cliff' },
  { family: 'Hand', given: 'Christian' },
  { family: 'Payne', given: 'Will' },
  { family: 'Lung', given: 'Mei' },
  { family: 'Marsh', given: 'June' },
  { family: "O'Connor-Walsh", given: 'Siobhán' },
  { family: 'van der Bergh', given: 'Anneke' },
  { family: 'Al-Rashidi', given: 'Abd al-Karim' },
  { family: 'Nguyễn', given: 'Thị Minh' },
  { family: 'Ng', given: 'Li' },
  { family: 'Xu', given: 'Yi' },
  { family: 'de la Cruz', given: 'María José' },
  { family: 'Okonkwo', given: 'Chukwuemeka' },
  { family: 'Venkataraghavan', given: 'Sri Lakshmi' },
  { family: 'McDonald', given: 'J' },
];

const locales = [
  'en_US', 'de', 'fr', 'es', 'it', 'pl', 'nl', 'sv', 'tr', 'vi', 'pt_BR', 'ru', 'zh_CN', 'ja', 'ko', 'el',
  'en_IN', 'en_NG', 'hu', 'cs_CZ', 'id_ID', 'yo_NG',
] as const; // prettier-ignore

const hospitals = [
  'St. Brendan General Hospital', 'Mercy Lakeside Clinic', 'Universitätsklinikum Altenmünster', 'Hôpital Saint-Roch',
  'Ospedale San Gaudenzio', 'Northgate Imaging Associates', 'Klinik am Rosengarten', 'Riverside Children’s Hospital',
  'Centro Médico Guadalupe', 'Queen Adelaide Infirmary',
]; // prettier-ignore

/** Patient number `at`, always the same for the same seed. */
export function patientOf(at: number, seed: number, random: Random): Patient {
  const locale = locales[at % locales.length] ?? 'en_US';
  const faker = allFakers[locale];
  faker.seed(1000 * seed + at);
  const sex = random.pick(['F', 'M', 'F', 'M', 'O'] as const);
  const own = at % 2 === 1 ? handmade[(at >> 1) % handmade.length] : undefined;
  const { family, given } = own ?? namedBy(faker, sex);
  const middle = random.pick(['', '', random.pick(['Q', 'Marie', 'Ruth', 'Lee'])]);
  const hospital = random.pick(hospitals);
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replaceAll(/[^a-zA-Z]/g, '')
      .toLowerCase();
  const account = `${plain(given) || 'xiao'}.${plain(family) || 'wang'}`;
  return {
    family,
    given,
    middle,
    name: [family, given, ...(middle ? [middle] : [])].join('^'),
    mrn: mrnOf(at, random),
    birth: dateBetween(random, 1931, 2012),
    sex,
    phone: phoneOf(faker, random),
    street: faker.location.streetAddress().replaceAll('\\', ' '),
    city: faker.location.city(),
    postcode: `${random.digits(5)}`,
    email: `${account}${random.digits(2)}@${random.pick(['example.org', 'mail.example.com', 'example.de'])}`,
    socialSecurity: `${random.digits(3)}-${random.digits(2)}-${random.digits(4)}`,
    mother: namedBy(faker, 'F').family,
    doctor: namedBy(allFakers[random.pick(locales)], random.pick(['F', 'M'])),
    operator: namedBy(allFakers[random.pick(['en_US', 'de', 'es', 'en_IN'] as const)], 'M'),
    hospital,
  };
}

/** Somebody whom no header names. */
export function strangerOf(random: Random): Named {
  return namedBy(allFakers[random.pick(locales)], random.pick(['F', 'M']));
}

export function otherHospital(random: Random): string {
  return random.pick([
    'Bellweather Medical Center',
    'Klinikum Hohenfels',
    'St. Aldhelm Hospital',
    'CHU Montrevel',
  ]);
}

function namedBy(faker: Faker, sex: 'F' | 'M' | 'O'): Named {
  const of = sex === 'F' ? 'female' : 'male';
  return { family: faker.person.lastName(of), given: faker.person.firstName(of) };
}

function mrnOf(at: number, random: Random): string {
  switch (at % 5) {
    case 0:
      return random.digits(8);
    case 1:
      return `MRN${random.digits(6)}`;
    case 2:
      return `${random.digits(3)}-${random.digits(2)}-${random.digits(3)}`;
    case 3:
      return `K${random.digits(4)}/${random.digits(2)}`;
    default:
      return `${random.pick(['AX', 'QT', 'ZZ'])}${random.digits(7)}`;
  }
}

function phoneOf(faker: Faker, random: Random): string {
  const [a, b, c] = [random.digits(3), random.digits(3), random.digits(4)];
  return random.pick([
    `(${a}) ${b}-${c}`, `${a}-${b}-${c}`, `${a}.${b}.${c}`, `+1 ${a} ${b} ${c}`, `+49 ${a} ${b}${c}`,
    `0${a}/${b}${c}`, `+33 1 ${c.slice(0, 2)} ${c.slice(2)} ${b.slice(0, 2)} 07`, faker.phone.number(),
  ]); // prettier-ignore
}

/** YYYYMMDD. */
export function dateBetween(random: Random, from: number, to: number): string {
  const year = from + random.below(to - from + 1);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(year)}${two(1 + random.below(12))}${two(1 + random.below(28))}`;
}
