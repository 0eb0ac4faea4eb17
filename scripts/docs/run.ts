/** `npm run docs`: writes those parts of the documents that are made from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { computeDocument, written } from './written.ts';

writeFileSync(computeDocument, await written(readFileSync(computeDocument, 'utf8')));
