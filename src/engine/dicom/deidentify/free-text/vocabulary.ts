/** Words that may stay in cleaned text: see resources/dicom/DEIDENTIFY-SOURCES.md. */
import vocabulary from '../../../../../resources/dicom/vocabulary.json' with { type: 'json' };

/**
 * What is known of a word, of letters and digits alone: `term` of radiology, which stays wherever it stands; `word` of
 * English or medicine that is no name; `ambiguous`, which is a name as well, as “Back” and “Price” are; undefined.
 */
export type WordClass = 'term' | 'word' | 'ambiguous' | undefined;

const listed = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const terms = listed(vocabulary.terms);
const words = listed(vocabulary.words);
const ambiguous = listed(vocabulary.ambiguous);

const names = listed(vocabulary.names);
const particles = listed(
  'al ap bin da de del della den der di do dos du el la las le lo los ten ter van von y',
);

/** Whether a term is a name of people as well, as “Hand” is. */
export function isAlsoName(term: string): boolean {
  return names.has(term.toLowerCase());
}

/** Small words within names, which by themselves name nobody. */
export function isParticle(word: string): boolean {
  return particles.has(word.toLowerCase());
}

/** Forms with digits that name sequences, vertebrae, kernels, sizes: T1, L5, B50f, 3D, 5mm, 16x16, b1000, p2, 2nd. */
const forms =
  /^(?:[tlcs]\d{1,2}|th\d{1,2}|t[12](?:w|wi|star)?|[bhijdtuqr]\d{1,2}[a-z]{0,2}|b\d{3,4}|p\d|[234]d|\d(?:st|nd|rd|th)|\d{1,2}(?:ch|phase)|ep\dd|\d{1,4}(?:mm|cm|ml|mg|kg|mgy|gy|kv|kvp|ma|mas|ms|sec|s|min|hz|hu|deg|t|fps|w|d|y)|\d{1,4}x\d{1,4})$/;

/** Endings of medicine, in words too long to be many people's names: cholecystitis, cystourethrogram, osteoporosis. */
const medical =
  /^\p{L}{3,}(?:ograms?|ograph(?:y|ic)|oscop(?:y|ic)|ectom(?:y|ies)|ostomy|otomy|plasty|itis|osis|oses|aemia|emia|uria|penia|pathy|pathies|megaly|algia|plegia|paresis|rrhagia|rrhoea|rrhea|rrhaphy|sclerosis|stenosis|trophy|plasia|cytoma|blastoma|sarcoma|carcinoma|adenoma|lithiasis|ectasis|ectasia|thorax|genesis|ological|ologist|therapy)$/u;
const longEnough = 7;

export function classOf(word: string): WordClass {
  const lower = word.toLowerCase();
  const singular = lower.endsWith('s') ? lower.slice(0, -1) : lower;
  if (terms.has(lower) || terms.has(singular) || forms.test(lower)) return 'term';
  if (ambiguous.has(lower)) return 'ambiguous';
  if (words.has(lower) || words.has(singular)) return 'word';
  return lower.length >= longEnough && medical.test(lower) ? 'word' : undefined;
}

/** Whether a word is known and names nobody. */
export function isSafeWord(word: string): boolean {
  const known = classOf(word);
  return known === 'term' || known === 'word';
}

/** In names of any number of hospitals and addresses, besides terms of radiology. */
const common = listed(
  'associates ave avenue building campus care center centre children city clinic clinics college community county department dept diagnostic division dr drive east eastern faculty floor general group health healthcare hospital hospitals house imaging institute klinik klinikum lane main medical medicine memorial national new north northern practice radiologie radiology rd regional road room saint school science sciences service services south southern square st state street suite town unit university ward west western women womens',
);

/** Whether a text, of an institution or address, says nothing of which it is. */
export function isCommonPlace(text: string): boolean {
  const found = text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return found.every((word) => common.has(word) || word.length < 2 || classOf(word) === 'term');
}
