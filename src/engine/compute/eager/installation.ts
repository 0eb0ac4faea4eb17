/** TensorFlow's own library, where `npm run setup:cuda` has put it (scripts/cuda): found without being loaded. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { z } from 'zod';

/** What the set-up says of what it has installed. */
const installation = z.object({
  /** Version of the library. */
  tensorflow: z.string(),
  /** What of NVIDIA's it was built for, which not every library tells; null: the processor only. */
  cuda: z.union([z.object({ cuda: z.string(), cudnn: z.string() }), z.literal('unknown')]).nullable(),
});
export type Installation = z.infer<typeof installation>;

export interface FoundTensorFlow extends Installation {
  readonly folder: string;
  /** Changes with the library. */
  readonly stamp: string;
}

/** `.runtime/tensorflow` beside the installed packages; SEMBLANCE_TENSORFLOW names another. */
function usualFolder(): string {
  const { SEMBLANCE_TENSORFLOW: named } = process.env;
  if (named !== undefined && named !== '') return named;
  const [root = ''] = createRequire(import.meta.url)
    .resolve('@tensorflow/tfjs')
    .split(`${sep}node_modules${sep}`);
  return join(root, '.runtime', 'tensorflow');
}

/** The library installed, or null. Costs a look at one file. */
export function findTensorFlow(folder = usualFolder()): FoundTensorFlow | null {
  const file = join(folder, 'installation.json');
  if (!existsSync(file)) return null;
  try {
    const said = installation.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { size, mtimeMs } = statSync(join(folder, 'tfjs_binding.node'));
    return { ...said, folder, stamp: `${said.tensorflow} ${size} ${mtimeMs}` };
  } catch {
    // Half of it is none.
    return null;
  }
}
