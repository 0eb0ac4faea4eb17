import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { testFolder, wheelInSmall } from './folder-for-tests.ts';
import { unpackWheel } from './unpack-wheel.ts';

const folder = testFolder();

describe('a wheel', () => {
  it('gives its library and headers, and nothing else', async () => {
    const file = join(folder.path, 'some.whl');
    const contents = { ...wheelInSmall, 'tensorflow/python/other.py': 'print(1)' };
    const entries = Object.entries(contents).map(([name, text]) => [name, strToU8(text)] as const);
    await writeFile(file, zipSync(Object.fromEntries(entries)));
    await unpackWheel(file, join(folder.path, 'out'));
    for (const [name, text] of Object.entries(wheelInSmall)) {
      expect(await readFile(join(folder.path, 'out', name), 'utf8')).toBe(text);
    }
    expect(existsSync(join(folder.path, 'out/tensorflow/python/other.py'))).toBe(false);
  });

  it('that is damaged is refused', async () => {
    const file = join(folder.path, 'some.whl');
    const zip = zipSync({ 'tensorflow/libtensorflow_cc.so.2': strToU8('x'.repeat(100_000)) }, { level: 6 });
    // In the middle of what is compressed.
    zip.fill(255, 70, 90);
    await writeFile(file, zip);
    await expect(unpackWheel(file, join(folder.path, 'out'))).rejects.toThrow();
  });
});
