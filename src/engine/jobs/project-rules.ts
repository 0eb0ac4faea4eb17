/** The rules of a project: found in its table, written by the user, switched on or off. */
import type { ProjectRule, Rule, RuleFinding } from '../../shared/rules.ts';
import type { ColumnChoice, TableProfile } from '../../shared/table.ts';
import { requireConsistent } from '../synthesis/rules/contradictions.ts';
import type { Bindable } from '../tables/conditions/bind.ts';
import { readRule, ruleText } from '../tables/rules/rule-text.ts';

/** Rules just found, and those written before; what was on stays on. Nothing found is switched on by itself. */
export function carriedRules(found: readonly RuleFinding[], before: readonly ProjectRule[]): ProjectRule[] {
  const on = new Set(before.filter((rule) => rule.on).map(({ text }) => text));
  const fresh = found.map(({ text, rows, counterexamples }): ProjectRule => ({
    text,
    origin: 'found',
    on: on.has(text),
    rows,
    counterexamples,
  }));
  const known = new Set(fresh.map(({ text }) => text));
  return [...fresh, ...before.filter(({ origin, text }) => origin !== 'found' && !known.has(text))];
}

/** What rules have to know of a project's columns. */
export function columnsForRules(project: {
  profile: TableProfile | null;
  columns: readonly ColumnChoice[];
}): Bindable[] {
  const formats = new Map(project.profile?.columns.map(({ name, format }) => [name, format]));
  return project.columns.map((choice) => {
    const format = formats.get(choice.name);
    return { ...choice, ...(format !== undefined && { format }) };
  });
}

/** Throws `rule/invalid` and `rule/contradiction`. */
export function rulesThatAreOn(rules: readonly ProjectRule[], columns: readonly Bindable[]): Rule[] {
  const read = rules.filter(({ on }) => on).map(({ text }) => readRule(text, columns));
  requireConsistent(read);
  return read;
}

/** The rules as they are kept: those written in one spelling each. Throws as `rulesThatAreOn`. */
export function checkedRules(rules: readonly ProjectRule[], columns: readonly Bindable[]): ProjectRule[] {
  rulesThatAreOn(rules, columns);
  return rules.map((rule) =>
    rule.origin === 'own' && rule.on ? { ...rule, text: ruleText(readRule(rule.text, columns)) } : rule,
  );
}
