import { expect, it } from 'vitest';
import type { TableProfile } from '../shared/table.ts';
import { reportedProfile } from './reported-profile.ts';

it('holds no value of the table', () => {
  const shape = { nulls: 1, role: 'keep', other: 3 } as const;
  const profile: TableProfile = {
    ...{ format: 'csv', gzip: false, bytes: 10, rows: 9, problems: [] },
    columns: [
      {
        ...{ ...shape, name: 'income', kind: 'decimal', distinct: 9, decimals: 2 },
        range: { min: '17.25', max: '999999.75' },
        histogram: [{ label: '17.25 to 999999.75', count: 9 }],
      },
      {
        ...{ ...shape, name: 'illness', kind: 'category', distinct: 4 },
        histogram: [{ label: 'porphyria', count: 1 }],
      },
    ],
  };
  const reported = reportedProfile(profile);
  expect(JSON.stringify(reported)).not.toMatch(/999999|17\.25|porphyria/);
  expect(reported).toMatchObject({
    rows: 9,
    columns: [{ name: 'income', decimals: 2 }, { name: 'illness' }],
  });
});
