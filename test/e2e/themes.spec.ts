/** Every screen, light and dark, looked through by axe. */
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('axe finds nothing on any screen, light or dark', async ({ app, userData }) => {
  test.setTimeout(240_000);
  const bench = new Workbench(app);
  const { page } = app;

  const look = async (screen: string) => {
    for (const theme of ['Light', 'Dark'] as const) {
      await bench.theme(theme);
      expect(await bench.faults(), `${screen}, ${theme}`).toEqual([]);
    }
  };

  await expect(bench.heading('Drop a table or DICOM files here')).toBeVisible();
  await look('first screen');
  await bench.open(await writeClients(userData));
  await look('columns');
  await page.getByRole('tab', { name: 'Rows' }).click();
  await expect(page.getByRole('region', { name: 'Rows, scrollable' })).toContainText('university');
  await look('rows');
  await bench.step('Train').click();
  await page.getByText('More settings').click();
  await look('settings');
  await page.getByLabel('At most').fill('many');
  await look('settings with a mistake');
  await page.getByLabel('At most').fill('5');
  // Else it may end by itself while it is looked at.
  await page.getByLabel('After a fixed time').check();
  await bench.button('Start training').click();
  await expect(page.getByRole('img', { name: /Quality over/ })).toBeVisible({ timeout: 60_000 });
  await look('training');
  await bench.button(/^Cancel training/).click();
  await expect(page.getByText('Training was cancelled.')).toBeVisible({ timeout: 20_000 });
  await look('cancelled');
  await page.getByText('Train again with other settings').click();
  await page.getByLabel('When quality no longer improves').check();
  await page.getByLabel('At most').fill('0.1');
  await bench.button('Train again').click();
  await expect(bench.button('Check the result')).toBeVisible({ timeout: 120_000 });
  await look('trained');
  await bench.step('Check').click();
  await look('check');
  await bench.step('Export').click();
  await expect(page.getByRole('region', { name: 'Rows of the model' })).toBeVisible({ timeout: 30_000 });
  await app.answerSaveDialogs(join(userData, 'out.parquet'));
  await page.getByLabel('Parquet').check();
  await bench.button(/^Export 900 rows/).click();
  await expect(bench.button('Show out.parquet in its folder')).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Control+j');
  await look('export and jobs');
  await page.keyboard.press('?');
  expect(await bench.faults(), 'a dialog').toEqual([]);
});
