import { AppError, partOf, type ErrorPart } from '../../../shared/errors.ts';
import type { Rule } from '../../../shared/rules.ts';
import { ruleText } from '../../tables/rules/rule-text.ts';

/** Throws `rule/contradiction`, with the reason, for rules that no row can keep together, as far as the rules tell. */
export function requireConsistent(rules: readonly Rule[]): void {
  circles(rules);
  lists(rules);
}

export function contradiction(why: ErrorPart): AppError {
  return AppError.of('rule/contradiction', 'rules_contradict', { why });
}

/** a < b, b < c and c < a; or a ≤ b and b ≤ a, which is an equation. */
function circles(rules: readonly Rule[]): void {
  const after = new Map<string, { to: string; rule: Rule }[]>();
  for (const rule of rules)
    if (rule.type === 'order') after.set(rule.low, [...(after.get(rule.low) ?? []), { to: rule.high, rule }]);
  const walk = (name: string, path: readonly Rule[], seen: readonly string[]): void => {
    for (const { to, rule } of after.get(name) ?? []) {
      const back = seen.indexOf(to);
      if (back >= 0) {
        const circle = [...path.slice(back), rule].map((each) => `“${ruleText(each)}”`);
        throw contradiction(partOf('parts_rules_circle', { rules: circle }));
      }
      if (!done.has(to)) walk(to, [...path, rule], [...seen, to]);
    }
    done.add(name);
  };
  const done = new Set<string>();
  for (const name of after.keys()) if (!done.has(name)) walk(name, [], [name]);
}

function lists(rules: readonly Rule[]): void {
  const known = new Map<string, Set<string>>();
  for (const rule of rules) {
    if (rule.type !== 'list') continue;
    const before = known.get(rule.column);
    const both = new Set(rule.values.filter((value) => before?.has(value) ?? true));
    if (both.size === 0) throw contradiction(partOf('parts_rules_lists', { column: rule.column }));
    known.set(rule.column, both);
  }
}
