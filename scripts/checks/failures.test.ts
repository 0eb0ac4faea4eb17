import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failuresOfPlaywright, failuresOfVitest } from './failures.ts';

const root = join('/', 'semblance');

it('names the failed tests of Vitest with the first line of the reason', () => {
  const report = {
    testResults: [
      {
        name: join(root, 'src', 'a.test.ts'),
        status: 'failed',
        assertionResults: [
          { fullName: 'a sum adds', status: 'passed', failureMessages: [] },
          {
            fullName: 'a sum carries',
            status: 'failed',
            failureMessages: ['AssertionError: expected 3 to be 4\n    at a.test.ts:3'],
          },
        ],
      },
      {
        name: join(root, 'src', 'b.test.ts'),
        status: 'failed',
        message: 'SyntaxError: x',
        assertionResults: [],
      },
    ],
  };
  expect(failuresOfVitest(report, root)).toEqual([
    `${join('src', 'a.test.ts')}: a sum carries – AssertionError: expected 3 to be 4`,
    `${join('src', 'b.test.ts')}: cannot be loaded – SyntaxError: x`,
  ]);
});

it('names the failed tests of Playwright, however deep, and what went wrong outside them', () => {
  const spec = (title: string, ok: boolean) => ({ title, ok, file: 'a.spec.ts', line: 7 });
  const report = {
    errors: [{ message: 'no window\nat x' }],
    suites: [
      {
        specs: [spec('opens', true)],
        suites: [{ specs: [spec('closes', false)] }],
      },
    ],
  };
  expect(failuresOfPlaywright(report)).toEqual(['a.spec.ts:7: closes', 'outside any test: no window']);
});

it('refuses a report it does not know', () => {
  expect(() => failuresOfVitest({ tests: 3 }, root)).toThrow();
  expect(() => failuresOfPlaywright({ tests: 3 })).toThrow();
});
