/** The lock of the store, and what is stored: set up, unlock, recover, change, back up, restore, erase. */
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { passphrase } from './app.ts';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

const unlocked = (page: Page) => page.getByRole('heading', { name: 'Drop a table or DICOM files here' });
const fill = async (page: Page, label: string, value: string) =>
  page.getByLabel(label, { exact: true }).fill(value);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

/** Content of every file of the store, one after the other. */
async function raw(userData: string): Promise<Buffer> {
  const folder = join(userData, 'engine');
  const files = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(files.map(({ name }) => readFile(join(folder, name)))));
}

test('is set up, locked, unlocked, and recovered when the passphrase is forgotten', async ({
  lockedApp: app,
  startAgain,
  userData,
}) => {
  const { page } = app;
  const bench = new Workbench(app);
  await expect(page.getByRole('heading', { name: 'Protect what Semblance keeps' })).toBeVisible();
  // No key store on a virtual screen: basic_text is none.
  await expect(page.getByText('offers no key store')).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(0);
  expect(await bench.faults()).toEqual([]);
  await app.screenshot('store-set-up');

  await fill(page, 'New passphrase', 'short');
  await fill(page, 'The same once more', 'other');
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  await expect(button(page, 'Go on')).toBeDisabled();
  await fill(page, 'The same once more', 'short');
  await button(page, 'Go on').click();
  await expect(page.getByRole('alert')).toContainText('too short');

  await fill(page, 'New passphrase', passphrase);
  await fill(page, 'The same once more', passphrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Write down the recovery key' })).toBeVisible();
  const recoveryKey = (await page.getByRole('group', { name: 'Recovery key' }).innerText()).trim();
  expect(recoveryKey).toMatch(/^([0-9A-Z]{5}-){7}[0-9A-Z]{5}$/);
  await button(page, 'Copy').click();
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Copied');
  expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(recoveryKey);
  const file = join(userData, 'recovery.txt');
  await app.answerSaveDialogs(file);
  await button(page, 'Save as a file…').click();
  await expect(page.getByRole('main').getByRole('status')).toContainText('Saved in');
  expect(await readFile(file, 'utf8')).toContain(recoveryKey);
  expect(await bench.faults()).toEqual([]);
  await app.screenshot('store-recovery-key');
  await page.getByLabel(/last group/).fill('00000');
  await button(page, 'I have it').click();
  await expect(page.getByRole('alert')).toContainText('not the last group');
  await page.getByLabel(/last group/).fill(recoveryKey.slice(-5).toLowerCase());
  await button(page, 'I have it').click();
  await expect(unlocked(page)).toBeVisible();
  await bench.open(await writeClients(userData));
  await app.close();
  expect(app.log.join('\n')).not.toContain(passphrase);

  const again = await startAgain(false);
  const later = again.page;
  await expect(later.getByRole('heading', { name: 'Unlock Semblance' })).toBeVisible();
  await expect(later.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await later.keyboard.type('wrong horse battery');
  await later.keyboard.press('Enter');
  await expect(later.getByRole('alert')).toContainText('not the passphrase of this store');
  await expect(later.getByText(/Next attempt in/)).toBeVisible();
  await again.screenshot('store-wrong-passphrase');
  await expect(button(later, 'Unlock')).toBeEnabled();
  await button(later, 'Forgotten? Use the recovery key').click();
  await fill(later, 'Recovery key', recoveryKey);
  await fill(later, 'New passphrase', 'a second passphrase');
  await fill(later, 'The same once more', 'a second passphrase');
  expect(await new Workbench(again).faults()).toEqual([]);
  await again.screenshot('store-recover');
  await later.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(button(later, /clients/)).toBeVisible();
  await again.close();

  const third = await startAgain(false);
  await fill(third.page, 'Passphrase', 'a second passphrase');
  await third.page.keyboard.press('Enter');
  await expect(unlocked(third.page)).toBeVisible();
});

test('shows what is stored, backs it up, erases it and brings it back', async ({ app, userData }) => {
  const { page } = app;
  const bench = new Workbench(app);
  await bench.open(await writeClients(userData));
  await button(page, 'What is stored on this machine').click();
  const table = page.getByRole('table', { name: 'What is stored on this machine' });
  await expect(table.getByRole('row').filter({ hasText: 'Description of the table' })).toBeVisible();
  await expect(table.getByRole('row').filter({ hasText: /^Project/ })).toContainText('clients');
  expect(await bench.faults()).toEqual([]);
  await app.screenshot('store-content');
  await bench.theme('Dark');
  await app.screenshot('store-content-dark');

  const backup = join(userData, 'kept.semblance-backup');
  await app.answerSaveDialogs(backup);
  await button(page, 'Save a backup…').click();
  await expect(page.getByRole('alert')).toContainText('A backup has been saved');
  expect((await raw(userData)).includes('clients')).toBe(false);

  await button(page, 'Erase everything…').click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('cannot be brought back');
  await app.screenshot('store-erase');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(table).toBeVisible();
  await button(page, 'Erase everything…').click();
  await dialog.getByRole('button', { name: 'Erase everything' }).click();
  await expect(page.getByText('Nothing is stored.')).toBeVisible();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(unlocked(page)).toBeVisible();

  await button(page, 'What is stored on this machine').click();
  await app.answerOpenDialogs([backup]);
  await button(page, 'Restore a backup…').click();
  const restoring = page.getByRole('dialog');
  await restoring.getByLabel('Passphrase or recovery key of the backup').fill('wrong horse battery');
  await restoring.getByRole('button', { name: 'Restore' }).click();
  await expect(restoring.getByRole('alert')).toContainText('not the passphrase');
  await app.screenshot('store-restore');
  await page.waitForTimeout(1100);
  await restoring.getByLabel('Passphrase or recovery key of the backup').fill(passphrase);
  await restoring.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('The backup has been restored.')).toBeVisible({ timeout: 30_000 });
  await expect(table.getByRole('row').filter({ hasText: 'Store set aside' })).toBeVisible();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await page.getByRole('button', { name: /clients/ }).click();
  await bench.hasRead();
});

test('the protection is changed, and a new recovery key made', async ({ app, startAgain }) => {
  const { page } = app;
  await button(page, 'What is stored on this machine').click();
  await button(page, 'Change…').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Present passphrase').fill(passphrase);
  await dialog.getByLabel('New passphrase').fill('another long passphrase');
  await dialog.getByLabel('The same once more').fill('another long passphrase');
  await app.screenshot('store-change');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('From now on the store opens in the new way.')).toBeVisible();
  await button(page, 'Make a new recovery key…').click();
  // Whoever only finds the window open is not given one.
  await dialog.getByLabel('Present passphrase').fill(passphrase);
  await dialog.getByRole('button', { name: 'Make a new one' }).click();
  await expect(dialog.getByRole('alert')).toContainText('passphrase');
  await app.screenshot('store-new-recovery-key-refused');
  await page.waitForTimeout(1100);
  await dialog.getByLabel('Present passphrase').fill('another long passphrase');
  await dialog.getByRole('button', { name: 'Make a new one' }).click();
  const key = (await page.getByRole('group', { name: 'Recovery key' }).innerText()).trim();
  // Whoever closes the window now has no recovery key, and is asked at the next start.
  await app.close();

  const again = await startAgain(false);
  await fill(again.page, 'Passphrase', 'another long passphrase');
  await again.page.keyboard.press('Enter');
  await expect(again.page.getByRole('heading', { name: 'A recovery key is still missing' })).toBeVisible();
  await fill(again.page, 'Present passphrase', 'another long passphrase');
  await again.screenshot('store-recovery-missing');
  await button(again.page, 'Make a recovery key').click();
  const fresh = (await again.page.getByRole('group', { name: 'Recovery key' }).innerText()).trim();
  expect(fresh).not.toBe(key);
  await again.page.getByLabel(/last group/).fill(fresh.slice(-5));
  await button(again.page, 'I have it').click();
  await expect(unlocked(again.page)).toBeVisible();
});

test('says what is wrong with a store, and goes on when it is mended', async ({
  app,
  startAgain,
  userData,
}) => {
  await app.close();
  const key = join(userData, 'engine', 'semblance.key.json');
  await rename(key, `${key}.elsewhere`);
  const again = await startAgain(false);
  const { page } = again;
  await expect(page.getByRole('alert')).toContainText('its key file is missing');
  expect(await new Workbench(again).faults()).toEqual([]);
  await again.screenshot('store-problem');

  await writeFile(key, '{}');
  await button(page, 'Try again').click();
  await expect(page.getByRole('alert')).toContainText('damaged');
  await rm(key);
  await rename(`${key}.elsewhere`, key);
  await button(page, 'Try again').click();
  await expect(page.getByRole('heading', { name: 'Unlock Semblance' })).toBeVisible();
});
