import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../setup/root.mjs';
import { testFolder } from './folder-for-tests.ts';
import { install } from './install.ts';
import { packages, wheels } from './pinned.ts';

const folder = testFolder();

describe('what is fetched', () => {
  it('is pinned by version and hash, and no dependency', () => {
    const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
    for (const { specifier, integrity } of packages) {
      expect(specifier).toMatch(/@\d+\.\d+\.\d+$/);
      expect(Buffer.from(integrity.replace('sha512-', ''), 'base64')).toHaveLength(64);
      expect(lock).not.toContain(`node_modules/${specifier.replace(/@[\d.]+$/, '')}"`);
    }
    for (const { requirement, integrity } of Object.values(wheels)) {
      expect(requirement).toMatch(/==\d+\.\d+\.\d+$/);
      expect(Buffer.from(integrity.replace('sha256-', ''), 'base64')).toHaveLength(32);
    }
  });

  it('is refused when it is another, and leaves nothing behind', async () => {
    await folder.put({ 'other.whl': 'something else' });
    const target = join(folder.path, 'installed');
    const source = { wheel: wheels.cpu, file: join(folder.path, 'other.whl') };
    const installing = install(source, target, join(folder.path, 'cache'));
    await expect(installing).rejects.toThrow('nothing of it was used');
    expect(existsSync(target)).toBe(false);
  });
});
