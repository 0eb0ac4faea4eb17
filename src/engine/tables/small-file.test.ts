import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { writeSmallFile } from './small-file.ts';

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
});
