/** Formulas of columns: `price * quantity`, `(gross - tax) / 12`. Names with blanks or signs stand in quotes. */
import { AppError, partOf, type ErrorPart } from '../../../shared/errors.ts';
import { TokenReader } from '../conditions/tokens.ts';

export type Formula =
  | { readonly type: 'column'; readonly name: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: Arithmetic; readonly left: Formula; readonly right: Formula };

type Arithmetic = '+' | '-' | '*' | '/';

/** Reads a formula to its end. Throws `rule/invalid` with the place. */
export function parseFormula(source: string): Formula {
  const reader = new TokenReader(source);
  const formula = sum(reader, 0);
  if (reader.token.type !== 'end') throw unexpected(reader, partOf('parts_expected_operator_or_end', {}));
  return formula;
}

function sum(reader: TokenReader, depth: number): Formula {
  let left = product(reader, depth);
  for (;;) {
    const sign = reader.token.type === 'word' ? reader.token.text : '';
    if (sign !== '+' && sign !== '-' && sign !== '−') return left;
    reader.take();
    left = { type: sign === '+' ? '+' : '-', left, right: product(reader, depth) };
  }
}

function product(reader: TokenReader, depth: number): Formula {
  let left = operand(reader, depth);
  while (reader.isSign('*', '/') || reader.isWord('×', '÷')) {
    const { text } = reader.take();
    left = { type: text === '*' || text === '×' ? '*' : '/', left, right: operand(reader, depth) };
  }
  return left;
}

function operand(reader: TokenReader, depth: number): Formula {
  if (depth > 100) throw unexpected(reader, partOf('parts_expected_simpler_formula', {}));
  if (reader.takeSign('(')) {
    const inner = sum(reader, depth + 1);
    if (!reader.takeSign(')')) throw unexpected(reader, partOf('parts_expected_sign', { sign: ')' }));
    return inner;
  }
  const { token } = reader;
  if (token.type === 'quoted') return { type: 'column', name: reader.take().text };
  if (token.type !== 'word' || /^[-+−×÷]$/.test(token.text))
    throw unexpected(reader, partOf('parts_expected_column_or_number', {}));
  reader.take();
  const isNumber = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(token.text);
  return isNumber ? { type: 'number', value: Number(token.text) } : { type: 'column', name: token.text };
}

function unexpected(reader: TokenReader, expected: ErrorPart): AppError {
  const { type, text, at } = reader.token;
  return type === 'end'
    ? AppError.of('rule/invalid', 'formula_ends', { at: at + 1, expected })
    : AppError.of('rule/invalid', 'formula_stands', { at: at + 1, text, expected });
}

export function columnsOf(formula: Formula): string[] {
  if (formula.type === 'column') return [formula.name];
  if (formula.type === 'number') return [];
  return [...new Set([...columnsOf(formula.left), ...columnsOf(formula.right)])];
}

/** The value of the formula; NaN where a column has none or it divides by 0. */
export function evaluate(formula: Formula, value: (column: string) => number): number {
  switch (formula.type) {
    case 'column':
      return value(formula.name);
    case 'number':
      return formula.value;
    default: {
      const left = evaluate(formula.left, value);
      const right = evaluate(formula.right, value);
      switch (formula.type) {
        case '+':
          return left + right;
        case '-':
          return left - right;
        case '*':
          return left * right;
        case '/':
          return right === 0 ? NaN : left / right;
      }
    }
  }
}

/**
 * `result = formula` solved for another of its columns, which must occur once in it. Null where it does not.
 */
export function solveFor(wanted: string, result: string, formula: Formula): Formula | null {
  let rest: Formula = { type: 'column', name: result };
  let part = formula;
  while (part.type !== 'column') {
    if (part.type === 'number') return null;
    const { type, left, right } = part;
    const inLeft = columnsOf(left).includes(wanted);
    if (inLeft === columnsOf(right).includes(wanted)) return null;
    const other = inLeft ? right : left;
    if (type === '+') rest = { type: '-', left: rest, right: other };
    else if (type === '*') rest = { type: '/', left: rest, right: other };
    else if (inLeft) rest = { type: type === '-' ? '+' : '*', left: rest, right: other };
    else rest = { type, left: other, right: rest };
    part = inLeft ? left : right;
  }
  return part.name === wanted ? rest : null;
}
