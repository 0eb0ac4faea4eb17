/**
 * Scrolls a series of 300 CT slices, an image a frame, and writes when frames came to `test-results/viewer.json`. Asserts
 * nothing about speed: bench/viewer.bench.ts makes figures of it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit } from '../../src/engine/dicom/write/edits.ts';
import { newDicomFile } from '../../src/engine/dicom/write/new-file.ts';
import { expect, test } from '../e2e/test.ts';

const [slices, side] = [300, 512];

/** A round body with a bone in it, and noise as scanners have it. */
function slice(number: number): Uint8Array {
  const pixels = new Uint16Array(side * side);
  let noise = number + 1;
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [(i % side) - side / 2, Math.floor(i / side) - side / 2];
    noise = (noise * 1103515245 + 12345) % 2 ** 31;
    const bone = Math.hypot(x - 40 * Math.sin(number / 20), y) < 30 ? 900 : 0;
    pixels[i] = 1024 + (Math.hypot(x, y) < 220 ? 40 + bone : -1000) + (noise % 30);
  }
  const text = (tag: number, vr: 'UI' | 'CS' | 'LO' | 'IS' | 'DS', value: string): Edit => ({
    kind: 'set',
    tag,
    vr,
    value,
  });
  const whole = (tag: number, value: number): Edit => ({ kind: 'set', tag, vr: 'US', value: [value] });
  return newDicomFile([
    text(0x00080016, 'UI', '1.2.840.10008.5.1.4.1.1.2'),
    text(0x00080018, 'UI', `1.2.3.${String(number + 1)}`),
    text(0x00080060, 'CS', 'CT'),
    text(0x00100020, 'LO', 'P1'),
    text(0x0020000d, 'UI', '1.2.3'),
    text(0x0020000e, 'UI', '1.2.3.4'),
    text(0x00200013, 'IS', String(number + 1)),
    text(0x00281050, 'DS', '40'),
    text(0x00281051, 'DS', '400'),
    text(0x00281052, 'DS', '-1024'),
    text(0x00281053, 'DS', '1'),
    whole(0x00280002, 1),
    text(0x00280004, 'CS', 'MONOCHROME2'),
    whole(0x00280010, side),
    whole(0x00280011, side),
    whole(0x00280100, 16),
    whole(0x00280101, 16),
    whole(0x00280102, 15),
    whole(0x00280103, 0),
    { kind: 'set', tag: 0x7fe00010, vr: 'OW', value: new Uint8Array(pixels.buffer) },
  ]).source;
}

test('a series is scrolled', async ({ app, userData }) => {
  const folder = join(userData, 'series');
  mkdirSync(folder);
  for (let i = 0; i < slices; i++) writeFileSync(join(folder, `${String(i)}.dcm`), slice(i));
  await app.answerOpenDialogs([folder]);
  const { page } = app;
  await page.keyboard.press('Control+d');
  const viewer = page.getByRole('application');
  await expect(viewer).toContainText(`of ${String(slices)}`, { timeout: 60_000 });
  await viewer.press('Home');
  const pass = () =>
    viewer.evaluate(
      (element, count) =>
        new Promise<number[]>((resolve) => {
          const times: number[] = [];
          const step = (now: number) => {
            times.push(now);
            if (times.length > count) resolve(times.slice(1).map((time, i) => time - (times[i] ?? time)));
            else {
              element.dispatchEvent(new WheelEvent('wheel', { deltaY: 40, cancelable: true }));
              requestAnimationFrame(step);
            }
          };
          requestAnimationFrame(step);
        }),
      slices,
    );
  const first = await pass();
  await expect(viewer).toContainText(`Image ${String(slices)} of`);
  await viewer.press('Home');
  await page.waitForTimeout(500);
  const second = await pass();
  const results = join(import.meta.dirname, '../../test-results');
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, 'viewer.json'), JSON.stringify({ first, second }));
  expect(second).toHaveLength(slices);
});
