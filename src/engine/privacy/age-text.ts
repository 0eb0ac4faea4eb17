/** Ages written as texts: “34”, “34,5”, “90+”, “94 years”. */

const yearWords =
  /^(?:y|yo|y\.o\.|yr|yrs|year|years|years? old|j|jahr|jahre|jahren|ans?|años?|anni|anno|anos?|jaar|lat|år|岁|歳)\.?$/i;
const numberFirst = /^([+-]?\d+(?:[.,]\d+)?)(\s*\+)?(?:\s*(\p{L}[\p{L}. ]*))?$/u;

export interface WrittenAge {
  /** Years, or what other number the text is. */
  value: number;
  /** The text means this many or more. */
  orMore: boolean;
  /** What stands after the number, with its blanks: “ years”. */
  unit: string;
}

/** The number of a text that is nothing but a number, alone or of years; undefined for any other text. */
export function readAge(text: string): WrittenAge | undefined {
  const plain = text.trim();
  const [, digits, plus = '', unit = ''] = numberFirst.exec(plain) ?? [];
  if (digits === undefined || (unit !== '' && !yearWords.test(unit))) return undefined;
  return {
    value: Number(digits.replace(',', '.')),
    orMore: plus !== '',
    unit: plain.slice(digits.length + plus.length),
  };
}
