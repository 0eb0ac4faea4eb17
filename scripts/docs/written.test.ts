import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { writtenDocuments, written } from './written.ts';

it.each(writtenDocuments)('%s says what the code does: npm run docs brings it up to date', async (path) => {
  const document = readFileSync(path, 'utf8');
  expect(await written(path, document)).toBe(document);
});
