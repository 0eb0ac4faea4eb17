/**
 * Holds rules in generated rows. A row that breaks one is thrown away for another, or a value of it is changed, whichever
 * distorts the columns of the rule less; equations, which hardly any row keeps by chance, are always mended.
 */
import { partOf } from '../../../shared/errors.ts';
import type { FittedRule, RuleOutcome } from '../../../shared/rules.ts';
import { createRandom } from '../../compute/random.ts';
import type { Random } from '../../compute/random.ts';
import type { ColumnSchema } from '../../tables/schema.ts';
import type { Table } from '../../tables/table.ts';
import { bindRule } from './bound-rule.ts';
import type { BoundRule, Repair } from './bound-rule.ts';
import { contradiction, requireConsistent } from './contradictions.ts';
import { copyOf, distortion } from './distortion.ts';

/** What the rules say of a chunk of rows, after mending. */
export interface Verdicts {
  /** The first rule that the row still breaks, by its number; −1 where it keeps all. */
  readonly broken: Int16Array;
  /** For each rule, the rows it was mended in. */
  readonly mended: readonly Uint8Array[];
}

export interface RuleKeeper {
  readonly rules: readonly BoundRule[];
  /** For one sample: decides what to do about each rule from its first rows, which it leaves as they are. */
  begin(first: Table, seed: number): Keeping;
}

export interface Keeping {
  /** Mends rows in place and says which of them keep all rules. */
  apply(table: Table): Verdicts;
}

/** Throwing more than this share of rows away takes longer than anyone expects: then values are changed. */
const mostThrown = 0.9;
/** Rows that keep all rules, of those drawn, under which the rules are taken to contradict each other. */
const fewestKept = 1 / 2000;

/**
 * Readies rules for generating. Throws `rule/contradiction` with the reason where they cannot be kept together, and
 * `rule/invalid` where they do not fit the columns.
 */
export function createRuleKeeper(fitted: readonly FittedRule[], schema: readonly ColumnSchema[]): RuleKeeper {
  requireConsistent(fitted.map(({ rule }) => rule));
  const rules = fitted.map((rule) => bindRule(rule, schema));
  const repairs = assign(rules, fitted);
  return {
    rules,
    begin: (first, seed) => {
      const choice = study(rules, repairs, first, seed);
      for (const rule of rules) rule.begin();
      const random = createRandom(seed + 3 * 2 ** 32);
      return { apply: (table) => keep(rules, choice, table, random) };
    },
  };
}

/** What became of each rule, from counts by rule. */
export function outcomesOf(
  rules: readonly BoundRule[],
  repaired: readonly number[],
  redrawn: readonly number[],
): RuleOutcome[] {
  return rules.map(({ text }, at) => ({
    rule: text,
    repaired: repaired[at] ?? 0,
    redrawn: redrawn[at] ?? 0,
  }));
}

/** A rule with the repair it is given; rules are mended in this order. */
interface Assigned {
  readonly rule: number;
  readonly repair: Repair;
}

/**
 * Gives rules a repair each so that no column is changed by two of them, nor by one that another builds on first. Rules
 * left without are held by throwing rows away; an equation cannot be.
 */
function assign(rules: readonly BoundRule[], fitted: readonly FittedRule[]): Assigned[] {
  const eagerness = ['formula', 'determines', 'combination', 'together', 'order'];
  const order = [...rules.keys()].sort(
    (a, b) => eagerness.indexOf(fitted[a]!.rule.type) - eagerness.indexOf(fitted[b]!.rule.type) || a - b,
  );
  const given: Assigned[] = [];
  for (const at of order) {
    const repair = rules[at]!.repairs.find((each) => sorted([...given, { rule: at, repair: each }]) !== null);
    if (repair) given.push({ rule: at, repair });
    else if (fitted[at]!.rule.type === 'formula') {
      throw contradiction(partOf('parts_rules_settle', { rule: rules[at]!.text }));
    }
  }
  return sorted(given) ?? [];
}

/** The repairs so that what one changes is read by later ones only; null where that cannot be. */
function sorted(given: readonly Assigned[]): Assigned[] | null {
  const writes = given.flatMap(({ repair }) => repair.writes);
  if (new Set(writes).size < writes.length) return null;
  const result: Assigned[] = [];
  const left = [...given];
  while (left.length > 0) {
    const at = left.findIndex(({ repair }, index) =>
      left.every(
        (other, place) => place === index || !other.repair.writes.some((name) => repair.reads.includes(name)),
      ),
    );
    if (at < 0) return null;
    result.push(...left.splice(at, 1));
  }
  return result;
}

/** Decides by the first rows which rules are mended. Throws `rule/contradiction` where hardly a row keeps them all. */
function study(
  rules: readonly BoundRule[],
  repairs: readonly Assigned[],
  first: Table,
  seed: number,
): readonly Assigned[] {
  for (const rule of rules) rule.begin();
  const random = createRandom(seed + 2 * 2 ** 32);
  const chosen = repairs.filter(({ rule, repair }) => mends(rules[rule]!, repair, copyOf(first), random));
  const table = copyOf(first);
  for (const rule of rules) rule.begin();
  const { broken } = keep(rules, chosen, table, random);
  const kept = broken.filter((at) => at < 0).length;
  if (first.rows > 0 && kept < Math.max(1, first.rows * fewestKept)) {
    const counts = rules.map((rule) => rule.broken(table).reduce((sum, each) => sum + each, 0));
    const worst = counts.indexOf(Math.max(...counts));
    const alone = counts[worst]! >= first.rows * (1 - fewestKept);
    throw contradiction(
      partOf(alone ? 'parts_rules_hardly_a_row' : 'parts_rules_hardly_all', {
        rule: rules[worst]?.text ?? '',
      }),
    );
  }
  return chosen;
}

/** Whether changing values distorts the columns of the rule less than throwing rows away. */
function mends(rule: BoundRule, repair: Repair, table: Table, random: Random): boolean {
  const broken = rule.broken(table);
  const count = broken.reduce((sum, each) => sum + each, 0);
  if (count > table.rows * mostThrown) return true;
  const after = copyOf(table);
  const marked = broken.slice();
  repair.mend(after, marked, random);
  let [thrown, changed] = [0, 0];
  for (const name of rule.columns) {
    const before = table.columns.find((column) => column.name === name);
    const changedColumn = after.columns.find((column) => column.name === name);
    if (!before || !changedColumn) continue;
    thrown += distortion(before, before, (row) => broken[row] === 0);
    changed += distortion(before, changedColumn, (row) => broken[row] === 0 || marked[row] === 1);
  }
  return changed < thrown;
}

function keep(
  rules: readonly BoundRule[],
  repairs: readonly Assigned[],
  table: Table,
  random: Random,
): Verdicts {
  const mended = rules.map(() => new Uint8Array(table.rows));
  for (const { rule, repair } of repairs) {
    const marked = rules[rule]!.broken(table);
    repair.mend(table, marked, random);
    mended[rule]!.set(marked);
  }
  const broken = new Int16Array(table.rows).fill(-1);
  rules.forEach((rule, at) => {
    rule.broken(table).forEach((breaks, row) => {
      if (breaks && broken[row] === -1) broken[row] = at;
    });
  });
  return { broken, mended };
}
