import { describe, expect, it } from 'vitest';
import { AppError, partOf, partsOf, toErrorShape, wordsOf } from './errors.ts';
import { errorShape } from './jobs.ts';

describe('an error in words', () => {
  const error = AppError.of('condition/invalid', 'condition_ends', {
    at: 5,
    expected: partOf('parts_expected_sign', { sign: ')' }),
  });

  it('is in English for the terminal, and in any language by its key', () => {
    expect(error.message).toBe('At character 5: The text ends where “)” was expected.');
    expect(error.said && wordsOf(error.said, 'zh-Hans')).toEqual({
      message: '第 5 个字符处：此处应为“)”，但文字已经结束。',
      fix: '请在此处写“)”。',
    });
  });

  it('writes lists and counts as the language does', () => {
    const { message, said } = AppError.of('table/too-few-rows', 'real_rows_too_few', {
      file: 'a.csv',
      rows: partOf('units_rows', { count: 1200 }),
      wanted: partOf('units_real_rows', { count: 3000 }),
    });
    expect(message).toBe('“a.csv” has 1,200 rows, and 3,000 real rows are asked for.');
    expect(said && wordsOf(said, 'zh-Hans')?.message).toBe('“a.csv”有 1,200 行，而要求 3,000 行真实数据。');
    const circle = AppError.of('rule/contradiction', 'rules_contradict', {
      why: partOf('parts_rules_circle', { rules: ['“a < b”', '“b < a”'] }),
    });
    expect(circle.message).toContain('“a < b”, “b < a” go in a circle');
    expect(circle.said && wordsOf(circle.said, 'zh-Hans')?.message).toContain('“a < b”、“b < a”首尾相接');
  });

  it('tells of another error where it came about', () => {
    const { what, fix } = partsOf(error);
    const numbered = AppError.of('rule/invalid', 'rule_numbered', { number: 3, what, fix });
    expect(numbered.message).toBe('Rule 3: At character 5: The text ends where “)” was expected.');
    expect(numbered.fix).toBe('Write “)” here.');
    expect(numbered.said && wordsOf(numbered.said, 'zh-Hans')?.message).toContain(
      '第 3 条规则：第 5 个字符处',
    );
    // Crosses from one process to another as it is.
    expect(errorShape.parse(toErrorShape(numbered))).toEqual(toErrorShape(numbered));
  });

  it('keeps its words under another code', () => {
    expect(toErrorShape(error.as('rule/invalid'))).toEqual({ ...toErrorShape(error), code: 'rule/invalid' });
  });

  it('is left to its English where a message is unknown, or one within it', () => {
    expect(wordsOf({ key: 'of_tomorrow', values: {} })).toBeUndefined();
    expect(
      wordsOf({ key: 'rules_contradict', values: { why: { part: 'parts_of_tomorrow', values: {} } } }),
    ).toBeUndefined();
  });
});
