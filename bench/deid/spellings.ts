/** How people write what names them into free text. */
import type { Random } from '../personal/random.ts';
import { dateBetween, otherHospital, strangerOf, type Named, type Patient } from './people.ts';

/** What was written, and the pieces of it that must not be there afterwards. */
export interface Secret {
  readonly text: string;
  readonly pieces: readonly string[];
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const german = [
  'Januar',
  'Februar',
  'März',
  'April',
  'Mai',
  'Juni',
  'Juli',
  'August',
  'September',
  'Oktober',
  'November',
  'Dezember',
];
const french = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** What a kind of secret of a phrase is written as this time. */
export function secretOf(kind: string, patient: Patient, accession: string, random: Random): Secret {
  switch (kind) {
    case 'name':
      return named(patient, random);
    case 'doctor':
      return named(patient.doctor, random);
    case 'operator':
      return named(patient.operator, random);
    case 'stranger':
      return named(strangerOf(random), random);
    case 'mother':
      return whole(patient.mother);
    case 'mrn':
      return whole(patient.mrn);
    case 'acc':
      return whole(accession);
    case 'phone':
      return whole(patient.phone);
    case 'street':
      return place(patient.street);
    case 'city':
      return place(patient.city);
    case 'email':
      return whole(patient.email);
    case 'ssn':
      return whole(patient.socialSecurity);
    case 'hospital':
      return ofWords(patient.hospital);
    case 'otherhospital':
      return ofWords(otherHospital(random));
    case 'birth':
      return whole(spelt(patient.birth, random));
    case 'date':
      return whole(spelt(dateBetween(random, 2009, 2024), random));
    case 'id':
      return whole(
        random.pick([
          `DL-${random.digits(7)}`,
          `H${random.digits(8)}`,
          `A${random.digits(2)}-${random.digits(5)}`,
        ]),
      );
    case 'url':
      return whole(`https://pacs.example.org/v/${random.digits(6)}`);
    case 'user':
      return whole(
        `${random.pick(['jq', 'mw', 'tk'])}${random.pick(['schmidtke', 'okafor', 'delvaux'])}${random.digits(2)}`,
      );
    default:
      throw new TypeError(kind);
  }
}

/** All of it, and each of its longer numbers: half a telephone number is still somebody's. */
function whole(text: string): Secret {
  return { text, pieces: [...new Set([text, ...(text.match(/\d{3,}/g) ?? [])])] };
}

/** The words of a place but for those that any place has. */
function place(text: string): Secret {
  const common =
    /^(?:street|road|avenue|lane|drive|suite|court|park|south|north|east|west|port|lake|mount|city|saint)$/i;
  const words = text.match(/[\p{L}\p{M}]{4,}/gu) ?? [];
  return { text, pieces: [text, ...words.filter((word) => !common.test(word))] };
}

/** Of an institution every word but those that many have. */
function ofWords(text: string): Secret {
  const common =
    /^(?:st|general|hospital|clinic|klinik|am|imaging|medical|center|associates|children|san|saint|s|hôpital|centro|médico|queen|chu|ospedale)$/iu;
  const pieces = (text.match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => !common.test(word));
  return { text, pieces };
}

function named({ family, given }: Named, random: Random): Secret {
  const initial = [...given][0] ?? '';
  const text = random.pick([
    `${family}^${given}`, `${family}, ${given}`, `${given} ${family}`, `${initial}. ${family}`, `${family} ${initial}`,
    `${family.toUpperCase()} ${given.toUpperCase()}`, `${family.toUpperCase()}^${given.toUpperCase()}`,
    `${given.toLowerCase()} ${family.toLowerCase()}`, `${family}_${given}`, family,
  ]); // prettier-ignore
  const parts = `${family} ${given}`.match(/[\p{L}\p{M}]{2,}/gu) ?? [];
  const particles = new Set(['de', 'la', 'van', 'der', 'al', 'den', 'von', 'di', 'da', 'dos', 'el', 'e']);
  const written = new Set((text.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => word.toLowerCase()));
  return {
    text,
    pieces: parts.filter((part) => !particles.has(part.toLowerCase()) && written.has(part.toLowerCase())),
  };
}

/** @param date YYYYMMDD. */
export function spelt(date: string, random: Random): string {
  const [year, month, day] = [date.slice(0, 4), Number(date.slice(4, 6)), Number(date.slice(6))];
  const [mm, dd, yy] = [date.slice(4, 6), date.slice(6), year.slice(2)];
  const [name = '', inGerman = '', inFrench = ''] = [months, german, french].map((of) => of[month - 1]);
  const [m, d] = [String(month), String(day)];
  return random.pick([
    date, `${year}-${mm}-${dd}`, `${mm}/${dd}/${year}`, `${m}/${d}/${yy}`, `${dd}.${mm}.${year}`, `${d}.${m}.${yy}`,
    `${dd}-${name.slice(0, 3).toUpperCase()}-${year}`, `${dd}${name.slice(0, 3).toUpperCase()}${year}`,
    `${name} ${d}, ${year}`, `${d} ${name} ${year}`, `${name.slice(0, 3)} ${d}th ${year}`, `${d}. ${inGerman} ${year}`,
    `${d} ${inFrench} ${year}`, `${year}年${m}月${d}日`, `${mm}-${dd}-${year}`, `${year}/${mm}/${dd}`, `${year}.${mm}.${dd}`,
    `${name} ${year}`, `${mm}/${year}`, `${dd}/${name.slice(0, 3)}/${year}`,
  ]); // prettier-ignore
}
