import { Linter } from 'eslint';
import ts from 'typescript-eslint';
import { expect, it } from 'vitest';
import { semblance } from './plugin.js';

/** Number of errors in English alone that the rule finds in `code`. */
function found(code: string): number {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    plugins: { semblance },
    languageOptions: { parser: ts.parser },
    rules: { 'semblance/errors-in-messages': 'error' },
  };
  return new Linter().verify(code, config, 'x.ts').length;
}

it.each([
  `throw new AppError('source/empty', 'The file is empty.', 'Choose another.');`,
  'throw new AppError("source/empty", `“${name}” is empty.`, fix, { cause });',
  `const failed = (message: string) => new AppError('compute/failed', message, fix);`,
])('forbids %s', (code) => {
  expect(found(code)).toBe(1);
});

it.each([
  `throw AppError.of('source/empty', 'source_empty', { file: name });`,
  `throw error.as('rule/invalid');`,
  `throw new Error('The page has no element.');`,
])('allows %s', (code) => {
  expect(found(code)).toBe(0);
});
