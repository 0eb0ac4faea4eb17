import { cpSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookedAt, nothingFound, openFound, packFound, type FoundFiles } from './found-files.ts';
import { importDicom } from './import-dicom.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-found-'));
  cpSync('test/fixtures/dicom', folder, { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function goOn(before: FoundFiles, stopAt = Infinity): Promise<FoundFiles> {
  const found = { ...before, quarantine: [...before.quarantine], directories: [...before.directories] };
  const controller = new AbortController();
  let files = 0;
  const count = () => {
    if (++files === stopAt) controller.abort();
  };
  const { counts } = await importDicom([folder, join(folder, 'DICOMDIR')], {
    ...{ index: before.index, counts: before.counts, isDone: lookedAt(before), signal: controller.signal },
    onInstance: count,
    onQuarantined: (file) => {
      found.quarantine.push(file);
      count();
    },
    onDirectory: (location) => found.directories.push(location),
    onProgress: (now) => {
      found.counts = now;
    },
  }).catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
    return { counts: undefined };
  });
  return { ...found, counts: counts ?? found.counts };
}

describe('what an import has found', () => {
  it('comes back as it was', async () => {
    const found = await goOn(nothingFound());
    const read = openFound(packFound(found));
    expect(read?.index.patients).toEqual(found.index.patients);
    expect(read?.index.counts).toEqual(found.index.counts);
    expect(read?.counts).toEqual(found.counts);
    expect(read?.quarantine.map(({ location, error }) => [location, error.code, error.message])).toEqual(
      found.quarantine.map(({ location, error }) => [location, error.code, error.message]),
    );
    expect(found.counts).toMatchObject({ directories: 1, notDicom: 1 });
  });

  it('is added to when the same is looked at again, and not counted twice', async () => {
    const whole = await goOn(nothingFound());
    const again = await goOn(whole);
    expect(again.counts).toEqual(whole.counts);
    expect(again.index.counts).toEqual(whole.index.counts);
    expect(again.quarantine).toEqual(whole.quarantine);
  });

  it('goes on where it was cut off, whenever that was', async () => {
    const whole = await goOn(nothingFound());
    for (const stop of [1, 7, 20]) {
      const part = await goOn(nothingFound(), stop);
      const kept = openFound(packFound(part));
      const end = await goOn(kept ?? nothingFound());
      expect(end.index.counts).toEqual(whole.index.counts);
      expect(end.quarantine).toHaveLength(whole.quarantine.length);
    }
  });

  it('is looked at again where a file has changed', async () => {
    const found = await goOn(nothingFound());
    const path = join(folder, 'rtplan.dcm');
    utimesSync(path, 1, 1);
    expect(lookedAt(found)({ location: { path }, size: 2672, modified: 1000 })).toBe(false);
  });

  it('of another version is not understood', () => {
    expect(openFound(gzipSync('{"version":2}'))).toBeUndefined();
  });
});
