/** Writing with protection from the window: said beforehand, encrypted, mixed, signed, verified, resumed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Page } from '@playwright/test';
import { writeClients } from './clients-table.ts';
import { engineOf } from './engine-of.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

const passphrase = 'Zyklop Birne Kaktus Nebel Quarz';
const hasAge = spawnSync('age', ['--version']).status === 0;

/** Opens a table, trains on it, and goes to Export. */
async function toExport(bench: Workbench, userData: string, rows = 900): Promise<void> {
  await bench.open(await writeClients(userData, rows));
  await bench.train('0.1');
  await bench.step('Export').click();
  await expect(plan(bench.page).getByRole('table', { name: 'Files' })).toBeVisible({ timeout: 30_000 });
}

const plan = (page: Page) => page.getByRole('region', { name: 'What will be written' });
const written = (page: Page) => page.getByRole('alert').filter({ hasText: 'has been written' });

async function hasWritten(page: Page, file: string): Promise<void> {
  await expect(written(page).filter({ hasText: file })).toBeVisible({ timeout: 60_000 });
}

test('encrypted for keys: said beforehand, opened with the program age, verified', async ({
  app,
  userData,
}) => {
  test.setTimeout(240_000);
  test.skip(
    !hasAge,
    'SKIPPED: the program age is not installed, so opening what is written with it is untested.',
  );
  const bench = new Workbench(app);
  const { page } = app;
  const keys = join(userData, 'key.txt');
  execFileSync('age-keygen', ['-o', keys], { stdio: 'ignore' });
  const file = await readFile(keys, 'utf8');
  const secret = /AGE-SECRET-KEY-\S+/.exec(file)?.[0] ?? '';
  const recipient = execFileSync('age-keygen', ['-y', keys], { encoding: 'utf8' }).trim();
  await toExport(bench, userData);
  await app.screenshot('export-light');
  expect(await bench.faults()).toEqual([]);
  await expect(plan(page)).toContainText('anyone who gets it');

  await test.step('keys are checked as they are typed, and a secret one is not kept', async () => {
    await page.getByLabel('The owners of keys').check();
    const field = page.getByLabel('Public keys');
    await expect(page.getByText('Name the key of someone')).toBeVisible();
    await expect(bench.button(/^Export 900 rows/)).toBeDisabled();
    await field.fill(recipient.slice(0, 40));
    await expect(page.getByText('Line 1: 22 characters are missing.')).toBeVisible();
    await field.fill(`${recipient}\n${secret}`);
    await expect(page.getByText(/^Line 2: This is a secret key/)).toBeVisible();
    await app.screenshot('export-keys-wrong-light');
    expect(await bench.faults()).toEqual([]);
    // What was chosen is still there after leaving the page, and the secret is not.
    await bench.step('Check').click();
    await bench.step('Export').click();
    await expect(page.getByLabel('The owners of keys')).toBeChecked();
    await expect(field).toHaveValue(`${recipient}\n`);
    await expect(page.getByText('1 key is right.')).toBeVisible();
  });

  await test.step('what will be written is shown before', async () => {
    await page.getByLabel('Also write a report to be read').check();
    const files = plan(page).getByRole('row');
    await expect(files.filter({ hasText: 'clients-synthetic.csv.age' }).first()).toContainText('yes');
    await expect(files.filter({ hasText: 'report.html.age' })).toContainText(/about .* kB/);
    await expect(files.filter({ hasText: 'manifest.json' })).toContainText('no');
    await expect(plan(page)).toContainText('the owner of 1 key');
    await expect(plan(page)).toContainText(/([0-9A-F]{4}-){7}[0-9A-F]{4}/);
    await plan(page).getByText('6 columns').click();
    await expect(plan(page).getByRole('row').filter({ hasText: 'client_id' })).toContainText('made anew');
    await app.screenshot('export-keys-light');
  });

  await test.step('and is what is written', async () => {
    await app.answerSaveDialogs(join(userData, 'sealed.csv'));
    await bench.button(/^Export 900 rows/).click();
    await hasWritten(page, 'sealed.csv.age');
    const names = (await readdir(userData)).filter((name) => name.startsWith('sealed'));
    expect(names.sort()).toEqual([
      'sealed.csv.age',
      'sealed.csv.age.manifest.json',
      'sealed.csv.card.json.age',
      'sealed.csv.report.html.age',
    ]);
    const open = (name: string) =>
      execFileSync('age', ['--decrypt', '-i', keys, join(userData, name)], { encoding: 'utf8' });
    expect(open('sealed.csv.age').trimEnd().split('\n')).toHaveLength(901);
    expect(JSON.parse(open('sealed.csv.card.json.age'))).toMatchObject({ output: { rows: 900 } });
    const report = open('sealed.csv.report.html.age');
    expect(report).toContain('<h1>Report on a synthetic table</h1>');
    await writeFile(join(userData, 'report.html'), report);
    await app.screenshot('export-written-light');
    expect(await bench.faults()).toEqual([]);
  });

  await test.step('the manifest tells that nothing was changed, and then what was', async () => {
    const fingerprint = await written(page).locator('[data-fingerprint]').innerText();
    await written(page).getByRole('button', { name: 'Look at the manifest' }).click();
    const dialog = page.getByRole('dialog', { name: 'Verify an export' });
    await expect(dialog).toContainText('Everything is as it was written.');
    await expect(dialog).toContainText('Signed by this installation');
    await dialog.getByRole('button', { name: /^Copy/ }).click();
    await expect(dialog.getByText('Copied')).toBeVisible();
    expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(fingerprint.trim());
    await app.screenshot('export-verify-light');
    expect(await bench.faults()).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);

    await appendFile(join(userData, 'sealed.csv.age'), 'more');
    await rm(join(userData, 'sealed.csv.card.json.age'));
    await app.answerOpenDialogs([join(userData, 'sealed.csv.age.manifest.json')]);
    await bench.theme('Dark');
    await bench.button('Verify an export…').click();
    await expect(dialog).toContainText('This is not what was written.');
    await expect(dialog.getByRole('row').filter({ hasText: /^sealed\.csv\.age/ })).toContainText('changed');
    await expect(dialog.getByRole('row').filter({ hasText: 'card' })).toContainText('missing');
    await app.screenshot('export-verify-failed-dark');
    expect(await bench.faults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the page may ask only for manifests that were chosen', async () => {
    const reply = await page.evaluate(() => window.semblance.call('exports.verify', { path: '/etc/passwd' }));
    expect(reply).toMatchObject({ ok: false, error: { code: 'request/forbidden' } });
  });
});

