/** Files of rules, in YAML or JSON: a list, or `rules:` and a list; each rule as text or in full. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { rule } from '../../shared/rules.ts';
import type { Rule } from '../../shared/rules.ts';
import type { Bindable } from '../tables/conditions/bind.ts';
import { checkRule, readRule } from '../tables/rules/rule-text.ts';

const entries = z.array(z.union([z.string(), rule])).max(1000);
const contents = z.union([entries, z.object({ rules: entries }).transform((file) => file.rules)]);

export type RuleEntries = z.infer<typeof entries>;

/** Reads a file of rules. Throws `source/not-found` and `rule/invalid`. */
export async function readRulesFile(path: string): Promise<RuleEntries> {
  const name = basename(path);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('source/not-found', `The file of rules “${name}” cannot be read.`, 'Check the name.', {
      cause: error,
    });
  });
  const found = contents.safeParse(parsed(text, name));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw new AppError(
    'rule/invalid',
    `“${name}” is no list of rules${issue && issue.path.length > 0 ? ` (at ${issue.path.join('.')})` : ''}.`,
    'Write one rule a line, each after “- ”, such as: - start <= end',
  );
}

function parsed(text: string, name: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new AppError(
      'rule/invalid',
      `“${name}” is neither YAML nor JSON.`,
      'Write one rule a line, each after “- ”; a rule that begins with a quotation mark, or has a colon, goes in quotes.',
      { cause: error },
    );
  }
}

/** The rules of a file, for these columns. Throws `rule/invalid`, naming the rule. */
export function rulesOf(read: RuleEntries, columns: readonly Bindable[]): Rule[] {
  return read.map((entry, index) => {
    try {
      return typeof entry === 'string' ? readRule(entry, columns) : checkRule(entry, columns);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, `Rule ${index + 1}: ${error.message}`, error.fix, { cause: error });
    }
  });
}
