import { recipientLength, type RecipientProblem } from '../../shared/age-recipient.ts';
import { m } from '../../shared/messages/messages.js';

/** What is wrong with a key of a recipient. It is never quoted: it may be a secret one. */
export function recipientProblem(problem: RecipientProblem): string {
  switch (problem.kind) {
    case 'empty':
      return m.export_recipient_empty();
    case 'secret-key':
      return m.export_recipient_secret();
    case 'post-quantum':
      return m.export_recipient_pq();
    case 'plugin':
      return m.export_recipient_plugin();
    case 'ssh':
      return m.export_recipient_ssh();
    case 'not-age':
      return m.export_recipient_not_age();
    case 'mixed-case':
      return m.export_recipient_case();
    case 'character':
      return m.export_recipient_character({ character: problem.character, place: problem.place });
    case 'length':
      return problem.length < recipientLength
        ? m.export_recipient_short({ count: recipientLength - problem.length })
        : m.export_recipient_long({ count: problem.length - recipientLength });
    case 'checksum':
      return m.export_recipient_checksum();
  }
}
