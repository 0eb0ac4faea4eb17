import { Linter } from 'eslint';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';
import { expect, it } from 'vitest';
import { semblance } from './plugin.js';

const parser = svelte.configs.base.find(({ languageOptions }) => languageOptions?.parser !== undefined)
  ?.languageOptions?.parser;

/** What the rule finds in a component or a script. */
function found(code: string, file: 'x.svelte' | 'x.ts' = 'x.svelte'): number {
  const messages = new Linter().verify(
    code,
    {
      files: ['**/*.ts', '**/*.svelte'],
      plugins: { semblance },
      languageOptions: {
        parser: file === 'x.svelte' ? (parser ?? ts.parser) : ts.parser,
        parserOptions: { parser: ts.parser },
      },
      rules: { 'semblance/words-in-messages': 'error' },
    },
    file,
  );
  expect(messages.filter(({ ruleId }) => ruleId === null)).toEqual([]);
  return messages.length;
}

it.each([
  '<p>Drop a table here</p>',
  '<button>Undo</button>',
  '<button aria-label="Dismiss"></button>',
  '<input placeholder="Name" />',
  '<img alt="A curve" src="x.png" />',
  '<button title={`About ${name}`}></button>',
  "<p>{open ? 'Close' : m.app_open()}</p>",
  '<Notice title="Training was cancelled." />',
  "<p>{error ?? 'Try again'}</p>",
  '<p>{count} rows</p>',
])('finds words in %s', (code) => {
  expect(found(code)).toBeGreaterThan(0);
});

it.each([
  '<p>{m.first_drop()}</p>',
  '<p class="text-muted">·</p>',
  "<p class={['button', small && 'button-small']}>{name}</p>",
  '<span>Semblance {version}</span>',
  "{#if state === 'running'}<p>{percent}</p>{/if}",
  '<input type="radio" value="early stop" />',
  '<style>p { color: red; }</style>',
  "<button aria-label={m.app_about({ name })} data-kind='a b'></button>",
])('leaves %s alone', (code) => {
  expect(found(code)).toBe(0);
});

it.each([
  "const title = 'Open a table';",
  'const title = `The table “${name}” is empty.`;',
  "show({ message: 'Training is running. Quit all the same?' });",
  "throw new AppError('internal', 'Something went wrong.', fix);",
])('finds the sentence in %s', (code) => {
  expect(found(code, 'x.ts')).toBe(1);
});

it.each([
  "throw new Error('The page has no element.');",
  "report('The engine sent nothing.');",
  "const kind = 'as found';",
  "import x from './A file.ts';",
  "const channel = 'app.setTheme';",
  'const font = `${size}px system-ui, sans-serif`;',
])('leaves %s to developers', (code) => {
  expect(found(code, 'x.ts')).toBe(0);
});
