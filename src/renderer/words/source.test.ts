import { expect, it } from 'vitest';
import { sourceFacts } from './source.ts';

it('tells what a table is, and only what is unusual about it', () => {
  const profile = {
    format: 'csv' as const,
    gzip: false,
    dialect: { delimiter: ',', quote: '"', header: true, encoding: 'utf-8' },
    bytes: 2694033,
    rows: 30000,
    columns: [],
    problems: [],
  };
  expect(sourceFacts(profile)).toEqual(['30,000 rows', '0 columns', 'CSV', '2.7 MB']);
  const unusual = { delimiter: '\t', quote: '"', header: false, encoding: 'windows-1252' };
  expect(sourceFacts({ ...profile, gzip: true, dialect: unusual })[2]).toBe(
    'CSV, tab, no header, windows-1252, gzip',
  );
});
