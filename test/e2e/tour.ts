/**
 * Every screen of the window, one after the other, in whatever language it is shown. A screen that is new gets its stop
 * here: what looks at all of them (axe, cut text, pictures) then looks at it, too.
 */
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locale } from '../../src/shared/language.ts';
import { speak } from '../../src/shared/language.ts';
import { m } from '../../src/shared/messages/messages.js';
import { writePeople } from './people-table.ts';
import { expect } from './test.ts';
import type { Workbench } from './workbench.ts';

/** Looks at a screen that is shown. */
export type Look = (screen: string) => Promise<void>;

/** Puts the window, and the words of `m` in this process, into the language. */
export async function inLanguage({ page }: Workbench, language: Locale): Promise<void> {
  speak(() => language);
  await page.evaluate((choice) => window.semblance.call('app.setLanguage', choice), language);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', language);
}

const exactly = (name: string) => ({ name, exact: true });

/**
 * Goes from the first screen to a written file and all pages beside it.
 *
 * @param minutes Of training at most.
 */
export async function tour(bench: Workbench, folder: string, look: Look, minutes = '0.1'): Promise<void> {
  const { app, page } = bench;
  const button = (name: string) => page.getByRole('button', exactly(name));
  const heading = (name: string) => page.getByRole('heading', { level: 1, ...exactly(name) });

  await expect(heading(m.first_drop())).toBeVisible();
  await look('first-screen');
  await page.getByRole('button', { name: m.app_offline() }).click();
  await look('offline');
  await page.keyboard.press('Escape');

  await app.answerOpenDialogs([await writePeople(folder)]);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('table', exactly(m.data_about_table()))).toBeVisible({ timeout: 30_000 });
  await look('data');
  await button(m.app_about({ name: m.about_columns_name() })).click();
  await look('about');
  await page.keyboard.press('Escape');
  const tab = (name: string) => page.getByRole('tab', { name: name.split(/[ （(]/)[0] ?? '' });
  await tab(m.personal_tab({ count: 0 })).click();
  await expect(page.getByRole('heading', exactly(m.personal_list()))).toBeVisible();
  await look('personal');
  await tab(m.rules_tab({ count: 0 })).click();
  const found = page.getByRole('checkbox', { name: /admitted <= discharged/ });
  await found.check();
  // The form takes the next rule once this one is kept.
  await expect(found).toBeEnabled();
  const own = page.getByLabel(m.rules_add_label());
  await own.fill('agee > 20');
  await own.press('Enter');
  await expect(own).toHaveAttribute('aria-invalid', 'true');
  await look('rules');
  await own.fill('age <= 90');
  await own.press('Enter');
  await expect(own).toHaveValue('');
  await tab(m.data_tab_rows()).click();
  await expect(page.getByRole('region', exactly(m.data_rows_scrollable()))).toContainText('House 1');
  await look('rows');

  await page.keyboard.press('Alt+2');
  await page.getByText(m.train_more_settings()).click();
  await look('train-settings');
  await page.getByLabel(m.train_at_most()).fill(minutes);
  await button(m.train_start()).click();
  await expect(page.getByRole('progressbar').first()).toBeVisible();
  await look('train');
  await expect(button(m.train_check_result())).toBeVisible({ timeout: 600_000 });
  await page.getByText(m.train_losses()).click();
  await look('trained');
  await button(m.train_check_result()).click();
  await expect(heading(m.app_step_check())).toBeVisible();
  await look('check');
  await button(m.check_as_table()).click();
  await page.getByText(m.check_made()).click();
  await look('check-tables');

  await page.keyboard.press('Alt+4');
  await expect(page.getByRole('region', exactly(m.export_rows_of_model()))).toBeVisible({ timeout: 30_000 });
  await look('export');
  const where = page.getByLabel(m.export_where());
  await where.fill('age > 300');
  await where.press('Tab');
  await expect(where).toHaveAttribute('aria-invalid', 'true');
  await look('condition-refused');
  await where.fill('age between 60 and 70 and house = "House 1"');
  await where.press('Tab');
  await expect(button(m.app_about({ name: m.about_forecast_name() }))).toBeVisible({ timeout: 30_000 });
  await page.getByLabel(m.export_how_many()).fill('300');
  await app.answerSaveDialogs(join(folder, 'out.csv'));
  await page.keyboard.press('Control+Enter');
  await expect(button(m.export_show_file({ file: 'out.csv' }))).toBeVisible({ timeout: 60_000 });
  await look('exported');
  await page.keyboard.press('Control+j');
  await look('jobs');
  await page.keyboard.press('Control+j');
  await protectedExport(bench, folder, look);

  await button(m.devices_title()).click();
  await expect(heading(m.devices_title())).toBeVisible();
  await look('devices');
  await button(m.devices_test()).click();
  await expect(page.getByText(m.devices_chosen(), { exact: true })).toBeVisible({ timeout: 120_000 });
  await look('devices-tested');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+,');
  await expect(heading(m.settings_title())).toBeVisible();
  await look('settings');
  await page.getByRole('main').getByRole('button', exactly(m.storage_open_page())).click();
  await expect(page.getByRole('table', exactly(m.storage_page_title()))).toBeVisible();
  await look('storage');
  await button(m.storage_erase_all()).click();
  await look('erase');
  await page.keyboard.press('Escape');
  await button(m.storage_protection_change()).click();
  await look('protection');
  await page.keyboard.press('Escape');
  await button(m.storage_recovery_new()).click();
  await look('new-recovery-key');
  await page.keyboard.press('Escape');
  await app.answerSaveDialogs(join(folder, 'kept.semblance-backup'));
  await button(m.storage_backup()).click();
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 30_000 });
  await look('backup');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(heading(m.settings_title())).toBeVisible();
  await button(m.settings_method()).click();
  await expect(heading(m.method_title())).toBeVisible();
  await look('method');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await page.keyboard.press('?');
  await look('shortcuts');
  await page.keyboard.press('Escape');
  const menu = button(m.app_project_name({ name: 'stays' }));
  await menu.click();
  await look('project-menu');
  await page.getByRole('menuitem', exactly(m.app_rename())).click();
  await look('rename');
  await page.keyboard.press('Escape');
  await menu.click();
  await page.getByRole('menuitem', exactly(m.app_remove_more())).click();
  await look('remove');
  await page.getByRole('alertdialog').getByRole('button', exactly(m.app_remove())).click();
  await expect(button(m.app_undo())).toBeVisible();
  await look('removed');
  await button(m.app_undo()).click();
  await menu.click();
  await page.getByRole('menuitem', exactly(m.app_all_projects())).click();
  await expect(page.getByRole('listitem').getByRole('button', { name: /stays/ })).toBeVisible();
  await look('recent');
}

