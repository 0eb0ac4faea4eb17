/** The people of a row: which of its cells are about the same one. */
import type { PersonalKind } from '../../../shared/personal-kinds.ts';
import { plainValue } from './same-value.ts';
import { familyName, fullName, givenName, keyOfName, mayBeOf, nameInEmail, type Named } from './who.ts';

/** A value that names somebody; undefined where it is missing. */
export interface Cell {
  kind: PersonalKind;
  text: string | undefined;
}

export interface Person extends Named {
  /** The same for the same person, whatever is known of them here. */
  who: string;
  /** Whether the row's own column of sexes is about them. */
  isMain: boolean;
}

/** What stands for a person of whom a row tells only one name, the surest first. */
const anchors: readonly PersonalKind[] = [
  'us-ssn', 'uk-nhs', 'uk-nino', 'de-tax-id', 'fr-nir', 'es-dni', 'it-cf', 'cn-resident-id', 'in-aadhaar', 'in-pan',
  'br-cpf', 'medical-record', 'email', 'account-number', 'document-number', 'other-identifier', 'phone', 'iban',
  'card-number',
]; // prettier-ignore

/**
 * The person of each cell that shows a name: names and e-mail addresses; undefined for all others, whose made-up values
 * hang on the value alone. A full name is one person, and so are the first given and the first family name of a row, the
 * second of each, and so on. An address belongs to whom of the row it may be of, else to whom it spells out, else to the
 * first of the row.
 */
export function peopleOf(cells: readonly Cell[]): (Person | undefined)[] {
  const people: (Person | undefined)[] = cells.map(() => undefined);
  const given = placesOf(cells, 'given-name');
  const family = placesOf(cells, 'family-name');
  const named: Person[] = [];
  const put = (places: readonly (number | undefined)[], name: Named): void => {
    const person = { ...name, who: whoOf(name, cells), isMain: named.length === 0 };
    named.push(person);
    for (const place of places) if (place !== undefined) people[place] = person;
  };
  for (let at = 0; at < Math.max(given.length, family.length); at++) {
    const [first, last] = [given[at], family[at]];
    const name = {
      given: textAt(cells, first, givenName),
      family: textAt(cells, last, familyName),
    };
    if (name.given !== undefined || name.family !== undefined) put([first, last], completed(name, cells));
  }
  for (const place of placesOf(cells, 'full-name')) {
    const name = textAt(cells, place, fullName);
    if (name === undefined) continue;
    const same = named.find(
      (other) => keyOfName(other) !== undefined && keyOfName(other) === keyOfName(name),
    );
    if (same) people[place] = same;
    else put([place], completed(name, cells));
  }
  for (const place of placesOf(cells, 'email')) people[place] = ownerOf(cells[place]?.text, named);
  return people;
}

function placesOf(cells: readonly Cell[], kind: PersonalKind): number[] {
  return cells.flatMap((cell, at) => (cell.kind === kind ? [at] : []));
}

function textAt<T>(
  cells: readonly Cell[],
  place: number | undefined,
  read: (text: string) => T | undefined,
): T | undefined {
  const text = place === undefined ? undefined : cells[place]?.text;
  return text === undefined ? undefined : read(text);
}

/** A name of which one half is missing, with that half from elsewhere in the row, where something spells it out. */
function completed(name: Named, cells: readonly Cell[]): Named {
  if (keyOfName(name) !== undefined) return name;
  const fits = (other: Named | undefined): other is Named =>
    other !== undefined &&
    keyOfName(other) !== undefined &&
    (name.given === undefined || name.given === other.given) &&
    (name.family === undefined || name.family === other.family);
  for (const { kind, text } of cells) {
    if (text === undefined) continue;
    const other = kind === 'full-name' ? fullName(text) : kind === 'email' ? nameInEmail(text) : undefined;
    if (fits(other)) return other;
  }
  return name;
}

/** By the whole name, else by what else stands in the row, else by the one name there is. */
function whoOf(name: Named, cells: readonly Cell[]): string {
  const whole = keyOfName(name);
  if (whole !== undefined) return `name ${whole}`;
  for (const kind of anchors) {
    const text = cells.find((cell) => cell.kind === kind && cell.text !== undefined)?.text;
    if (text !== undefined) return `${kind} ${plainValue(kind, text)}`;
  }
  return name.given === undefined ? `family ${name.family ?? ''}` : `given ${name.given}`;
}

/** The owner of an address: see `peopleOf`. Where nobody is named in the row, the address itself stands for its owner. */
function ownerOf(text: string | undefined, named: readonly Person[]): Person | undefined {
  if (text === undefined) return undefined;
  const spelt = nameInEmail(text);
  const key = spelt && keyOfName(spelt);
  const known =
    named.find((person) => key !== undefined && keyOfName(person) === key) ??
    named.find((person) => mayBeOf(text, person));
  if (known) return known;
  if (spelt && key !== undefined) return { ...spelt, who: `name ${key}`, isMain: named.length === 0 };
  return named[0] ?? { who: `email ${plainValue('email', text)}`, isMain: true };
}
