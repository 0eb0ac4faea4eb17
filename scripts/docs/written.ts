import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../setup/root.mjs';
import { withConformanceTables } from './conformance-tables.ts';
import { withLowerings } from './lowerings-table.ts';

const documents = [
  { path: join(root, 'docs', 'compute.md'), make: withLowerings },
  { path: join(root, 'docs', 'dicom-conformance.md'), make: withConformanceTables },
];

/** The documents that have parts made from the code. */
export const writtenDocuments: readonly string[] = documents.map(({ path }) => path);

/** One of them as the code has it now. */
export async function written(path: string, document: string): Promise<string> {
  const make = documents.find((each) => each.path === path)?.make;
  if (!make) throw new Error(`${path} is not made from the code.`);
  return format(make(document), { ...(await resolveConfig(path)), filepath: path });
}
