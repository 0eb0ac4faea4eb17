/** Every screen in Chinese: no English sentence is left, and axe finds nothing, light or dark. */
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('every screen is in Chinese, and axe finds nothing on it', async ({ app, userData }) => {
  test.setTimeout(300_000);
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeClients(userData));
  await bench.train('0.1');
  await page.evaluate(() => window.semblance.call('app.setLanguage', 'zh-Hans'));
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');

  const look = async (screen: string) => {
    // Four words in a row are a sentence; names of columns and files have none.
    const english = await page.evaluate(() =>
      (document.body.innerText.match(/[A-Za-z]+(?: [a-z]+){3,}/g) ?? []).slice(0, 10),
    );
    expect(english, `${screen}: English left`).toEqual([]);
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((choice) => {
        document.documentElement.dataset.theme = choice;
      }, theme);
      expect(await bench.faults(), `${screen}, ${theme}`).toEqual([]);
      await app.screenshot(`zh-${screen}-${theme}`);
    }
  };

  await look('first');
  await page.getByRole('listitem').getByRole('button').first().click();
  // A project with a model opens at its scores; until it has, no key leads to its steps.
  await expect(bench.heading('检查')).toBeVisible();
  for (const [key, name, screen] of [
    ['Alt+1', '数据', 'data'],
    ['Alt+2', '训练', 'train'],
    ['Alt+3', '检查', 'check'],
    ['Alt+4', '导出', 'export'],
    ['Control+,', '设置', 'settings'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(bench.heading(name)).toBeVisible();
    await look(screen);
  }
  await bench.button('Semblance 如何工作与测量').click();
  await look('method');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+4');
  await app.answerSaveDialogs(join(userData, 'out.csv'));
  await page.keyboard.press('Control+Enter');
  await expect(bench.button('在文件夹中显示 out.csv')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Control+j');
  await look('export-and-jobs');
});
