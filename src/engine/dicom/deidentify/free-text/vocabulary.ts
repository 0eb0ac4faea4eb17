/** Words that may stay in cleaned text: see resources/dicom/DEIDENTIFY-SOURCES.md. */
import vocabulary from '../../../../../resources/dicom/vocabulary.json' with { type: 'json' };

const words: ReadonlySet<string> = new Set(vocabulary.words.split(' '));

/** Forms with digits that name sequences, vertebrae, kernels, sizes: T1, L5, B50f, 3D, 5mm, 16x16. */
const forms =
  /^(?:[tlcs]\d{1,2}|th\d{1,2}|t[12](?:w|wi|star)?|[bhijd]\d{1,2}[a-z]?|[234]d|\d{1,4}(?:mm|cm|ml|mg|kg|mgy|gy|kv|kvp|ma|mas|ms|sec|s|min|hz|hu|deg|t|fps|w|d|y)|\d{1,4}x\d{1,4})$/;

/** Whether a word, of letters and digits alone, is known to name nobody. */
export function isSafeWord(word: string): boolean {
  const lower = word.toLowerCase();
  return words.has(lower) || forms.test(lower) || (lower.endsWith('s') && words.has(lower.slice(0, -1)));
}
