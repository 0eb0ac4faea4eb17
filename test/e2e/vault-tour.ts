/** Every screen that stands before an open store, one after the other, in the language the window is put into. */
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '../../src/shared/language.ts';
import { m } from '../../src/shared/messages/messages.js';
import { passphrase, type App } from './app.ts';
import { expect } from './test.ts';
import { inLanguage, type Look } from './tour.ts';
import { Workbench } from './workbench.ts';

export interface VaultTour {
  readonly language: Locale;
  readonly folder: string;
  /** The first start, before anything is kept. */
  readonly first: App;
  /** The next one, once the last is closed. */
  readonly startAgain: () => Promise<App>;
  readonly lookAt: (app: App) => Look;
}

/** From the first start to a store that cannot be opened. */
export async function vaultTour({ language, folder, first, startAgain, lookAt }: VaultTour): Promise<void> {
  const fieldOf = ({ page }: App, label: string) => page.getByLabel(label, { exact: true });
  const button = ({ page }: App, name: string) => page.getByRole('button', { name, exact: true });
  const heading = ({ page }: App, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const unlock = async (app: App) => {
    await fieldOf(app, m.storage_passphrase()).fill(passphrase);
    await button(app, m.storage_unlock()).click();
  };

  {
    const look = lookAt(first);
    await inLanguage(new Workbench(first), language);
    await expect(heading(first, m.storage_setup_title())).toBeVisible();
    await look('vault-set-up');
    await fieldOf(first, m.storage_passphrase_new()).fill(passphrase);
    await fieldOf(first, m.storage_passphrase_again()).fill('another');
    await expect(first.page.getByText(m.storage_passphrase_differs())).toBeVisible();
    await look('vault-set-up-differs');
    await fieldOf(first, m.storage_passphrase_again()).fill(passphrase);
    await first.page.keyboard.press('Enter');
    await expect(heading(first, m.storage_recovery_title())).toBeVisible({ timeout: 60_000 });
    await fieldOf(first, m.storage_recovery_last()).fill('00000');
    await first.page.keyboard.press('Enter');
    await expect(first.page.getByRole('alert')).toBeVisible();
    await look('vault-recovery-key');
    await first.close();
  }

  {
    const app = await startAgain();
    const look = lookAt(app);
    await fieldOf(app, m.storage_passphrase()).fill('wrong horse battery');
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByRole('alert')).toBeVisible();
    await look('vault-unlock-refused');
    await expect(button(app, m.storage_unlock())).toBeEnabled();
    await button(app, m.storage_forgotten()).click();
    await expect(heading(app, m.storage_recover_title())).toBeVisible();
    await look('vault-recover');
    await app.answerOpenDialogs([join(folder, 'a-folder-with-a-long-name', 'kept.semblance-backup')]);
    await button(app, m.storage_restore()).click();
    await expect(app.page.getByRole('dialog', { name: m.storage_restore_title() })).toBeVisible();
    await look('vault-restore');
    await app.page.keyboard.press('Escape');
    await button(app, m.storage_back_to_passphrase()).click();
    await unlock(app);
    // The key of the first start was shown, and nobody has said to have it.
    await expect(heading(app, m.storage_recovery_unconfirmed_title())).toBeVisible();
    await look('vault-recovery-missing');
    await app.close();
  }

  const key = join(folder, 'engine', 'semblance.key.json');
  await rename(key, `${key}.elsewhere`);
  const app = await startAgain();
  await expect(heading(app, m.storage_problem_title())).toBeVisible();
  await lookAt(app)('vault-problem');
  await button(app, m.storage_start_over()).click();
  await expect(app.page.getByRole('alertdialog')).toBeVisible();
  await lookAt(app)('vault-start-over');
}
