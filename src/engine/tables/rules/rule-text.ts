/**
 * Rules as people write them, one a line:
 *
 *   start <= end                        order
 *   total = net + tax                   a formula
 *   postcode determines town            the same postcode, the same town
 *   combinations of country, currency   only pairs that the source has
 *   rating in (1, 2, 3, 5)              a list of values
 *   missing together: street, house     no value in the same rows
 *   not (sex = m and pregnant = yes)    any condition
 */
import { AppError, partOf, type ErrorPart } from '../../../shared/errors.ts';
import type { Rule } from '../../../shared/rules.ts';
import { findColumn, readCondition, type Bindable } from '../conditions/bind.ts';
import { readList, readName, type Written } from '../conditions/parse.ts';
import { TokenReader } from '../conditions/tokens.ts';
import { columnsOf, parseFormula } from './formula.ts';

/** Reads a rule and checks it against the columns. Throws `rule/invalid` with what is wrong. */
export function readRule(source: string, columns: readonly Bindable[]): Rule {
  return checkRule(parseRule(source, columns), columns);
}

function parseRule(source: string, columns: readonly Bindable[]): Rule {
  try {
    const reader = new TokenReader(source);
    const known = ({ text }: { text: string }): boolean => columns.some(({ name }) => name === text);
    if (reader.isWord('combinations', 'combination') && !/^[<>=!]/.test(reader.following.text)) {
      reader.take();
      reader.requireWord('of');
      return { type: 'combination', columns: names(reader) };
    }
    if (reader.isWord('missing') && /^together:?$/i.test(reader.following.text)) {
      reader.take();
      reader.take();
      return { type: 'together', columns: names(reader) };
    }
    const start = reader.position;
    if (reader.token.type === 'quoted' || (reader.token.type === 'word' && known(reader.token))) {
      const first = readName(reader);
      if (reader.takeWord('determines')) {
        const to = readName(reader);
        reader.requireEnd(partOf('parts_expected_end', {}));
        return { type: 'determines', from: first.text, to: to.text };
      }
      const second = reader.following;
      const alone = source.slice(second.at + lengthOf(second.type, second.text)).trim() === '';
      if (reader.isSign('<', '<=', '>', '>=') && known(second) && alone) {
        const sign = reader.token.text;
        const [low, high] = sign.startsWith('<') ? [first.text, second.text] : [second.text, first.text];
        return { type: 'order', low, high, strict: sign.length === 1 };
      }
      if (reader.isSign('=')) {
        const rest = source.slice(reader.token.at + 1).trim();
        const formula = /\s[-+−]\s|[*/×÷]|\(/.test(rest) || known(second);
        if (formula && isFormulaOf(rest, known))
          return { type: 'formula', column: first.text, expression: rest };
      }
      if (reader.takeWord('in')) {
        const values = readList(reader);
        if (reader.atEnd) return { type: 'list', column: first.text, values: values.map(({ text }) => text) };
      }
    }
    reader.position = start;
    return { type: 'condition', where: source.trim() };
  } catch (error) {
    throw asRuleError(error);
  }
}

/** Whether the text is a formula of the columns, rather than a value that holds a sign. */
function isFormulaOf(text: string, known: (name: { text: string }) => boolean): boolean {
  return columnsOf(parseFormula(text)).some((name) => known({ text: name }));
}

function lengthOf(type: string, text: string): number {
  return text.length + (type === 'quoted' ? 2 : 0);
}

function names(reader: TokenReader): string[] {
  const found = [readName(reader).text];
  while (reader.takeSign(',')) found.push(readName(reader).text);
  reader.requireEnd(partOf('parts_expected_comma_or_end', {}));
  return found;
}

/**
 * Checks that the rule's columns are there and hold what it needs; names are brought to their exact spelling.
 * Throws `rule/invalid`.
 */
export function checkRule(rule: Rule, columns: readonly Bindable[]): Rule {
  try {
    const find = (name: string): Bindable => findColumn(written(name), columns);
    const measured = (name: string): string => {
      const column = find(name);
      if (column.kind === 'category' || column.kind === 'boolean')
        throw invalid(partOf('parts_rule_needs_measures', { column: column.name }));
      return column.name;
    };
    switch (rule.type) {
      case 'order': {
        const [low, high] = [measured(rule.low), measured(rule.high)];
        if (low === high) throw invalid(partOf('parts_rule_before_itself', {}));
        const dates = [low, high].filter((name) => find(name).kind === 'datetime').length;
        if (dates === 1) throw invalid(partOf('parts_rule_date_and_number', {}));
        return { ...rule, low, high };
      }
      case 'formula': {
        const column = measured(rule.column);
        const used = columnsOf(parseFormula(rule.expression)).map(measured);
        if (used.includes(column)) throw invalid(partOf('parts_rule_made_of_itself', { column }));
        if (used.length === 0) throw invalid(partOf('parts_rule_names_no_column', {}));
        return { ...rule, column };
      }
      case 'determines': {
        const [from, to] = [find(rule.from).name, find(rule.to).name];
        if (from === to) throw invalid(partOf('parts_rule_determines_itself', {}));
        return { ...rule, from, to };
      }
      case 'combination':
      case 'together': {
        const found = rule.columns.map((name) => find(name).name);
        if (new Set(found).size < found.length) throw invalid(partOf('parts_rule_column_twice', {}));
        if (found.length < 2) throw invalid(partOf('parts_rule_two_columns', {}));
        return { ...rule, columns: found };
      }
      case 'list':
        readCondition(conditionOf(rule), columns);
        return { ...rule, column: find(rule.column).name };
      case 'condition':
        readCondition(rule.where, columns);
        return rule;
    }
  } catch (error) {
    throw asRuleError(error);
  }
}

function written(text: string): Written {
  return { text, at: 0, quoted: true };
}

/** The condition a list stands for. */
export function conditionOf(rule: Extract<Rule, { type: 'list' | 'condition' }>): string {
  if (rule.type === 'condition') return rule.where;
  const column = quote(rule.column);
  return `${column} in (${rule.values.map(quoteValue).join(', ')}) or ${column} is null`;
}

/** The rule as `readRule` reads it. */
export function ruleText(rule: Rule): string {
  switch (rule.type) {
    case 'order':
      return `${quote(rule.low)} ${rule.strict ? '<' : '<='} ${quote(rule.high)}`;
    case 'formula':
      return `${quote(rule.column)} = ${rule.expression}`;
    case 'determines':
      return `${quote(rule.from)} determines ${quote(rule.to)}`;
    case 'combination':
      return `combinations of ${rule.columns.map(quote).join(', ')}`;
    case 'list':
      return `${quote(rule.column)} in (${rule.values.map(quoteValue).join(', ')})`;
    case 'together':
      return `missing together: ${rule.columns.map(quote).join(', ')}`;
    case 'condition':
      return rule.where;
  }
}

/** A name as it stands in a rule or condition: in quotes where it has to. */
export function quote(name: string): string {
  const plain = /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(name);
  const word = /^(and|or|not|in|between|is|combinations?|missing|determines)$/i.test(name);
  return plain && !word ? name : `"${name.replaceAll('"', '""')}"`;
}

function quoteValue(value: string): string {
  return /^-?[\p{L}\p{N}_.]+$/u.test(value) && !/^(and|or|not|in|between|is)$/i.test(value)
    ? value
    : `"${value.replaceAll('"', '""')}"`;
}

/** Columns the rule speaks of. */
export function ruleColumns(rule: Rule, columns: readonly Bindable[]): string[] {
  switch (rule.type) {
    case 'order':
      return [rule.low, rule.high];
    case 'formula':
      return [rule.column, ...columnsOf(parseFormula(rule.expression))];
    case 'determines':
      return [rule.from, rule.to];
    case 'combination':
    case 'together':
      return rule.columns;
    case 'list':
      return [rule.column];
    case 'condition':
      return columns.map(({ name }) => name).filter((name) => rule.where.includes(name));
  }
}

function invalid(why: ErrorPart): AppError {
  return AppError.of('rule/invalid', 'rule_does_not_work', { why });
}

/** Conditions inside a rule tell of their place alike. */
function asRuleError(error: unknown): unknown {
  return error instanceof AppError && error.code === 'condition/invalid' ? error.as('rule/invalid') : error;
}
