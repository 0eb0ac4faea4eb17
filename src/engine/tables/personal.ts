/** Columns that name or number people: told by the shape of their values or by the name of the column. */

const email = /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i;
/** With a country code, a leading zero or brackets: what sets a telephone number apart from any other number. */
const phone = /^(\+|\(\+?\d|0)[\d\s()/.-]{6,22}$/;
const iban = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Numbers that stand for one person; `label` is the column's name in lower case with `_` between words. */
const numberName =
  /(^|[^a-z])(tel|telefon|telephone|phone|phones|mobile|cell|fax|handy|ssn|social_security|insurance|birth_?number|personnummer|account|konto|iban|passport|licen[cs]e_plate|credit_?card|card)(_?(no|nr|num|number|nummer|to|from|home|work|private|\d))?$/;
const personName =
  /(^|[^a-z])((first|last|sur|fore|given|family|full|middle|maiden|user|login|nick|customer|client|patient|employee|person|student|contact|owner)_?name|vor_?name|nach_?name|familien_?name|prenom|nom|apellido|cognome|e_?mail|mail|street|strasse|straße|address|adresse)s?(_?\d)?$|^name$/;

/** What the values of most of the sample are, by their shape. */
export function personalShape(sample: readonly string[]): 'e-mail' | 'phone' | 'iban' | undefined {
  const mostly = (test: (value: string) => boolean): boolean =>
    sample.length > 0 && sample.filter(test).length > sample.length / 2;
  if (mostly((value) => email.test(value))) return 'e-mail';
  if (mostly(isIban)) return 'iban';
  if (mostly(isPhone)) return 'phone';
  return undefined;
}

/** What the name of a column says about its values. */
export function personalName(label: string): 'number' | 'name' | undefined {
  if (numberName.test(label)) return 'number';
  return personName.test(label) ? 'name' : undefined;
}

function isPhone(value: string): boolean {
  const digits = value.replace(/\D/g, '').length;
  // A run of digits after a zero may be any code; a country code or separated groups are none.
  return phone.test(value) && digits >= 7 && digits <= 15 && /^\+|[\s()/-]/.test(value);
}

/** ISO 13616: the check digits make the whole 1 modulo 97. */
function isIban(value: string): boolean {
  const plain = value.replace(/\s/g, '');
  if (!iban.test(plain)) return false;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const number = parseInt(character, 36);
    rest = (rest * (number > 9 ? 100 : 10) + number) % 97;
  }
  return rest === 1;
}
