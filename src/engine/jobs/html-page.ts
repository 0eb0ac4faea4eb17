/** Pages of HTML that stand alone: no script, nothing loaded, light and dark as the reader's system has it. */
import { createHash } from 'node:crypto';
import type { Locale } from '../../shared/language.ts';

/** HTML that has been made with care: text within it is escaped. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Part[];

/** HTML with values in it. What is no `Html` itself is text, and escaped. */
export function markup(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  return { html: strings.reduce((made, text, at) => made + render(values[at - 1] ?? '') + text) };
}

function render(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map(render).join('');
}

/** Text within an element or a quoted attribute. Characters that no document may hold become the sign for that. */
export function escaped(text: string): string {
  return (
    text
      // Halves of characters are none.
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
      // eslint-disable-next-line no-control-regex -- control characters are what must go
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
      .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  );
}

const style = `
:root { color-scheme: light dark; --ink: #18201d; --muted: #535d59; --paper: #f4f5f3; --panel: #fff; --line: #d8dcd8;
  --accent: #0a6670; --amber: #855300; --red: #b0241c; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9e7; --muted: #a3adab; --paper: #121618; --panel: #1a1f22;
  --line: #2d3438; --accent: #57c1c9; --amber: #efbf62; --red: #ff8f85; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC',
    sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 56rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
p { margin: .25rem 0; }
.muted { color: var(--muted); }
.panel { border: 1px solid var(--line); border-radius: 6px; background: var(--panel); padding: .75rem 1rem;
  margin: .75rem 0; }
.scroll { overflow-x: auto; padding: 0; }
.risk { border-color: var(--red); } .good { color: var(--accent); } .fair { color: var(--amber); }
.poor, .risk strong { color: var(--red); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .35rem 1rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
td { overflow-wrap: anywhere; } th { color: var(--muted); font-weight: 500; }
tr:last-child td { border-bottom: 0; } .number { text-align: right; white-space: nowrap; }
svg { display: block; margin-top: .45rem; } svg rect { fill: var(--line); } svg .bar { fill: var(--accent); }
ul { padding-left: 1.25rem; }
@media (max-width: 36rem) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
  th, td { padding: .35rem .5rem; } }
@media print { body { background: none; } .panel { break-inside: avoid; } }
`;

/** The style is the only thing the page may use, known by its hash: even text that is not escaped could load nothing. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** A whole document. */
export function page(title: string, locale: Locale, content: readonly Html[]): string {
  return markup`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.html;
}

/** A bar of a share from 0 to 1. The figure stands beside it. */
export function bar(share: number): Html {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 120);
  return markup`<svg width="120" height="8" aria-hidden="true">
    <rect width="120" height="8" rx="2" />
    <rect class="bar" width="${width}" height="8" rx="2" />
  </svg>`;
}

/** A part of a page with a heading. */
export function section(title: string, content: readonly Html[]): Html {
  return markup`<section>
    <h2>${title}</h2>
    ${content}
  </section> `;
}

/** Names with their values. */
export function facts(entries: readonly (readonly [string, string])[]): Html {
  return markup`<dl class="panel">
    ${entries.map(
      ([name, value]) =>
        markup`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

/** Cells that are made by `number` are taken as they are. */
export function table(head: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html {
  const cell = (content: string | Html): Html =>
    typeof content !== 'string' && content.html.startsWith('<td') ? content : markup`<td>${content}</td>`;
  return markup`<div class="panel scroll">
    <table>
      <thead>
        <tr>
          ${head.map((name, at) => headCell(name, rows[0]?.[at]))}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            markup`<tr>
              ${row.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Stands at the right above figures. */
function headCell(name: string, below: string | Html | undefined): Html {
  return typeof below === 'object' && below.html.startsWith('<td class="number"')
    ? markup`<th scope="col" class="number">${name}</th>`
    : markup`<th scope="col">${name}</th>`;
}

/** A cell that holds a figure. */
export function number(text: string): Html {
  return markup`<td class="number">${text}</td>`;
}

/** A name whose direction of writing does not run over into what stands beside it. */
export function isolated(name: string): Html {
  return markup`<bdi>${name}</bdi>`;
}
