import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Papers } from './papers.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const content = (text: string): Uint8Array => Buffer.from(text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-papers-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('papers', () => {
  it('appear together and leave nothing else behind', async () => {
    writeFileSync(at('old'), 'before');
    const papers = new Papers({ overwrite: true });
    await papers.add(at('old'), content('after'));
    await papers.add(at('new'), content('fresh'));
    expect([readFileSync(at('old'), 'utf8'), readdirSync(folder).includes('new')]).toEqual(['before', false]);
    await papers.place();
    await papers.settle();
    await papers.discard();
    expect(readdirSync(folder).sort()).toEqual(['new', 'old']);
    expect(readFileSync(at('old'), 'utf8')).toBe('after');
  });

  it('give back what they replaced when what they belong to does not come', async () => {
    writeFileSync(at('old'), 'before');
    const papers = new Papers({ overwrite: true });
    await papers.add(at('old'), content('after'));
    await papers.add(at('new'), content('fresh'));
    await papers.place();
    expect(readFileSync(at('old'), 'utf8')).toBe('after');
    await papers.discard();
    expect(readdirSync(folder)).toEqual(['old']);
    expect(readFileSync(at('old'), 'utf8')).toBe('before');
  });

  it('give back what they replaced when one of them cannot be placed', async () => {
    writeFileSync(at('old'), 'before');
    const papers = new Papers({ overwrite: true });
    await papers.add(at('old'), content('after'));
    await papers.add(at('other'), content('fresh'));
    // A folder has come to its place meanwhile.
    mkdirSync(at('other'));
    writeFileSync(at('other/held'), '');
    await expect(papers.place()).rejects.toMatchObject({ code: 'output/failed' });
    await papers.discard();
    expect(readdirSync(folder).sort()).toEqual(['old', 'other']);
    expect(readFileSync(at('old'), 'utf8')).toBe('before');
  });
});
