import { createOutput } from '../tables/output-file.ts';
import { jsonFile } from './papers.ts';

/** Writes a value as JSON, whole or not at all. Throws the `output/…` errors. */
export async function writeJson(
  path: string,
  value: unknown,
  { overwrite }: { overwrite: boolean },
): Promise<void> {
  const output = await createOutput(path, overwrite);
  try {
    await output.write(jsonFile(value));
    await output.commit();
  } finally {
    await output.discard();
  }
}
