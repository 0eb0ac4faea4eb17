import { expect, it } from 'vitest';
import type { DeviceRecord } from '../shared/devices.ts';
import { DevicePage } from './device-page.ts';

function noTrial(): never {
  throw new Error('No trial was expected.');
}

it('shows devices again once what is remembered of them can be read', async () => {
  let damaged = true;
  let kept: DeviceRecord | null = null;
  const page = new DevicePage(
    {
      read: () => {
        if (damaged) throw new Error('The record cannot be read.');
        return kept;
      },
      write: (record) => {
        kept = record;
      },
    },
    noTrial,
  );
  await expect(page.view()).rejects.toThrow('cannot be read');
  damaged = false;
  expect((await page.view()).found[0]?.name).toBe('cpu');
  expect((await page.choose('cpu')).wanted).toBe('cpu');
});
