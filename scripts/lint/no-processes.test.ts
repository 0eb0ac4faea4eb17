import { Linter } from 'eslint';
import ts from 'typescript-eslint';
import { expect, it } from 'vitest';
import { semblance } from './plugin.js';

/** Number of ways to start a program or a thread that the rule finds in `code`. */
function found(code: string): number {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { semblance },
    languageOptions: { parser: ts.parser },
    rules: { 'semblance/no-processes': 'error' },
  };
  return new Linter().verify(code, config, 'x.ts').length;
}

it.each([
  `import { spawn } from 'node:child_process';`,
  `import { Worker, type WorkerOptions } from 'worker_threads';`,
  `export { fork } from 'node:child_process';`,
  `await import('node:cluster');`,
  `require('child_process');`,
  `process.getBuiltinModule('node:inspector');`,
])('forbids %s', (code) => {
  expect(found(code)).toBe(1);
});

it.each([
  `import type { ChildProcess } from 'node:child_process';`,
  `type Child = import('node:child_process').ChildProcess;`,
  `import { readFile } from 'node:fs/promises';`,
])('allows %s', (code) => {
  expect(found(code)).toBe(0);
});
