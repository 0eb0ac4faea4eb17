/** Phrases with their marks read: the text, what of it must stay and what must go. */
import type { Random } from '../personal/random.ts';
import type { Patient } from './people.ts';
import { secretOf } from './spellings.ts';

export interface Marked {
  readonly text: string;
  readonly keeps: readonly string[];
  readonly secrets: readonly (readonly string[])[];
}

/**
 * @param most Characters that the attribute takes: a phrase that does not fit loses its end as devices cut it, and with it
 *   what is asked of that.
 */
export function marked(
  phrase: string,
  patient: Patient,
  accession: string,
  random: Random,
  most = Infinity,
): Marked {
  let text = '';
  const keeps: string[] = [];
  const secrets: (readonly string[])[] = [];
  for (const [, kept, kind, plain] of phrase.matchAll(/\[([^\]]*)\]|\{([a-z]+)\}|([^[{]+)/g)) {
    const secret = kind === undefined ? undefined : secretOf(kind, patient, accession, random);
    const piece = kept ?? secret?.text ?? plain ?? '';
    if (text.length + piece.length > most) break;
    text += piece;
    if (kept !== undefined) keeps.push(kept);
    if (secret && secret.pieces.length > 0) secrets.push(secret.pieces);
  }
  return { text: text.trim(), keeps: keeps.filter((kept) => !names(kept, patient)), secrets };
}

/** Words that are also the patient's or a doctor's name cannot both stay and go: then they may go. */
function names(kept: string, { family, given, mother, doctor, operator }: Patient): boolean {
  const words = new Set(kept.toLowerCase().match(/[\p{L}\p{M}]+/gu));
  const all = [family, given, mother, doctor.family, doctor.given, operator.family, operator.given].join(' ');
  return (all.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).some((name) => words.has(name));
}
