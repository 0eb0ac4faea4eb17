import type { Seal } from '../tables/sealed-writer.ts';
import { Papers } from './papers.ts';

/** Writes a small file by itself, whole or not at all. Throws the `output/…` errors. */
export async function writePaper(
  path: string,
  content: Uint8Array,
  { overwrite, seal }: { overwrite: boolean; seal?: Seal | undefined },
): Promise<void> {
  const papers = new Papers({ overwrite });
  try {
    await papers.add(path, content, seal);
    await papers.place();
    await papers.settle();
  } finally {
    await papers.discard();
  }
}
