/** The page of what is computed on. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('devices are found, tried and chosen on a page of their own', async ({ app }) => {
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  const { page } = app;
  const shot = (name: string) =>
    page.screenshot({
      path: join(import.meta.dirname, '../../test-results/screenshots', `devices-${name}.png`),
    });

  await bench.button('Devices').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();
  const cpu = page.getByRole('listitem').filter({ hasText: 'CPU' });
  await expect(cpu).toContainText('not tried yet');
  const installed = existsSync(join(import.meta.dirname, '../../.runtime/tensorflow/installation.json'));
  const absent = page.getByText('TensorFlow’s library is not installed');
  await expect(absent).toHaveCount(process.platform === 'linux' && !installed ? 1 : 0);
  await shot('untried');

  await bench.button('Test these devices').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Testing. This takes up to a minute for each device.')).toBeVisible();
  await bench.button('Stop').click();
  await expect(bench.button('Test these devices')).toBeVisible({ timeout: 30_000 });
  await expect(cpu).toContainText('not tried yet');

  await bench.button('Test these devices').click();
  await expect(cpu).toContainText('Chosen', { timeout: 120_000 });
  await expect(cpu).toContainText(/\d ms/);

  await bench.button('About the figures of devices').click();
  await expect(page.getByRole('dialog', { name: 'About the figures of devices' })).toContainText(
    'a quarter faster',
  );
  await page.keyboard.press('Escape');

  await page.getByRole('radio', { name: 'CPU' }).check();
  await expect(page.getByRole('radio', { name: 'CPU' })).toBeChecked();
  for (const theme of ['Light', 'Dark'] as const) {
    await bench.theme(theme);
    expect(await bench.faults(), theme).toEqual([]);
    await shot(theme.toLowerCase());
  }
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(900, 640),
  );
  await shot('narrow');
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(beyond).toBeLessThanOrEqual(0);
  await bench.button('Back').click();
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeHidden();
  // What was chosen is kept, and shown again.
  await bench.button('Devices').click();
  await expect(page.getByRole('radio', { name: 'CPU' })).toBeChecked();
  await expect(cpu).toContainText('Chosen');
});
