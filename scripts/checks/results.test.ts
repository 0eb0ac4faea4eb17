import { expect, it } from 'vitest';
import { closingLine, fromReport, ranSomething, sum, tallyPlaywright, tallyVitest } from './results.ts';

const file = (status: string, tests: number) => ({ status, assertionResults: Array(tests).fill({}) });

it('reads Vitest', () => {
  const report = {
    numPassedTests: 12,
    numFailedTests: 2,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [file('passed', 9), file('failed', 7)],
  };
  expect(tallyVitest(report)).toEqual({ passed: 12, failed: 2, skipped: 2 });
});

it('counts a test file that cannot be loaded as a failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [file('passed', 3), file('failed', 0)],
  };
  expect(tallyVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 0 });
});

it('reads Playwright; a flaky test has passed in the end', () => {
  const report = { errors: [], stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } };
  expect(tallyPlaywright(report)).toEqual({ passed: 5, failed: 1, skipped: 2 });
});

it('counts an error outside any test as a failure', () => {
  const report = { errors: [{ message: 'x' }], stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } };
  expect(tallyPlaywright(report)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('refuses a report it does not know instead of counting nothing', () => {
  expect(() => tallyVitest({ tests: 3 })).toThrow();
  expect(() => tallyPlaywright({ tests: 3 })).toThrow();
});

it('knows nothing of a runner that wrote no report', () => {
  expect(fromReport('/nonexistent/report.json', tallyVitest)).toBeUndefined();
});

it('tells a run without tests from one with', () => {
  expect(ranSomething(undefined)).toBe(false);
  expect(ranSomething({ passed: 0, failed: 0, skipped: 5 })).toBe(false);
  expect(ranSomething({ passed: 0, failed: 1, skipped: 0 })).toBe(true);
});

it('closes with one plain line', () => {
  const total = sum([{ passed: 10, failed: 0, skipped: 0 }, undefined, { passed: 2, failed: 1, skipped: 0 }]);
  expect(closingLine(total)).toBe('12 passed, 1 failed');
  expect(closingLine({ ...total, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped');
});
