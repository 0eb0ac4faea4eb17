import { m } from '../../shared/messages/messages.js';
import type { ProjectRule } from '../../shared/rules.ts';
import { count } from './figures.ts';

/** Where a rule comes from, and how well the table keeps to it where that was counted. */
export function ruleEvidence({ origin, rows, counterexamples = 0 }: ProjectRule): string {
  if (origin === 'own') return m.rules_own();
  if (origin === 'model') return m.rules_of_model();
  if (rows === undefined) return m.rules_found();
  return counterexamples === 0
    ? m.rules_all_rows({ rows: m.units_rows({ count: rows }) })
    : m.rules_but({ rows: m.units_rows({ count: rows }), broken: count(counterexamples) });
}
