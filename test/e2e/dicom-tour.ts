/** Every screen of a project of DICOM files, one after the other, in whatever language it is shown. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { m } from '../../src/shared/messages/messages.js';
import { expect } from './test.ts';
import type { Look } from './tour.ts';
import type { Workbench } from './workbench.ts';

const fixtures = join(import.meta.dirname, '../fixtures/dicom');
const exactly = (name: string) => ({ name, exact: true });

/** A folder of the fixtures within another. */
export function scansIn(folder: string): string {
  const scans = join(folder, 'scans');
  cpSync(fixtures, scans, { recursive: true });
  return scans;
}

export async function dicomTour({ app, page }: Workbench, folder: string, look: Look): Promise<void> {
  const button = (name: string) => page.getByRole('button', exactly(name));
  const tab = (name: string) => page.getByRole('tab', { name: name.split(/[ （(]/)[0] ?? '' });
  await app.answerOpenDialogs([scansIn(folder)]);
  await page.keyboard.press('Control+d');
  await expect(button(m.dicom_continue())).toBeEnabled({ timeout: 30_000 });
  await page.getByRole('button', { name: /^MR/ }).click();
  await expect(page.getByText(m.dicom_position({ position: '1', count: '1' })).first()).toBeVisible();
  await look('dicom-data');
  await tab(m.dicom_tab_tags()).click();
  await expect(page.getByRole('cell', exactly('(0010,0010)'))).toBeVisible();
  await look('dicom-tags');
  await tab(m.dicom_tab_aside({ count: '' })).click();
  await expect(page.getByRole('cell', { name: /MR_truncated/ })).toBeVisible();
  await look('dicom-aside');

  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('cell', exactly('(0010,0010)'))).toBeVisible({ timeout: 30_000 });
  await look('dicom-anonymise');
  await page.getByLabel(m.dicom_option_clean_descriptors(), { exact: false }).first().check();
  await page
    .getByLabel(new RegExp(`Institution Name.*${m.dicom_plan_code()}`))
    .first()
    .selectOption('K');
  await expect(page.getByText(m.dicom_differences({ count: 1 }))).toBeVisible();
  await look('dicom-profile');
  await tab(m.dicom_plan_file()).click();
  await expect(page.getByRole('cell', exactly('CompressedSamples^MR1')).first()).toBeVisible();
  await look('dicom-changes');

  await page.getByLabel(m.dicom_option_clean_pixel_data(), { exact: false }).first().check();
  await tab(m.dicom_plan_pictures()).click();
  await button(m.dicom_pictures_find()).click();
  const devices = page.getByRole('list', exactly(m.dicom_pictures_devices()));
  await expect(devices.getByText(m.dicom_pictures_to_review({ count: '0' })).first()).toBeVisible({
    timeout: 60_000,
  });
  await devices.getByRole('button', { name: /^MR/ }).click();
  await expect(page.getByLabel(m.dicom_pictures_done())).toBeEnabled();
  await button(m.dicom_pictures_add()).click();
  await expect(page.getByRole('group', exactly(m.dicom_plan_pictures())).getByRole('button')).toHaveCount(1);
  await look('dicom-pictures');
  await page.getByLabel(m.dicom_pictures_done()).check();
  await expect(page.getByLabel(m.dicom_pictures_done())).toBeChecked();

  await page.keyboard.press('Alt+3');
  await look('dicom-export');
  const out = join(folder, 'out');
  mkdirSync(out);
  await app.answerOpenDialogs([out]);
  await page.keyboard.press('Control+Enter');
  await expect(button(m.export_show()).first()).toBeVisible({ timeout: 60_000 });
  await look('dicom-exported');
  await app.answerSaveDialogs(join(folder, 'map.csv'));
  await button(m.dicom_map_save()).click();
  await expect(page.getByText(m.dicom_map_saved())).toBeVisible({ timeout: 30_000 });
  await look('dicom-mapped');
}
