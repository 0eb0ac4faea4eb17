/** What the user should know about how a text was decoded. */
import { m } from '../../shared/messages/messages.js';
import type { Problem } from '../../shared/table.ts';
import type { Encoding } from './encoding.ts';
import type { DecodingNotes } from './utf8-text.ts';

/** @param guessed nothing in the file says which encoding it is in */
export function encodingProblems(encoding: Encoding, guessed: boolean, notes: DecodingNotes): Problem[] {
  const found: Problem[] = [];
  const { utf8, legacy, zeros } = notes;
  if (utf8.count > 0 && legacy.count > 0) {
    const [odd, usual, name, other] =
      utf8.count <= legacy.count
        ? [utf8, legacy, 'UTF-8', encodingName(encoding)]
        : [legacy, utf8, encodingName(encoding), 'UTF-8'];
    found.push({
      severity: 'warning',
      message: m.problems_mixed_encodings({
        odd: inFull(odd.count),
        first: name,
        line: inFull(odd.first),
        usual: inFull(usual.count),
        second: other,
      }),
      fix: m.problems_mixed_encodings_fix(),
    });
  } else if (guessed)
    found.push({
      severity: 'note',
      message: m.problems_not_utf8({ encoding: encodingName(encoding) }),
      fix: m.problems_not_utf8_fix(),
    });
  if (zeros > 0)
    found.push({
      severity: 'warning',
      message: m.problems_zero_bytes({ count: inFull(zeros) }),
      fix: m.problems_zero_bytes_fix(),
    });
  return found;
}

function encodingName(encoding: Encoding): string {
  const names: Record<Encoding, string> = {
    'utf-8': 'UTF-8',
    'utf-16le': 'UTF-16',
    'utf-16be': 'UTF-16',
    'windows-1252': m.parts_encoding_western(),
    gb18030: m.parts_encoding_chinese(),
  };
  return names[encoding];
}

function inFull(count: number): string {
  return count.toLocaleString('en-GB');
}
