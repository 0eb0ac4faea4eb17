import { describe, expect, it, vi } from 'vitest';
import type { DicomImage } from '../../shared/dicom.ts';
import { ImageCache } from './image-cache.ts';

const image = (bytes: number): DicomImage => ({
  ...{ kind: 'grey', rows: 1, columns: bytes, frames: 1, window: { center: 0, width: 1 }, inverted: false },
  values: new Uint8Array(bytes),
});

describe('a cache of images', () => {
  it('asks once, also while the answer is on its way', async () => {
    const cache = new ImageCache(100);
    const fetch = vi.fn(() => Promise.resolve(image(10)));
    const [first, second] = await Promise.all([cache.ask('a', fetch), cache.ask('a', fetch)]);
    expect(second).toBe(first);
    await cache.ask('a', fetch);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(cache.pending).toBe(0);
  });

  it('asks again after a failure', async () => {
    const cache = new ImageCache(100);
    await expect(cache.ask('a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(cache.has('a')).toBe(false);
    expect(await cache.ask('a', () => Promise.resolve(image(1)))).toBeDefined();
  });

  it('lets go of what was longest not looked at', async () => {
    const cache = new ImageCache(100);
    for (const name of ['a', 'b', 'c']) await cache.ask(name, () => Promise.resolve(image(40)));
    expect(['a', 'b', 'c'].map((name) => cache.has(name))).toEqual([false, true, true]);
    cache.get('b');
    await cache.ask('d', () => Promise.resolve(image(40)));
    expect(['b', 'c', 'd'].map((name) => cache.has(name))).toEqual([true, false, true]);
    await cache.ask('huge', () => Promise.resolve(image(500)));
    expect(cache.get('huge')).toBeDefined();
  });
});
