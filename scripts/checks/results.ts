/** How the tests went, from the runners' own machine-readable results. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const playwrightReport = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** Tally of Vitest's JSON report; a file that fails before its first test counts as one failure. */
export function tallyVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } =
    vitestReport.parse(report);
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken,
    skipped: numPendingTests + numTodoTests,
  };
}

/** Tally of Playwright's JSON report; an error outside any test counts as one failure. */
export function tallyPlaywright(report: unknown): Tally {
  const { errors, stats } = playwrightReport.parse(report);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * What a report file says.
 *
 * @returns Undefined when the runner wrote none: it did not get that far.
 */
export function fromReport<T>(path: string, read: (report: unknown) => T): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return read(JSON.parse(text));
}

/** Whether a runner executed at least one test. */
export function ranSomething(tally: Tally | undefined): boolean {
  return tally !== undefined && tally.passed + tally.failed > 0;
}

export function sum(tallies: readonly (Tally | undefined)[]): Tally {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const tally of tallies) {
    total.passed += tally?.passed ?? 0;
    total.failed += tally?.failed ?? 0;
    total.skipped += tally?.skipped ?? 0;
  }
  return total;
}

/** The closing line, e.g. `212 passed, 0 failed, 3 skipped`. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
