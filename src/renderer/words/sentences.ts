import { m } from '../../shared/messages/messages.js';

/** Sentences one after the other, as the language sets them: Chinese has no space between them. */
export function joined(...sentences: string[]): string {
  return sentences.join(m.units_sentence_space());
}
