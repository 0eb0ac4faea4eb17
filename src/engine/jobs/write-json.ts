import { createOutput, type OutputFile } from '../tables/output-file.ts';

/** Writes a value as JSON, whole or not at all. Throws the `output/…` errors. */
export async function writeJson(
  path: string,
  value: unknown,
  options: { overwrite: boolean },
): Promise<void> {
  const output = await prepareJson(path, value, options);
  try {
    await output.commit();
  } finally {
    await output.discard();
  }
}

/**
 * Writes a value as JSON under another name beside its place, where nothing is changed before `commit`; to be
 * discarded in any case. Throws the `output/…` errors.
 */
export async function prepareJson(
  path: string,
  value: unknown,
  { overwrite }: { overwrite: boolean },
): Promise<OutputFile> {
  const output = await createOutput(path, overwrite);
  try {
    await output.write(Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
    await output.finish();
    return output;
  } catch (error) {
    await output.discard();
    throw error;
  }
}
