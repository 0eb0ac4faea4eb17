/** `npm run docs`: writes those parts of the documents that are made from the code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { written, writtenDocuments } from './written.ts';

for (const path of writtenDocuments) writeFileSync(path, await written(path, readFileSync(path, 'utf8')));
