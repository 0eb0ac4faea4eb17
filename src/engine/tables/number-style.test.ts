import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withConnection } from './duckdb.ts';
import {
  affixesOf,
  coreOf,
  groupingOf,
  plainNumbers,
  plainTextSql,
  styleNumber,
  unstyle,
} from './number-style.ts';
import type { NumberStyle } from './number-style.ts';

describe('what stands around numbers', () => {
  it.each<[string[], string, string]>([
    [['$1,200.50', '$3.00', '-$5.10'], '$', ''],
    [['12 kg', '3.5 kg', '-1 kg'], '', ' kg'],
    [['35 %', '100 %'], '', ' %'],
    [['35%', '0.5%'], '', '%'],
    [['€ 3', '€ 400'], '€ ', ''],
    [['CHF 3.05', 'CHF 1'], 'CHF ', ''],
    [['120 mg/dL', '90 mg/dL'], '', ' mg/dL'],
    [['37.5 °C', '36 °C'], '', ' °C'],
    [['1.200,50 €', '3,00 €'], '', ' €'],
    [['12', '13'], '', ''],
    [['12 kg', '500 g'], '', ''],
    [['A12', 'A13'], '', ''],
    [['12A', '15A'], '', 'A'],
    [['Room 5', 'Room 6'], '', ''],
    [['12 people', '13 people'], '', ''],
    [['$5', '6'], '', ''],
  ])('%j', (values, prefix, suffix) => {
    expect(affixesOf(values)).toMatchObject({ prefix, suffix });
  });

  it.each<[string[], { group: string; mark: string } | null]>([
    [['1,200.50', '3.00'], { group: ',', mark: '.' }],
    [['1.200,50', '3,00'], { group: '.', mark: ',' }],
    [["1'200.50", '3.00'], { group: "'", mark: '.' }],
    [['1 200', '30'], { group: ' ', mark: '.' }],
    [['1,234,567', '30'], { group: ',', mark: '.' }],
    [['1,200', '30'], null],
    [['1.200', '30'], null],
    [['1,200.50', '1234.5'], null],
    [['12.5', '3'], null],
  ])('%j are grouped so: %j', (values, expected) => {
    expect(groupingOf(values)).toEqual(expected);
  });
});

const style = fc.record({
  mark: fc.constantFrom('.' as const, ',' as const),
  group: fc.constantFrom('', ',', '.', ' ', '\u00a0', "'"),
  prefix: fc.constantFrom('', '$', '€ ', 'CHF '),
  suffix: fc.constantFrom('', ' kg', ' %', '%', ' €', ' mg/dL'),
  signAfterPrefix: fc.boolean(),
});
const isSound = ({ mark, group, prefix }: Partial<NumberStyle>): boolean =>
  mark !== group && prefix !== undefined;

it('what is written in a style is found, and read by SQL, as it was', async () => {
  await withConnection(undefined, async (connection) => {
    await fc.assert(
      fc.asyncProperty(
        style.filter(isSound),
        fc.array(fc.integer({ min: -99_999_999, max: 99_999_999 }), { minLength: 12, maxLength: 30 }),
        async (chosen, numbers) => {
          const cents = [...numbers, 123_456_789, -5];
          const column = { ...chosen, ...(chosen.mark === ',' && { decimalMark: ',' as const }) };
          const plain = cents.map((value) => (value / 100).toFixed(2).replace('.', chosen.mark));
          const texts = plain.map((text) => styleNumber(text, column));
          const affixes = affixesOf(texts);
          expect(affixes).toMatchObject({ prefix: chosen.prefix, suffix: chosen.suffix });
          if (chosen.group !== '')
            expect(groupingOf(texts.map((text) => coreOf(text, affixes)))).toEqual({
              group: chosen.group,
              mark: chosen.mark,
            });
          const sql = plainTextSql('v', { ...plainNumbers, ...chosen });
          const list = texts.map((text) => `('${text.replaceAll("'", "''")}')`).join(', ');
          const rows = await connection.runAndReadAll(
            `SELECT TRY_CAST(${sql} AS DOUBLE) FROM (VALUES ${list}) AS t(v)`,
          );
          expect(rows.getRows().map(([value]) => value)).toEqual(cents.map((value) => value / 100));
          texts.forEach((text, at) => {
            expect(Number(unstyle(text, column).replace(chosen.mark, '.'))).toBe(cents[at]! / 100);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});
