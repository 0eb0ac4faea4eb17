/** The columns and rows of a table: what is found, what is hidden, what can be changed. */
import { appendFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('rows come as they are scrolled to, with personal values hidden until asked for', async ({
  app,
  userData,
}) => {
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeClients(userData, 5000));
  await page.getByRole('tab', { name: 'Rows' }).click();
  const rows = page.getByRole('region', { name: 'Rows, scrollable' });
  await expect(rows.getByRole('row').nth(2)).toContainText('••••••');
  await expect(rows).not.toContainText('C-100000');
  await expect(rows).toContainText('university');

  await bench.button('Show values').click();
  await expect(rows).toContainText('C-100000');
  await rows.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(rows).toContainText('C-134993');
  await expect(rows).not.toContainText('C-100000');
  await bench.button('Hide values').click();
  await expect(rows).not.toContainText('C-134993');
});

test('a kind takes its role along, and every change can be undone by the keyboard', async ({
  app,
  userData,
}) => {
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeClients(userData));
  const kind = page.getByLabel('Kind of age');
  const role = page.getByLabel('What becomes of age');
  await kind.selectOption('text');
  await expect(role).toHaveValue('drop');
  // What is text may name somebody: it is shown where it is hidden, when that is asked for.
  const values = page.getByRole('img', { name: /^Values of age/ });
  await expect(values).toHaveCount(0);
  await app.screenshot('columns-hidden-light');
  await bench.button('Show values').focus();
  await page.keyboard.press('Enter');
  await expect(values).toBeVisible();
  await bench.button('Hide values').click();
  await expect(values).toHaveCount(0);
  await kind.selectOption('category');
  await expect(bench.button('Show values')).toHaveCount(0);
  await page.getByRole('tab', { name: /Columns/ }).focus();
  await page.keyboard.press('Control+z');
  await expect(kind).toHaveValue('text');
  await page.keyboard.press('Control+z');
  await expect(kind).toHaveValue('integer');
  await expect(role).toHaveValue('keep');
});

test('a source that changes or goes away is noticed, and what was found stays', async ({
  app,
  userData,
  startAgain,
}) => {
  const path = await writeClients(userData);
  const bench = new Workbench(app);
  await bench.open(path);
  await app.close();
  await appendFile(path, 'C-999999,50,12000.00,school,2015-01-17,no\n');

  const again = await startAgain();
  const later = new Workbench(again);
  await later.button(/^clients/).click();
  await expect(again.page.getByText(/has changed since it was read/)).toBeVisible();
  await later.button('Read it again').click();
  await expect(again.page.getByText('901 rows · 6 columns')).toBeVisible({ timeout: 30_000 });
  await expect(again.page.getByText(/has changed since it was read/)).toHaveCount(0);

  await rename(path, `${path}.away`);
  await again.page.getByRole('tab', { name: 'Rows' }).click();
  await later.button(/^Project clients/).click();
  await again.page.getByRole('menuitem', { name: /clients/ }).click();
  await expect(again.page.getByText(/no longer where it was/)).toBeVisible();
  await expect(again.page.getByText('901 rows · 6 columns')).toBeVisible();
});

test('problems stand first, each with what to do', async ({ app, userData }) => {
  const path = join(userData, 'notes.csv');
  const lines = Array.from({ length: 400 }, (_, row) => `${row % 7},same,,${row % 3 === 0 ? 'x' : 'y'}`);
  await writeFile(path, ['count,constant,nothing,letter', ...lines].join('\n'));
  const bench = new Workbench(app);
  await bench.open(path);
  const problems = app.page.getByRole('region', { name: /to look at|note/ });
  await expect(problems).toContainText('constant');
  await expect(problems).toContainText('nothing');
});

test('projects are renamed and removed; the source stays', async ({ app, userData }) => {
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeClients(userData));
  await bench.button(/^Project clients/).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Northern branch');
  await page.keyboard.press('Enter');
  await expect(bench.button('Project Northern branch')).toBeVisible();

  await bench.button('Project Northern branch').click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await expect(page.getByRole('alertdialog')).toContainText(
    'The source file and every file you exported stay',
  );
  await bench.button('Remove').click();
  await expect(bench.heading('Drop a table or DICOM files here')).toBeVisible();
  await expect(bench.button(/Northern branch/)).toHaveCount(0);
});

test('what was typed in a project is still there after another', async ({ app, userData }) => {
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeClients(userData));
  await bench.step('Train').click();
  await page.getByLabel('At most').fill('7');
  await app.answerOpenDialogs([await writeClients(userData, 300, 'others.csv')]);
  await page.keyboard.press('Control+o');
  await expect(bench.button('Project others')).toBeVisible();
  await bench.button('Project others').click();
  await page.getByRole('menuitem', { name: 'clients' }).click();
  await expect(bench.button('Project clients')).toBeVisible();
  await expect(page.getByLabel('At most')).toHaveValue('7');
});
