/** Which tests failed, from the runners' own machine-readable results: said once more where the log ends. */
import { relative } from 'node:path';
import { z } from 'zod';

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

interface Suite {
  specs: { title: string; file: string; line: number; ok: boolean }[];
  suites?: Suite[] | undefined;
}

const suite: z.ZodType<Suite> = z.lazy(() =>
  z.object({
    specs: z.array(z.object({ title: z.string(), file: z.string(), line: z.number(), ok: z.boolean() })),
    suites: z.array(suite).optional(),
  }),
);

const playwrightReport = z.object({
  errors: z.array(z.object({ message: z.string().optional() })),
  suites: z.array(suite),
});

function firstLine(text: string | undefined): string {
  return text?.split('\n', 1)[0]?.trim() ?? '';
}

function line(place: string, test: string, why: string): string {
  return [`${place}: ${test}`, why].filter((part) => part !== '').join(' – ');
}

/** A line for each failed test of Vitest's JSON report: file under `root`, test, first line of the reason. */
export function failuresOfVitest(report: unknown, root: string): string[] {
  return vitestReport.parse(report).testResults.flatMap((file) => {
    const place = relative(root, file.name);
    if (file.status === 'failed' && file.assertionResults.length === 0)
      return [line(place, 'cannot be loaded', firstLine(file.message))];
    return file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => line(place, fullName, firstLine(failureMessages?.[0])));
  });
}

/** A line for each failed test of Playwright's JSON report, and for each error outside any test. */
export function failuresOfPlaywright(report: unknown): string[] {
  const { errors, suites } = playwrightReport.parse(report);
  const failed = (of: Suite): string[] => [
    ...of.specs.filter(({ ok }) => !ok).map(({ file, line: at, title }) => `${file}:${String(at)}: ${title}`),
    ...(of.suites ?? []).flatMap(failed),
  ];
  return [
    ...suites.flatMap(failed),
    ...errors.map(({ message }) => line('outside any test', firstLine(message), '')),
  ];
}