test('with a passphrase: nowhere to be found once the job has it, and asked for again', async ({
  app,
  userData,
}) => {
  test.setTimeout(240_000);
  const bench = new Workbench(app);
  const { page } = app;
  await toExport(bench, userData);
  const typed = page.getByLabel('Passphrase of the file');
  const again = page.getByLabel('The same once more');
  await page.getByLabel('Whoever knows a passphrase').check();
  await typed.fill('short');
  await expect(page.getByText('At least 10 characters.')).toBeVisible();
  await typed.fill('password 1');
  await expect(page.getByText(/^Weak:/)).toBeVisible();
  await typed.fill(passphrase);
  await expect(page.getByText(/^Good,/)).toBeVisible();
  await again.fill('something else');
  await expect(page.getByText('The two are not the same.')).toBeVisible();
  await expect(bench.button(/^Export 900 rows/)).toBeDisabled();
  await bench.theme('Dark');
  await app.screenshot('export-passphrase-dark');
  expect(await bench.faults()).toEqual([]);
  // It does not outlive the page.
  await again.fill(passphrase);
  await expect(bench.button(/^Export 900 rows/)).toBeEnabled();
  await bench.step('Check').click();
  await bench.step('Export').click();
  await expect(page.getByLabel('Whoever knows a passphrase')).toBeChecked();
  await expect(typed).toHaveValue('');

  await typed.fill(passphrase);
  await again.fill(passphrase);
  await page.getByLabel('How many rows').fill('3000000');
  await app.answerSaveDialogs(join(userData, 'secret.csv.age'));
  await bench.button(/^Export 3,000,000 rows/).click();
  await expect(bench.button(/^Cancel/).first()).toBeVisible({ timeout: 30_000 });
  await expect(typed).toHaveValue('');
  await expect(again).toHaveValue('');
  const held = await page.evaluate(() => document.documentElement.outerHTML);
  expect(held).not.toContain(passphrase);

  const engine = await engineOf(app);
  if (engine === undefined) throw new Error('There is no engine.');
  process.kill(engine, 'SIGKILL');
  await expect(page.getByText('The passphrase was not kept, so it is asked for again.')).toBeVisible({
    timeout: 60_000,
  });
  await app.screenshot('export-interrupted-dark');
  expect((await readdir(userData)).filter((name) => name.startsWith('secret'))).toEqual([]);
  await page
    .getByRole('button', { name: /^Resume/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Type the passphrase again' });
  await dialog.getByLabel('Passphrase of the file').fill(passphrase);
  await dialog.getByLabel('The same once more').fill(passphrase);
  await app.screenshot('export-passphrase-again-dark');
  expect(await bench.faults()).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await hasWritten(page, 'secret.csv.age').catch(async (error: unknown) => {
    await app.screenshot('export-not-written');
    throw error;
  });
  expect((await readFile(join(userData, 'secret.csv.age'))).subarray(0, 21).toString()).toBe(
    'age-encryption.org/v1',
  );

  // A model that is encrypted is opened in the window, too.
  await typed.fill(passphrase);
  await again.fill(passphrase);
  await app.answerSaveDialogs(join(userData, 'sealed.semblance'));
  await bench.button('Export the model…').click();
  await expect(written(page).filter({ hasText: 'sealed.semblance.age' })).toBeVisible({ timeout: 30_000 });
  await app.answerOpenDialogs([join(userData, 'sealed.semblance.age')]);
  await bench.button('Project clients').click();
  await page.getByRole('menuitem', { name: 'All projects' }).click();
  await bench.button(/^Import a model/).click();
  const asked = page.getByRole('dialog', { name: 'This model is encrypted' });
  await asked.getByLabel('Passphrase of the model').fill('another bird');
  await page.keyboard.press('Enter');
  await expect(asked).toContainText('does not open with this passphrase');
  await asked.getByLabel('A secret key').check();
  await asked.getByRole('button', { name: 'Choose the file of keys…' }).click();
  await expect(asked).toContainText('sealed.semblance.age');
  for (const theme of ['dark', 'light']) {
    await page.evaluate((choice) => {
      document.documentElement.dataset.theme = choice;
    }, theme);
    await app.screenshot(`model-sealed-${theme}`);
    expect(await bench.faults()).toEqual([]);
  }
  await asked.getByLabel('Its passphrase').check();
  await asked.getByLabel('Passphrase of the model').fill(passphrase);
  await page.keyboard.press('Enter');
  await expect(asked).toHaveCount(0);
  await expect(bench.button('Project sealed')).toBeVisible();
  await app.close();
  expect(app.log.join('\n')).not.toContain(passphrase);
});

test('plain, as a database, with real rows: each said beforehand and verified', async ({ app, userData }) => {
  test.setTimeout(240_000);
  const bench = new Workbench(app);
  const { page } = app;
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(900, 760),
  );
  await toExport(bench, userData);

  await test.step('CSV with semicolons', async () => {
    await page.getByLabel('Between fields').selectOption('semicolon');
    await app.answerSaveDialogs(join(userData, 'plain.csv'));
    await bench.button(/^Export 900 rows/).click();
    await hasWritten(page, 'plain.csv');
    expect((await readFile(join(userData, 'plain.csv'), 'utf8')).split('\n')[0]).toContain('client_id;age;');
    await page.getByRole('button', { name: 'Verify plain.csv against its manifest' }).click();
    const dialog = page.getByRole('dialog', { name: 'Verify an export' });
    await expect(dialog).toContainText('Everything is as it was written.');
    await app.screenshot('export-verify-narrow-light');
    await page.keyboard.press('Escape');
  });

  await test.step('SQLite', async () => {
    await page.getByRole('radio', { name: /^SQLite/ }).check();
    await expect(plan(page).getByRole('row').filter({ hasText: '.sqlite' }).first()).toBeVisible();
    await app.answerSaveDialogs(join(userData, 'rows'));
    await bench.button(/^Export 900 rows/).click();
    await hasWritten(page, 'rows.sqlite');
    const database = new Database(join(userData, 'rows.sqlite'), { readonly: true });
    expect(database.prepare('SELECT count(*) FROM rows').pluck().get()).toBe(900);
    database.close();
  });

  await test.step('real rows, only where the user says to have the right to', async () => {
    await page.getByLabel('Mix in rows of the source').check();
    await page.getByRole('textbox', { name: /^Share of real rows/ }).fill('20');
    await expect(page.getByText(/Nothing protects them|nothing protects them/)).toBeVisible();
    await expect(bench.button(/^Export 900 rows/)).toBeDisabled();
    await page.getByLabel('I have the right to pass on real rows').check();
    await expect(page.getByText('180 of 900 rows will be real.')).toBeVisible();
    await expect(plan(page)).toContainText('900 rows, 180 of them real');
    await expect(plan(page)).toContainText('are REAL rows of the source');
    await page.getByLabel('Mix in rows of the source').scrollIntoViewIfNeeded();
    await app.screenshot('export-mixed-narrow-light');
    expect(await bench.faults()).toEqual([]);
    await page.getByRole('radio', { name: /^CSV/ }).check();
    await app.answerSaveDialogs(join(userData, 'mixed.csv'));
    await bench.button(/^Export 900 rows/).click();
    await hasWritten(page, 'mixed.csv');
    const [head, ...rows] = (await readFile(join(userData, 'mixed.csv'), 'utf8')).trimEnd().split('\n');
    expect(head).toMatch(/;synthetic$/);
    expect(rows.filter((row) => row.endsWith(';false'))).toHaveLength(180);
    await expect(written(page)).toContainText('180 of its rows are real');
    await expect(page.getByText('900 rows, 180 of them real').first()).toBeVisible();
    // Asked anew each time.
    await expect(page.getByLabel('I have the right to pass on real rows')).not.toBeChecked();
  });

  await test.step('not together with a condition', async () => {
    await page.getByLabel('Only rows where').fill('age > 30');
    await expect(page.getByLabel('Mix in rows of the source')).toBeDisabled();
    await expect(page.getByText('Not together with a condition')).toBeVisible();
  });

  await test.step('in Chinese', async () => {
    await page.getByLabel('Only rows where').fill('');
    await page.evaluate(() => window.semblance.call('app.setLanguage', 'zh-Hans'));
    await page.reload();
    await page.getByRole('listitem').getByRole('button').first().click();
    await expect(bench.heading('检查')).toBeVisible();
    await page.keyboard.press('Alt+4');
    await expect(page.getByRole('region', { name: '将写出的内容' }).getByRole('table').first()).toBeVisible({
      timeout: 30_000,
    });
    await page.getByLabel('知道口令的人').check();
    await page.getByLabel('混入来源中的行').check();
    await page.getByRole('radio', { name: /^SQLite/ }).check();
    await expect(page.getByText('系统临时文件夹')).toHaveCount(0);
    await app.screenshot('export-zh-narrow');
    expect(await bench.faults()).toEqual([]);
    await page.getByLabel('我有权转交').check();
    await expect(page.getByText('系统临时文件夹')).toBeVisible({ timeout: 30_000 });
    const english = await page.evaluate(() =>
      (document.body.innerText.match(/[A-Za-z]+(?: [a-z]+){3,}/g) ?? []).slice(0, 10),
    );
    expect(english).toEqual([]);
    await page.getByText('系统临时文件夹').scrollIntoViewIfNeeded();
    await app.screenshot('export-zh-plan-narrow');
  });
});
