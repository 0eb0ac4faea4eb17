/** From rules as people choose them to rules a model can hold. */
import { AppError } from '../../shared/errors.ts';
import type { FittedRule, Rule, RuleFinding } from '../../shared/rules.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { createRuleKeeper } from '../synthesis/rules/keeper.ts';
import { discoverRules } from '../tables/rules/discover.ts';
import { fitRule, needsTable } from '../tables/rules/fit.ts';
import { checkRule, ruleText } from '../tables/rules/rule-text.ts';
import type { ColumnSchema } from '../tables/schema.ts';
import type { Source } from '../tables/source.ts';
import type { Table } from '../tables/table.ts';
import { loadTreated } from './personal.ts';

/**
 * The rules with what they need of the training rows; `auto` takes all that are found in them. Throws `rule/invalid` and
 * `rule/contradiction` before anything is learned.
 */
export function fitRules(
  rules: readonly Rule[] | 'auto',
  table: Table,
  schema: readonly ColumnSchema[],
): FittedRule[] {
  if (rules !== 'auto') {
    const fitted = rules.map((rule) => fitRule(checkRule(rule, schema), table));
    createRuleKeeper(fitted, schema);
    return fitted;
  }
  // Of what is found, one after the other as long as they can be kept together: total = a + b and total = c + d may not.
  const fitted: FittedRule[] = [];
  for (const { rule } of discoverRules(table, schema)) {
    const next = fitRule(rule, table);
    if (areConsistent([...fitted, next], schema)) fitted.push(next);
  }
  return fitted;
}

function areConsistent(rules: readonly FittedRule[], schema: readonly ColumnSchema[]): boolean {
  try {
    createRuleKeeper(rules, schema);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'rule/contradiction') return false;
    throw error;
  }
}

/**
 * Rules for generating from a model: those that need a table are taken as the model has them. Throws `rule/invalid` where
 * it has not, and no table is at hand.
 */
export function rulesForModel(
  rules: readonly Rule[],
  model: { schema: readonly ColumnSchema[]; rules?: readonly FittedRule[] | undefined },
  table?: Table,
): FittedRule[] {
  return rules.map((chosen) => {
    const rule = checkRule(chosen, model.schema);
    if (!needsTable(rule)) return { rule };
    const text = ruleText(rule);
    const known = model.rules?.find((fitted) => ruleText(fitted.rule) === text && fitted.combinations);
    if (known) return known;
    if (table) return fitRule(rule, table);
    throw AppError.of('rule/invalid', 'rule_values_unknown', { rule: text });
  });
}

/** Rules found in a linked table, over the columns that are kept. Throws what `loadTreated` throws. */
export async function findRules(
  source: Source,
  profile: TableProfile,
  columns: readonly ColumnChoice[],
  signal: AbortSignal,
): Promise<RuleFinding[]> {
  const learned = columns.filter(({ role, kind }) => role === 'keep' && kind !== 'text');
  if (learned.length < 1 || profile.rows === 0) return [];
  const { table, schema } = await loadTreated(source, profile, learned, { signal });
  return discoverRules(table, schema);
}
