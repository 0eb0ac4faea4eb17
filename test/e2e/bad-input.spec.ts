/** Bad input in the window: odd names, odd places, thousands of columns, a store that the terminal wants as well. */
import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oddColumns, oddTable } from '../../src/engine/tables/test-odd-table.ts';
import { passphrase } from './app.ts';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('names with emoji, quotes, newlines, SQL and HTML are text from the file to the file', async ({
  app,
  userData,
}) => {
  test.skip(process.platform === 'win32', 'Windows does not take such names');
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  const { page } = app;
  const path = join(userData, `in <b>'"😀\n');--.csv`);
  await writeFile(path, oddTable());
  await bench.open(path);
  const table = page.getByRole('table', { name: /Columns of the table/ });
  for (const name of oddColumns)
    await expect(table.getByRole('rowheader', { name: name.replace('\n', '↵') })).toBeVisible();
  expect(await page.locator('img[src="x"]').count()).toBe(0);
  await app.screenshot('bad-input-names');
  await bench.train('0.05');
  await bench.step('Export').click();
  const out = join(userData, 'out <i>😀\n.csv');
  await app.answerSaveDialogs(out);
  await bench.button(/^Export 80 rows/).click();
  await expect(bench.button(/^Show out/)).toBeVisible({ timeout: 30_000 });
  const [written] = (await readFile(out, 'utf8')).split('\n"😀"');
  expect(written).toContain('<img src=x onerror=alert(1)>');
  expect(await bench.faults()).toEqual([]);
});

test('a path of more than 300 characters, and a folder nothing may be written to', async ({
  app,
  userData,
}) => {
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  const { page } = app;
  const deep = join(userData, ...Array.from({ length: 6 }, () => 'd'.repeat(50)));
  await mkdir(deep, { recursive: true });
  const path = await writeClients(deep, 300);
  expect(path.length).toBeGreaterThan(300);
  await bench.open(path);
  await bench.train('0.05');
  await bench.step('Export').click();

  // Root may write wherever the kernel lets files be made at all: in its own tree it does not.
  const closed = process.getuid?.() === 0 ? '/sys/kernel' : join(userData, 'closed');
  if (closed.startsWith(userData)) {
    await mkdir(closed);
    await chmod(closed, 0o555);
  }
  const before = (await readdir(closed)).sort();
  await app.answerSaveDialogs(join(closed, 'out.csv'));
  await bench.button(/^Export 300 rows/).click();
  await expect(page.getByText('may not be written there').first()).toBeVisible({ timeout: 30_000 });
  expect((await readdir(closed)).sort()).toEqual(before);
  await app.screenshot('bad-input-closed-folder');

  await app.answerSaveDialogs(join(deep, 'out.csv'));
  await bench.button(/^Export 300 rows/).click();
  await expect(bench.button(/^Show out\.csv/)).toBeVisible({ timeout: 30_000 });
  expect((await readFile(join(deep, 'out.csv'), 'utf8')).split('\n')).toHaveLength(302);
});

test('a link that leads back to itself is told as such', async ({ app, userData }) => {
  test.skip(process.platform === 'win32', 'links need a right there');
  const bench = new Workbench(app);
  const path = join(userData, 'ring.csv');
  await symlink('ring.csv', path);
  await app.answerOpenDialogs([path]);
  await bench.button('Open a table…').click();
  await expect(app.page.getByText('leads back to itself').first()).toBeVisible();
});

test('5,000 columns: listed as far as they are seen, found by name, by keyboard as well', async ({
  app,
  userData,
}) => {
  test.setTimeout(600_000);
  const bench = new Workbench(app);
  const { page } = app;
  const width = 5000;
  const lines = [Array.from({ length: width }, (_, column) => `measure_${column}`).join(',')];
  for (let row = 0; row < 120; row++)
    lines.push(Array.from({ length: width }, (_, column) => (row * (column + 7)) % 41).join(','));
  const path = join(userData, 'wide.csv');
  await writeFile(path, `${lines.join('\n')}\n`);
  await app.answerOpenDialogs([path]);
  await bench.button('Open a table…').click();
  const table = page.getByRole('table', { name: /Columns of the table/ });
  await expect(table).toBeVisible({ timeout: 500_000 });
  await expect(page.getByRole('tab', { name: 'Columns (5000)' })).toBeVisible();
  await expect(page.getByText(/The table has 5,000 columns to learn from/)).toBeVisible();
  expect(await table.getByRole('row').count()).toBeLessThan(60);
  await expect(table).toHaveAttribute('aria-rowcount', '5001');
  await app.screenshot('bad-input-wide');

  const frame = page.getByRole('region', { name: 'Columns, scrollable' });
  await frame.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(table.getByRole('rowheader', { name: 'measure_4999' })).toBeVisible();
  expect(await table.getByRole('row').count()).toBeLessThan(60);
  expect(await bench.faults()).toEqual([]);
  await app.screenshot('bad-input-wide-end');

  // Tab goes on through rows that were not there before.
  await frame.evaluate((element) => element.scrollTo(0, 0));
  await page.getByLabel('Kind of measure_0', { exact: true }).focus();
  for (let presses = 0; presses < 80; presses++) await page.keyboard.press('Tab');
  await expect(page.getByLabel('Kind of measure_40', { exact: true })).toBeFocused();
  // What scrolls away leaves the focus in the list.
  await frame.evaluate((element) => element.scrollTo(0, 100_000));
  await expect(frame).toBeFocused();

  await page.getByRole('searchbox', { name: 'Find a column' }).fill('MEASURE_4321');
  await expect(page.getByText('1 column found')).toBeVisible();
  await page.getByLabel('What becomes of measure_4321').selectOption('keep');
  await expect(page.getByText('measure_4321', { exact: false }).first()).toBeVisible();
  await app.screenshot('bad-input-wide-found');
  await bench.theme('Dark');
  await page.getByRole('searchbox', { name: 'Find a column' }).fill('nowhere');
  await expect(page.getByText('0 columns found')).toBeVisible();
  await app.screenshot('bad-input-wide-none-dark');

  await page.getByRole('tab', { name: 'Rows' }).click();
  await expect(page.getByText('Columns 1 to 60 of 5,000')).toBeVisible();
  await bench.button('Later columns').click();
  await expect(page.getByRole('columnheader', { name: 'measure_60' })).toBeVisible();
  expect(await bench.faults()).toEqual([]);
  await app.screenshot('bad-input-wide-rows-dark');
});

test('a store that the window has open is refused to the terminal, and the other way round nothing is lost', async ({
  app,
  userData,
}) => {
  const bench = new Workbench(app);
  await bench.open(await writeClients(userData, 300));
  const words = join(userData, 'words.txt');
  await writeFile(words, `${passphrase}\n`);
  const list = ['store', 'list', '--store', join(userData, 'engine'), '--passphrase-file', words, '--json'];
  const refused = await semblance(...list);
  expect(refused.code).toBe(6);
  expect(refused.out).toContain('The store is in use by another Semblance');
  // Neither has it done anything to the window's.
  await app.page.getByRole('tab', { name: 'Rows' }).click();
  await expect(app.page.getByRole('region', { name: 'Rows, scrollable' })).toContainText('university');
  await app.close();
  const listed = await semblance(...list);
  expect([listed.code, listed.out]).toEqual([0, expect.stringContaining('clients')]);
});

/** The terminal program, in a process of its own. */
async function semblance(...args: string[]): Promise<{ code: number | null; out: string }> {
  const program = join(import.meta.dirname, '../../bin/semblance.mjs');
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.resume();
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out };
}
