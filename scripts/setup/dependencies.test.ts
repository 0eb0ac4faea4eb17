import { describe, expect, it } from 'vitest';
import { reasonToInstall } from './dependencies.mjs';

const zod = { version: '4.0.0', integrity: 'sha512-z' };
const forMac = { version: '24.0.0', integrity: 'sha512-m', optional: true };
const lock = (packages: Record<string, object>) => ({ packages: { '': { version: '0.1.0' }, ...packages } });
/** npm's own record of what it installed has no entry for the root. */
const installed = (packages: Record<string, object>) => ({ packages });

describe('nothing to do', () => {
  it('when the same packages are there', () => {
    expect(
      reasonToInstall(lock({ 'node_modules/zod': zod }), installed({ 'node_modules/zod': zod })),
    ).toBeUndefined();
  });

  it('when only optional packages of other platforms are missing', () => {
    const wanted = lock({ 'node_modules/zod': zod, 'node_modules/node-darwin': forMac });
    expect(reasonToInstall(wanted, installed({ 'node_modules/zod': zod }))).toBeUndefined();
  });
});

describe('npm ci', () => {
  const wanted = lock({ 'node_modules/zod': zod });

  it('when nothing is installed', () => {
    expect(reasonToInstall(wanted, undefined)).toBe('no packages are installed');
  });

  it('when a package is missing', () => {
    expect(reasonToInstall(wanted, installed({}))).toBe('node_modules/zod is missing');
  });

  it('when a package has another version or content', () => {
    for (const other of [
      { ...zod, version: '4.1.0' },
      { ...zod, integrity: 'sha512-y' },
    ]) {
      expect(reasonToInstall(wanted, installed({ 'node_modules/zod': other }))).toBe(
        'node_modules/zod has another version',
      );
    }
  });

  it('when a package is no longer wanted', () => {
    const more = installed({ 'node_modules/zod': zod, 'node_modules/left': zod });
    expect(reasonToInstall(wanted, more)).toBe('node_modules/left is no longer wanted');
  });
});
