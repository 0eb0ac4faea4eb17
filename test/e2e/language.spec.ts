/** The language of the window: that of the system, or the one chosen, at once and for good. */
import { expect, test } from './test.ts';

test('the language changes without a restart, and is remembered', async ({ app, startAgain }) => {
  const { page } = app;
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('radio', { name: '简体中文' }).check();
  await expect(page.getByRole('heading', { level: 1, name: '设置' })).toBeVisible();
  const menu = await app.electron.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()?.items.map(({ label }) => label),
  );
  expect(menu?.[0]).toBe('文件(&F)');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await app.close();

  const again = await startAgain();
  // Chromium itself has been told, so that the page begins in the right language.
  expect(await again.page.evaluate(() => navigator.language)).toBe('zh-CN');
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
});
