import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../setup/root.mjs';
import { withLowerings } from './lowerings-table.ts';

export const computeDocument = join(root, 'docs', 'compute.md');

/** docs/compute.md as the code has it now. */
export async function written(document: string): Promise<string> {
  const style = await resolveConfig(computeDocument);
  return format(withLowerings(document), { ...style, filepath: computeDocument });
}
