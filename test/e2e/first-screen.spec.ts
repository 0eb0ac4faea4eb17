/** What stands on the first screen, and what it says to what it cannot open. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('offers a table, a sample, a model and to verify what was received, and nothing else', async ({
  app,
}) => {
  const bench = new Workbench(app);
  await expect(bench.heading('Drop a table or DICOM files here')).toBeVisible();
  await expect(app.page.getByRole('main').getByRole('button')).toHaveText([
    'Open a table…',
    'Open DICOM folder…',
    'Open a sample',
    'Import a model…',
    'Verify an export…',
  ]);
  await app.screenshot('first-screen');
});

test('opens the bundled sample, and finds it again among the recent projects', async ({
  app,
  startAgain,
}) => {
  const bench = new Workbench(app);
  await bench.button('Open a sample').click();
  await bench.hasRead();
  await expect(app.page.getByText('30,000 rows · 24 columns')).toBeVisible();
  await app.close();

  const again = await startAgain();
  const later = new Workbench(again);
  await later.button(/Credit card clients/).click();
  await later.hasRead();
});

test('says kindly what it cannot open', async ({ app, userData }) => {
  const bench = new Workbench(app);
  const workbook = join(userData, 'ledger.xlsx');
  const empty = join(userData, 'empty.csv');
  await writeFile(workbook, 'PK');
  await writeFile(empty, '');
  const table = await writeClients(userData);

  await bench.drop(workbook);
  await expect(app.page.getByText(/“ledger.xlsx” is an Excel workbook/)).toBeVisible();
  await expect(app.page.getByText(/Save as → CSV UTF-8/)).toBeVisible();

  await bench.drop(table, empty);
  await expect(app.page.getByText(/one table at a time/)).toBeVisible();

  await bench.drop(empty);
  await expect(app.page.getByRole('alert')).toContainText('empty');

  const folder = join(userData, 'patients');
  await mkdir(folder);
  await app.answerOpenDialogs([folder]);
  await bench.button('Open a table…').click();
  await expect(app.page.getByRole('alert')).toContainText(/folder|directory/);
  await expect(bench.heading('Drop a table or DICOM files here')).toBeVisible();
});

test('does nothing when the dialog is dismissed', async ({ app }) => {
  const bench = new Workbench(app);
  await app.answerOpenDialogs([]);
  await bench.button('Open a table…').click();
  await expect(bench.button('Open a table…')).toBeEnabled();
  await expect(app.page.getByRole('alert')).toHaveCount(0);
});
