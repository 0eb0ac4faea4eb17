/**
 * The bundled sample on its way through the app, as `docs/screenshots` shows it: in English there, in Chinese in its folder
 * `zh-Hans`. Nothing in them is staged.
 */
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { locales, speak } from '../../src/shared/language.ts';
import { m } from '../../src/shared/messages/messages.js';
import { expect, test } from '../e2e/test.ts';
import { inLanguage } from '../e2e/tour.ts';
import { Workbench } from '../e2e/workbench.ts';

/** Minutes the sample is trained for. */
const minutes = process.env.SEMBLANCE_SCREENSHOT_MINUTES ?? '4';

test.afterEach(() => speak(() => 'en'));

for (const language of locales) {
  test(`screenshots, ${language}`, async ({ lockedApp: app, startAgain }) => {
    const bench = new Workbench(app);
    const { page } = app;
    const own = language === 'en' ? '' : language;
    const folder = join(import.meta.dirname, '../../docs/screenshots', own);
    // Screens that the documentation does not show, to be looked at all the same.
    const aside = join(import.meta.dirname, '../../test-results/screenshots/not-in-docs', own);
    for (const each of [folder, aside]) await mkdir(each, { recursive: true });
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768);
    });
    await inLanguage(bench, language);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
    const take = async (name: string, theme: 'light' | 'dark', into = folder, of = page) => {
      await of.emulateMedia({ colorScheme: theme });
      await of.mouse.move(0, 0);
      await of.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
      await of.waitForTimeout(400);
      await of.screenshot({ path: join(into, `${name}-${theme}.png`) });
    };
    const both = async (name: string) => {
      for (const theme of ['light', 'dark'] as const) await take(name, theme);
    };

    await expect(heading(m.storage_setup_title())).toBeVisible();
    await take('set-up', 'light');
    await app.openStore();

    await expect(heading(m.first_drop())).toBeVisible();
    await both('first-screen');
    await button(m.first_sample()).click();
    await expect(page.getByRole('table', { name: m.data_about_table() })).toBeVisible({ timeout: 60_000 });
    await page.getByLabel(m.data_kind_of({ column: 'sex' })).selectOption('category');
    await button(m.app_undo()).click();
    await both('data');
    const tab = (name: string) => page.getByRole('tab', { name: name.split(/[ （(]/)[0] ?? '' });
    await tab(m.personal_tab({ count: 0 })).click();
    await expect(page.getByRole('heading', { name: m.personal_list(), exact: true })).toBeVisible();
    await take('personal', 'light');
    await tab(m.rules_tab({ count: 0 })).click();
    await expect(page.getByLabel(m.rules_add_label())).toBeVisible();
    await take('rules', 'light');
    await tab(m.data_tab_rows()).click();
    await expect(page.getByRole('region', { name: m.data_rows_scrollable() })).toContainText('20000');
    // Their number is told beside the facts of the table once all have been counted.
    await expect(page.getByText('30,000')).toHaveCount(2);
    await take('rows', 'light', aside);
    await page.keyboard.press('Alt+2');
    await page.getByLabel(m.train_at_most()).fill(minutes);
    await button(m.train_start()).click();
    await expect(page.getByRole('img', { name: /0\.\d{3}/ }).first()).toBeVisible({ timeout: 300_000 });
    // A curve has more than one point.
    await page.waitForTimeout(12_000);
    await both('train');
    await expect(button(m.train_check_result())).toBeVisible({ timeout: 10 * 60_000 });
    await both('trained');
    await button(m.train_check_result()).click();
    await expect(heading(m.app_step_check())).toBeVisible();
    await both('check');
    await page.keyboard.press('Alt+4');
    await expect(page.getByRole('region', { name: m.export_rows_of_model() })).toBeVisible({
      timeout: 60_000,
    });
    // The folder shows in the picture; what of it has to be made is taken away again.
    const target = process.env.SEMBLANCE_SCREENSHOT_FOLDER ?? join(tmpdir(), 'ada', 'Documents');
    const made = await mkdir(target, { recursive: true });
    const file = 'Credit card clients-synthetic.csv';
    await app.answerSaveDialogs(join(target, file));
    await page.keyboard.press('Control+Enter');
    await expect(button(m.export_show_file({ file })).first()).toBeVisible({ timeout: 60_000 });
    await both('export');
    await page.getByLabel(m.export_open_recipients()).check();
    // A key of the format's specification: nobody's.
    await page
      .getByLabel(m.export_recipients())
      .fill('age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj');
    await page.getByLabel(m.export_report()).check();
    await page.getByLabel(m.export_mix()).check();
    await page.getByLabel(m.export_mix_may()).check();
    const planned = m.export_plan_rows_real({ rows: m.units_rows({ count: 30_000 }), real: '3,000' });
    await expect(page.getByText(planned).first()).toBeVisible({ timeout: 60_000 });
    // High enough for all of the form that matters.
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 1400);
    });
    await page.evaluate(() => document.querySelector('.pane')?.scrollTo(0, 0));
    await both('export-protection');
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768);
    });
    await page.keyboard.press('Control+,');
    await both('settings');
    await page.getByRole('main').getByRole('button', { name: m.storage_open_page() }).click();
    await expect(page.getByRole('table', { name: m.storage_page_title() })).toBeVisible();
    await both('storage');
    await page.keyboard.press('Escape');
    await button(m.settings_method()).click();
    await expect(heading(m.method_title())).toBeVisible();
    await take('method', 'light', aside);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await button(m.devices_title()).click();
    await button(m.devices_test()).click();
    await expect(page.getByText(m.devices_chosen(), { exact: true })).toBeVisible({ timeout: 120_000 });
    await take('devices', 'light');
    await app.close();
    const again = await startAgain(false);
    await expect(again.page.getByRole('heading', { name: m.storage_unlock_title() })).toBeVisible();
    await take('unlock', 'light', aside, again.page);
    if (made !== undefined) await rm(made, { recursive: true });
  });
}
