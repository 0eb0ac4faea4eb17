/** The bundled sample on its way through the app, as `docs/screenshots` shows it. Nothing in them is staged. */
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../e2e/test.ts';
import { Workbench } from '../e2e/workbench.ts';

const folder = join(import.meta.dirname, '../../docs/screenshots');
/** Minutes the sample is trained for. */
const minutes = process.env.SEMBLANCE_SCREENSHOT_MINUTES ?? '4';

test('screenshots', async ({ app }) => {
  const bench = new Workbench(app);
  const { page } = app;
  await mkdir(folder, { recursive: true });
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768);
  });
  const both = async (name: string) => {
    for (const theme of ['Light', 'Dark'] as const) {
      await bench.theme(theme);
      await page.mouse.move(0, 0);
      await page.evaluate(
        () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
      );
      await page.waitForTimeout(400);
      await page.screenshot({ path: join(folder, `${name}-${theme.toLowerCase()}.png`) });
    }
  };

  await expect(bench.heading('Drop a table here')).toBeVisible();
  await both('first-screen');
  await bench.button('Open a sample').click();
  await bench.hasRead();
  await page.getByLabel('Kind of sex').selectOption('category');
  await bench.button('Undo').click();
  await both('data');
  await bench.step('Train').click();
  await page.getByLabel('At most').fill(minutes);
  await bench.button('Start training').click();
  await expect(page.getByText(/at epoch ([4-9]|\d{2,})/)).toBeVisible({ timeout: 300_000 });
  await both('train');
  await expect(bench.button('Check the result')).toBeVisible({ timeout: 10 * 60_000 });
  await both('trained');
  await bench.button('Check the result').click();
  await both('check');
  await bench.button('Continue to export').click();
  await expect(page.getByRole('region', { name: 'Rows of the model' })).toBeVisible();
  // The folder shows in the picture; what of it has to be made is taken away again.
  const target = process.env.SEMBLANCE_SCREENSHOT_FOLDER ?? join(tmpdir(), 'ada', 'Documents');
  const made = await mkdir(target, { recursive: true });
  await app.answerSaveDialogs(join(target, 'Credit card clients-synthetic.csv'));
  await bench.button(/^Export 30,000 rows/).click();
  await expect(bench.button(/^Show Credit card clients/)).toBeVisible({ timeout: 60_000 });
  await both('export');
  await page.getByLabel('The owners of keys').check();
  // A key of the format's specification: nobody's.
  await page.getByLabel('Public keys').fill('age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj');
  await page.getByLabel('Also write a report to be read').check();
  await page.getByLabel('Mix in rows of the source').check();
  await page.getByLabel('I have the right').check();
  await expect(page.getByText('30,000 rows, 3,000 of them real').first()).toBeVisible({ timeout: 60_000 });
  // High enough for all of the form that matters.
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 1400);
  });
  await page.evaluate(() => document.querySelector('.pane')?.scrollTo(0, 0));
  await both('export-protection');
  if (made !== undefined) await rm(made, { recursive: true });
});
