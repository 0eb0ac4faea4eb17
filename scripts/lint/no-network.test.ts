import { Linter } from 'eslint';
import globals from 'globals';
import ts from 'typescript-eslint';
import { expect, it } from 'vitest';
import { semblance } from './plugin.js';

/** Number of uses of the network the rule finds in `code`. */
function found(code: string): number {
  return new Linter().verify(
    code,
    {
      files: ['**/*.ts'],
      plugins: { semblance },
      languageOptions: {
        parser: ts.parser,
        globals: { ...globals.node, ...globals.browser },
      },
      rules: { 'semblance/no-network': 'error' },
    },
    'x.ts',
  ).length;
}

it.each([
  `import { connect } from 'node:net';`,
  `import http from 'http';`,
  `await import('node:dns/promises');`,
  `require('https');`,
  `process.getBuiltinModule('node:dgram');`,
  `import { net } from 'electron';`,
  `fetch('x');`,
  `globalThis.fetch('x');`,
  `window['fetch']('x');`,
  `new WebSocket('wss://x');`,
  `new XMLHttpRequest();`,
  `navigator.sendBeacon('x');`,
  `shell.openExternal('x');`,
  `shell['openExternal']('x');`,
  `const { openExternal } = shell;`,
])('forbids %s', (code) => {
  expect(found(code)).toBe(1);
});

it.each([
  `import { readFile } from 'node:fs/promises';`,
  `import { app, shell } from 'electron'; shell.showItemInFolder('x');`,
  `function fetch(rows: number) { return rows; } fetch(3);`,
  `const page = { fetch: 3 }; page.fetch;`,
])('allows %s', (code) => {
  expect(found(code)).toBe(0);
});
