import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { isSmallFile, largestSmall, syncFolderSoon, writeSmallFile } from './small-file.ts';

describe('a small file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'semblance-small-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is there whole, over what had its name, with nothing beside it', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'before and longer');
    await writeSmallFile(path, Buffer.from('after'));
    expect(readFileSync(path, 'utf8')).toBe('after');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  it('leaves nothing where it cannot be moved to its place, and says why', async () => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    const attempt = writeSmallFile(join(folder, 'a'), Buffer.from('after'));
    await expect(attempt).rejects.toThrow(AppError);
    expect(readdirSync(folder)).toEqual(['a']);
    await expect(writeSmallFile(join(folder, 'none', 'a'), Buffer.from('x'))).rejects.toThrow(AppError);
  });

  it('is told from any other when it is read again', async () => {
    const path = join(folder, 'a');
    for (const bytes of [Buffer.alloc(0), Buffer.from('abc'), Buffer.alloc(largestSmall, 7)]) {
      await writeSmallFile(path, bytes);
      expect(isSmallFile(path, bytes)).toBe(true);
      writeFileSync(path, Buffer.concat([bytes, Buffer.from('d')]));
      expect(isSmallFile(path, bytes)).toBe(false);
    }
    writeFileSync(path, 'abd');
    expect(isSmallFile(path, Buffer.from('abc'))).toBe(false);
    expect(isSmallFile(path, Buffer.from('abde'))).toBe(false);
  });

  it('has a folder whose names are made safe, where there is one', async () => {
    await expect(syncFolderSoon(folder)).resolves.toBeUndefined();
    await expect(syncFolderSoon(join(folder, 'none'))).resolves.toBeUndefined();
  });
});
