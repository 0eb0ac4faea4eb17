/** The lock of the store, without a mouse: set up, unlocked, recovered, changed, backed up, restored, set aside. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { Keyboard } from './keyboard.ts';
import { expect, test } from './test.ts';

const first = 'correct horse battery staple';
const second = 'a second long passphrase';
const third = 'another long passphrase';

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

test('the store is set up, unlocked, recovered and replaced by keyboard alone', async ({
  lockedApp,
  startAgain,
  userData,
}) => {
  test.setTimeout(180_000);
  let { page } = lockedApp;
  let keys = new Keyboard(page);
  /** Shows it, typed again to say so. */
  const confirmRecoveryKey = async () => {
    await expect(heading(page, 'Write down the recovery key')).toBeFocused();
    const key = (await page.getByRole('group', { name: 'Recovery key' }).innerText()).trim();
    await keys.enter(button(page, 'Copy'));
    await expect(page.getByRole('main').getByRole('status')).toHaveText('Copied');
    await keys.type(page.getByLabel(/last group/), key.slice(-5));
    await keys.press('Enter');
    return key;
  };
  let recoveryKey = '';

  await test.step('set up', async () => {
    await expect(heading(page, 'Protect what Semblance keeps')).toBeFocused();
    await keys.type(field(page, 'New passphrase'), first);
    await keys.type(field(page, 'The same once more'), first);
    await keys.tabTo(field(page, 'Show what is typed'));
    await keys.press('Space');
    await expect(field(page, 'New passphrase')).toHaveAttribute('type', 'text');
    await keys.enter(button(page, 'Go on'));
    recoveryKey = await confirmRecoveryKey();
    await expect(heading(page, 'Drop a table or DICOM files here')).toBeFocused();
    await lockedApp.close();
  });

  await test.step('unlocked, after a mistake', async () => {
    const app = await startAgain(false);
    ({ page } = app);
    keys = new Keyboard(page);
    await expect(field(page, 'Passphrase')).toBeFocused();
    await page.keyboard.type('wrong horse battery');
    await keys.press('Enter');
    await expect(page.getByRole('alert')).toContainText('not the passphrase of this store');
    await expect(button(page, 'Unlock')).toBeEnabled();
    await keys.type(field(page, 'Passphrase'), first);
    await keys.press('Enter');
    await expect(heading(page, 'Drop a table or DICOM files here')).toBeFocused();

    await keys.enter(button(page, 'What is stored on this machine'));
    await expect(heading(page, 'What is stored on this machine')).toBeFocused();
    await keys.enter(button(page, 'Change…'));
    await keys.type(field(page, 'Present passphrase'), first);
    await keys.type(field(page, 'New passphrase'), second);
    await keys.type(field(page, 'The same once more'), second);
    await keys.press('Enter');
    await expect(page.getByText('From now on the store opens in the new way.')).toBeVisible();
    await app.answerSaveDialogs(join(userData, 'kept.semblance-backup'));
    await keys.enter(button(page, 'Save a backup…'));
    await expect(page.getByText(/A backup has been saved/)).toBeVisible();
    await app.answerOpenDialogs([join(userData, 'kept.semblance-backup')]);
    await keys.enter(button(page, 'Restore a backup…'));
    await expect(page.getByRole('dialog')).toBeVisible();
    await keys.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await keys.enter(button(page, 'Restore a backup…'));
    await keys.type(field(page, 'Passphrase or recovery key of the backup'), second);
    await keys.press('Enter');
    await expect(page.getByText('The backup has been restored.')).toBeVisible({ timeout: 30_000 });
    await keys.enter(button(page, 'Make a new recovery key…'));
    await keys.type(field(page, 'Present passphrase'), second);
    await keys.enter(button(page, 'Make a new one'));
    recoveryKey = await confirmRecoveryKey();
    await app.close();
  });

  await test.step('recovered', async () => {
    const app = await startAgain(false);
    ({ page } = app);
    keys = new Keyboard(page);
    await expect(field(page, 'Passphrase')).toBeFocused();
    await keys.enter(button(page, 'Forgotten? Use the recovery key'));
    await keys.type(field(page, 'Recovery key'), recoveryKey);
    await keys.type(field(page, 'New passphrase'), third);
    await keys.type(field(page, 'The same once more'), third);
    await keys.press('Enter');
    await expect(heading(page, 'Drop a table or DICOM files here')).toBeFocused();
    await app.close();
  });

  await test.step('replaced by an empty one', async () => {
    const key = join(userData, 'engine', 'semblance.key.json');
    await rename(key, `${key}.elsewhere`);
    ({ page } = await startAgain(false));
    keys = new Keyboard(page);
    await expect(heading(page, 'The store cannot be opened')).toBeFocused();
    await keys.enter(button(page, 'Try again'));
    await expect(page.getByRole('alert')).toContainText('its key file is missing');
    await keys.enter(button(page, /^Set it aside/));
    await keys.press('Escape');
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
    await keys.enter(button(page, /^Set it aside/));
    await keys.enter(
      page.getByRole('alertdialog').getByRole('button', { name: 'Start with an empty store' }),
    );
    await expect(heading(page, 'Protect what Semblance keeps')).toBeFocused();
  });
});
