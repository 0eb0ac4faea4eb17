import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { computeDocument, written } from './written.ts';

it('docs/compute.md lists the kernels and operations as they are: npm run docs brings it up to date', async () => {
  const document = readFileSync(computeDocument, 'utf8');
  expect(await written(document)).toBe(document);
});
