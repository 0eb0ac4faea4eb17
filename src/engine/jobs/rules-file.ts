/** Files of rules, in YAML or JSON: a list, or `rules:` and a list; each rule as text or in full. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, partsOf } from '../../shared/errors.ts';
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
    throw AppError.of('source/not-found', 'rules_file_unreadable', { file: name }, { cause: error });
  });
  const found = contents.safeParse(parsed(text, name));
  if (found.success) return found.data;
  const [issue] = found.error.issues;
  throw issue && issue.path.length > 0
    ? AppError.of('rule/invalid', 'rules_file_no_list_at', { file: name, place: issue.path.join('.') })
    : AppError.of('rule/invalid', 'rules_file_no_list', { file: name });
}

function parsed(text: string, name: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw AppError.of('rule/invalid', 'rules_file_no_yaml', { file: name }, { cause: error });
  }
}

/** The rules of a file, for these columns. Throws `rule/invalid`, naming the rule. */
export function rulesOf(read: RuleEntries, columns: readonly Bindable[]): Rule[] {
  return read.map((entry, index) => {
    try {
      return typeof entry === 'string' ? readRule(entry, columns) : checkRule(entry, columns);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { what, fix } = partsOf(error);
      throw AppError.of(error.code, 'rule_numbered', { number: index + 1, what, fix }, { cause: error });
    }
  });
}
