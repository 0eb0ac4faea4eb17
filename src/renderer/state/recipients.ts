import { checkRecipient, type RecipientProblem } from '../../shared/age-recipient.ts';

export interface RecipientReading {
  /** Those that are right, each once. */
  recipients: string[];
  /** What is wrong, by the line it stands in, the first being 1. */
  problems: { line: number; problem: RecipientProblem }[];
}

/** Reads keys as typed or pasted: any number a line, and lines of remarks as `age-keygen` writes them. */
export function readRecipients(text: string): RecipientReading {
  const recipients = new Set<string>();
  const problems: RecipientReading['problems'] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    for (const item of itemsOf(line)) {
      const checked = checkRecipient(item);
      if (checked.ok) recipients.add(checked.recipient);
      else problems.push({ line: at + 1, problem: checked.problem });
    }
  }
  return { recipients: [...recipients], problems };
}

function itemsOf(line: string): string[] {
  const text = line.trim();
  const named = /^#\s*public key:\s*(\S+)$/i.exec(text)?.[1];
  if (named !== undefined) return [named];
  if (text.startsWith('#')) return [];
  // An SSH key is one, though it has blanks in it.
  if (/^(ssh-|ecdsa-|sk-)/i.test(text)) return [text];
  return text.split(/[\s,;]+/).filter((item) => item !== '');
}

/** The text without secret keys, which somebody may paste by mistake: they are not to be kept. */
export function withoutSecretKeys(text: string): string {
  return text.replaceAll(/AGE-SECRET-KEY-\S*/gi, '');
}
