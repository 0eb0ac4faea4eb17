/** The smallest window there is, with names longer than any column has room for. */
import { readFile, writeFile } from 'node:fs/promises';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('nothing is clipped at the side of a narrow window, however long the names', async ({
  app,
  userData,
}) => {
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  const { page } = app;
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(900, 640),
  );
  const path = await writeClients(
    userData,
    600,
    'quarterly_reconciliation_of_outpatient_laboratory_measurements_revised.csv',
  );
  const [head = '', ...rows] = (await readFile(path, 'utf8')).split('\n');
  const longer = head
    .split(',')
    .map((name) => `${name}_as_reported_by_the_northern_region_before_the_last_revision_of_the_${name}`);
  // A range as wide as numbers get.
  const wide = rows.map((row, place) =>
    place === 0 ? row.replace(/,\d+\.\d\d,/, ',-98765432109.25,') : row,
  );
  await writeFile(path, [longer.join(','), ...wide].join('\n'));

  const fits = async (screen: string) => {
    const beyond = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      // Tables of rows scroll within their own frame; nothing else may be wider than its room.
      const frames = [...document.querySelectorAll('header, nav, main, .pane, .pane > section')];
      return [scrollWidth - clientWidth, ...frames.map((frame) => frame.scrollWidth - frame.clientWidth)];
    });
    expect(Math.max(...beyond), screen).toBeLessThanOrEqual(0);
  };

  await fits('first screen');
  await bench.open(path);
  await fits('columns');
  const missing = page.getByRole('columnheader', { name: 'Missing' });
  const box = await missing.boundingBox();
  expect((box?.x ?? Infinity) + (box?.width ?? 0), 'the last column is in sight').toBeLessThanOrEqual(900);
  await page.getByRole('tab', { name: 'Rows' }).click();
  await expect(page.getByRole('region', { name: 'Rows, scrollable' })).toContainText('university');
  await fits('rows');
  await page.getByRole('tab', { name: /Personal data/ }).click();
  await page.getByText('Choose columns').click();
  await fits('personal data');
  await app.screenshot('personal-long-names-narrow');
  await bench.train('0.1');
  await fits('trained');
  await bench.button('Check the result').click();
  await expect(page.getByText(/detection AUC/)).toBeVisible();
  await fits('check');
  await bench.button('As a table').click();
  await fits('pairs as a table');
  await bench.button('Continue to export').click();
  await expect(page.getByRole('region', { name: 'Rows of the model' })).toBeVisible({ timeout: 30_000 });
  await fits('export');
  await page.keyboard.press('Control+j');
  await fits('jobs');
});
