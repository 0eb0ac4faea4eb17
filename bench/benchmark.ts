/** What a file `*.bench.ts` exports, and how its figures are told. */

/** One measured figure. */
export interface Figure {
  /** What was measured, with its conditions, e.g. `critic step, median of 200`. */
  metric: string;
  value: number;
  unit: string;
  /** What it is held against, e.g. `at most 12 ms`. */
  bar?: string;
}

export interface Benchmark {
  name: string;
  run(): Promise<Figure[]>;
}

/** A number with at most four significant digits and separated thousands: `1,234,567`, `0.01235`. */
export function formatValue(value: number): string {
  const digits = Math.abs(value) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 };
  return value.toLocaleString('en-GB', digits);
}

/** A Markdown table of a benchmark's figures under its name. */
export function toMarkdown(name: string, figures: readonly Figure[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
  const rows = figures.map(
    ({ metric, value, unit, bar }) =>
      `| ${cell(metric)} | ${formatValue(value)} ${cell(unit)} | ${cell(bar ?? '')} |`,
  );
  return [`### ${name}`, '', '| measured | value | bar |', '| --- | ---: | --- |', ...rows, ''].join('\n');
}

const start = '<!-- measured: written by npm run bench -- --write -->';
const end = '<!-- /measured -->';

/** `document` with its measured section replaced by `measured`; the section is added at the end when missing. */
export function withMeasured(document: string, measured: string): string {
  const section = `${start}\n\n${measured.trim()}\n\n${end}`;
  const from = document.indexOf(start);
  const to = document.indexOf(end, from);
  if (from === -1 || to === -1) return `${document.trimEnd()}\n\n${section}\n`;
  return document.slice(0, from) + section + document.slice(to + end.length);
}