/** From the page of export and back to it: who may open a file, real rows in it, and whether it is what was written. */
async function protectedExport({ page }: Workbench, folder: string, look: Look): Promise<void> {
  const button = (name: string) => page.getByRole('button', exactly(name));
  await page.getByLabel(m.export_open_recipients()).check();
  await page
    .getByLabel(m.export_recipients())
    .fill('age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73e');
  await look('export-keys');
  await page.getByLabel(m.export_open_passphrase()).check();
  await page.getByLabel(m.export_passphrase(), { exact: true }).fill('password 1');
  await page.getByLabel(m.export_passphrase_again(), { exact: true }).fill('something else');
  await expect(page.getByText(m.export_passphrase_differs())).toBeVisible();
  await look('export-passphrase');
  await page.getByLabel(m.export_open_anyone()).check();
  const dialog = page.getByRole('dialog', { name: m.export_verify_title() });
  await button(m.export_verify_file({ file: 'out.csv' })).click();
  await expect(dialog).toContainText(m.export_verify_ok());
  await look('verify');
  await page.keyboard.press('Escape');
  await appendFile(join(folder, 'out.csv'), 'more');
  await button(m.export_verify_file({ file: 'out.csv' })).click();
  await expect(dialog).toContainText(m.export_verify_not_ok());
  await look('verify-changed');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  // Real rows need keep to no condition and no rule.
  await page.getByLabel(m.export_where()).fill('');
  await page.keyboard.press('Alt+1');
  await page.getByRole('tab').nth(2).click();
  const on = page.getByRole('tabpanel').getByRole('checkbox', { checked: true });
  for (let left = await on.count(); left > 0; left--) {
    await on.first().click();
    await expect(on).toHaveCount(left - 1);
    await expect(page.getByRole('tabpanel').getByRole('checkbox').first()).toBeEnabled();
  }
  await page.keyboard.press('Alt+4');
  await page.getByLabel(m.export_mix(), { exact: true }).check();
  await look('export-mix');
  await page.getByLabel(m.export_mix(), { exact: true }).uncheck();
}
