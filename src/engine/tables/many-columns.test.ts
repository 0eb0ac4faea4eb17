import { expect, it } from 'vitest';
import type { ColumnProfile } from '../../shared/table.ts';
import { columnsProposed, proposeFewer } from './many-columns.ts';

function table(width: number): ColumnProfile[] {
  return Array.from({ length: width }, (_, at) => ({
    name: `column ${at}`,
    kind: at % 5 === 0 ? 'identifier' : 'integer',
    role: at % 5 === 0 ? 'identifier' : 'keep',
    nulls: 0,
    distinct: 9,
    histogram: [],
    other: 0,
  }));
}

it('proposes as many columns as are learned in minutes, and says so once', () => {
  const { columns, problems } = proposeFewer(table(5000));
  expect(columns).toHaveLength(5000);
  expect(columns.filter(({ role }) => role === 'keep')).toHaveLength(columnsProposed);
  expect(columns.filter(({ role }) => role === 'identifier')).toHaveLength(1000);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).toContain('4,000 columns');
});

it('leaves other tables as they are', () => {
  const narrow = table(100);
  expect(proposeFewer(narrow)).toEqual({ columns: narrow, problems: [] });
});
