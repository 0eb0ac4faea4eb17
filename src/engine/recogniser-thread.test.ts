import { afterAll, beforeAll, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { painted, write } from '../../test/unit/drawn-text.ts';
import { overlap } from './dicom/pixels/burned-in/text-region.ts';
import { startRecogniser } from './recogniser-thread.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'semblance-recogniser-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('recognises in threads, while this one goes on', async () => {
  const recogniser = await startRecogniser('resources', 2);
  const pictures = [10, 180].map((y) => {
    const picture = painted(400, 240, () => [0, 0, 0]);
    return { picture, place: write(picture, 'SMITH 1950', 10, y, 2, [255, 255, 255]) };
  });
  let turns = 0;
  const turning = setInterval(() => turns++, 5);
  const found = await Promise.all(pictures.map(({ picture }) => recogniser.regions(picture)));
  clearInterval(turning);
  recogniser.close();
  found.forEach((regions, i) => {
    expect(regions.length).toBeGreaterThan(0);
    const place = pictures[i]?.place;
    expect(regions.every((region) => place && overlap(region, place))).toBe(true);
  });
  expect(turns).toBeGreaterThan(3);
}, 60_000);

it('tells of a thread that has no data to recognise by', async () => {
  await expect(startRecogniser(folder)).rejects.toThrow('ENOENT');
});

it('tells of a thread that ends while it recognises', async () => {
  const entry = join(folder, 'ends.mjs');
  writeFileSync(
    entry,
    `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => process.exit(1));
    parentPort.postMessage('ready');`,
  );
  const recogniser = await startRecogniser('resources', 1, pathToFileURL(entry));
  const picture = painted(8, 8, () => [0, 0, 0]);
  await expect(recogniser.regions(picture)).rejects.toThrow('ended');
  await expect(recogniser.regions(picture)).rejects.toThrow('ended');
});
