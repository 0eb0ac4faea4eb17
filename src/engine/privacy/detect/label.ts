/**
 * The name of a column as words: lower case, without accents, one blank between words and none around: `PatientName_1`
 * is `patient name`. Chinese and other scripts stay as they are.
 */
export function labelOf(name: string): string {
  return fold(name.replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2'))
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
}

const special: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i',
}; // prettier-ignore

/** Lower case without accents: what lists of names are looked up by. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => special[letter] ?? letter);
}
