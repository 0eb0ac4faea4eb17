/** Tables that projects are linked to. They are never written to, whatever the user has agreed to replace. */
import { realpath } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError } from '../shared/errors.ts';
import { sourcePathOf } from './project-view.ts';
import type { Store } from './store/open.ts';

/**
 * Throws `output/exists` when `path`, links followed, is the source of a project in the store.
 *
 * @param resources Folder of the bundled sample; '' where there is none.
 */
export async function requireNoLinkedSource(
  { projects }: Pick<Store, 'projects'>,
  path: string,
  resources: string,
): Promise<void> {
  const target = await realPath(path);
  for (const summary of projects.list()) {
    const source = sourcePathOf(summary, resources);
    if (source === '' || (await realPath(source)) !== target) continue;
    throw AppError.of('output/exists', 'target_is_source', { file: basename(path), project: summary.name });
  }
}

/** The path with links resolved, as far as it exists. */
async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
