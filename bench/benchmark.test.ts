import { expect, it } from 'vitest';
import { formatValue, toMarkdown, withMeasured } from './benchmark.ts';

it.each([
  [1234567.8, '1,234,568'],
  [12.3456, '12.35'],
  [0.0123456, '0.01235'],
  [0, '0'],
])('writes %d as %s', (value, text) => {
  expect(formatValue(value)).toBe(text);
});

it('makes a table', () => {
  const figures = [
    { metric: 'step | median', value: 9.5, unit: 'ms', bar: 'at most 12 ms' },
    { metric: 'rows', value: 120_000, unit: 'rows/s' },
  ];
  expect(toMarkdown('compute', figures).split('\n')).toEqual([
    '### compute',
    '',
    '| measured | value | bar |',
    '| --- | ---: | --- |',
    '| step \\| median | 9.5 ms | at most 12 ms |',
    '| rows | 120,000 rows/s |  |',
    '',
  ]);
});

it('replaces the measured section and nothing else', () => {
  const once = withMeasured('# Benchmarks\n\nHow they are made.\n', 'first');
  expect(once).toContain('first');
  const edited = `${once}\nAfterwards.\n`;
  const twice = withMeasured(edited, 'second');
  expect(twice).toBe(edited.replace('first', 'second'));
});
