import { createOutput } from '../tables/output-file.ts';

/** Writes a value as JSON, whole or not at all. Throws the `output/…` errors. */
export async function writeJson(
  path: string,
  value: unknown,
  options: { overwrite: boolean },
): Promise<void> {
  const output = await createOutput(path, options.overwrite);
  try {
    await output.write(Buffer.from(`${JSON.stringify(value, null, 2)}\n`));
    await output.commit();
  } finally {
    await output.discard();
  }
}
