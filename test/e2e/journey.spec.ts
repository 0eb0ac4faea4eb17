/** From a table to a synthetic one, as a person goes, with second thoughts on the way. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('drop, look, train, cancel, train again, check, export', async ({ app, userData }) => {
  test.setTimeout(240_000);
  const bench = new Workbench(app);
  const { page } = app;
  const source = await writeClients(userData);

  await test.step('a dropped table is read and its columns shown', async () => {
    await bench.drop(source);
    await bench.hasRead();
    await expect(page.getByText('900 rows · 6 columns')).toBeVisible();
    await expect(page.getByLabel('Kind of client_id')).toHaveValue('identifier');
    await expect(page.getByLabel('What becomes of client_id')).toHaveValue('identifier');
    await expect(bench.step('Check')).toHaveAttribute('aria-disabled', 'true');
  });

  await test.step('a changed role is kept, and undone', async () => {
    const role = page.getByLabel('What becomes of opened_on');
    await role.selectOption('drop');
    await expect(page.getByText('“opened_on” is now: Leave out.')).toBeVisible();
    await bench.button('Undo').click();
    await expect(role).toHaveValue('keep');
    await role.selectOption('drop');
  });

  await test.step('training shows what it learns', async () => {
    await bench.button('Continue to training').click();
    await page.getByLabel('At most').fill('5');
    await bench.button('Start training').click();
    await expect(page.getByRole('img', { name: /Quality over/ })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('img', { name: /age: real and synthetic/ })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Sample rows' })).toBeVisible();
  });

  await test.step('leaving the page loses nothing', async () => {
    await bench.step('Data').click();
    await expect(bench.heading('Data')).toBeFocused();
    await expect(bench.tray).toContainText('Training');
    await bench.step('Train').click();
    await expect(page.getByRole('img', { name: /Quality over/ })).toBeVisible();
  });

  await test.step('a cancelled training says so and can be started again', async () => {
    await bench.button(/^Cancel training/).click();
    await expect(page.getByText('Training was cancelled.')).toBeVisible({ timeout: 20_000 });
    await page.getByText('Train again with other settings').click();
    await page.getByLabel('At most').fill('0.2');
    await page.getByText('More settings').click();
    const used = page.getByLabel('Rows to use');
    await used.fill('12');
    await expect(page.getByText('Write a whole number of rows, 20 at least')).toBeVisible();
    await app.screenshot('settings-rows-used-light');
    await used.fill('800');
    await expect(page.getByText('640 rows to learn from, 160 rows set aside to score')).toBeVisible();
    await bench.button('Train again').click();
    await expect(bench.button(/^Cancel training/)).toBeVisible();
    await expect(bench.button('Check the result')).toBeVisible({ timeout: 120_000 });
  });

  await test.step('the scores are told in words, with the term beside them', async () => {
    await bench.button('Check the result').click();
    await expect(bench.heading('Check')).toBeFocused();
    await expect(page.getByText(/detection AUC 0\.\d\d/)).toBeVisible();
    await page.getByText('How this was made and measured').click();
    await expect(page.getByText('of 800 rows drawn by lot from the table')).toBeVisible();
    await bench.button('About Can it be told apart?').click();
    await expect(page.getByText('How it was measured')).toBeVisible();
    await page.keyboard.press('Escape');
    await bench.button('As a table').click();
    await expect(page.getByRole('region', { name: 'Pairs, worst first' })).toBeVisible();
  });

  await test.step('a second training that is cancelled leaves the model and what is shown of it', async () => {
    await bench.step('Train').click();
    const kept = page.getByText('Quality of the model');
    await expect(kept).toBeVisible();
    const curve = page.getByRole('img', { name: /Quality over/ });
    const before = await curve.getAttribute('aria-label');
    // The settings are still open from before.
    await page.getByLabel('At most').fill('5');
    await bench.button('Train again').click();
    await expect(curve).toBeVisible({ timeout: 60_000 });
    await bench.button(/^Cancel training/).click();
    await expect(page.getByText('Training was cancelled.')).toBeVisible({ timeout: 20_000 });
    await expect(kept).toHaveCount(0);
    await page.keyboard.press('Control+j');
    await bench.button(/^Clear \d+ ended jobs?/).click();
    await page.keyboard.press('Control+j');
    await expect(kept).toBeVisible();
    await expect(curve).toHaveAttribute('aria-label', before ?? '');
    await bench.step('Check').click();
  });

  await test.step('a third that ends well takes its place, and the model before can be brought back', async () => {
    await bench.step('Train').click();
    const before = page.getByText(/^Trained on 640 rows/);
    const after = page.getByText(/^Trained on 560 rows/);
    await expect(before).toBeVisible();
    await expect(page.getByText('A new training takes the place of this model')).toBeVisible();
    await page.getByLabel('At most').fill('0.1');
    await page.getByText('More settings').click();
    await page.getByLabel('Rows to use').fill('700');
    await bench.button('Train again').click();
    await expect(bench.button(/^Cancel training/)).toBeVisible();
    await expect(after).toBeVisible({ timeout: 120_000 });
    await app.screenshot('former-model-light');
    await bench.button('Use the other model').click();
    await expect(before).toBeVisible();
    await bench.button('Use the other model').focus();
    await page.keyboard.press('Enter');
    await expect(after).toBeVisible();
    expect(await bench.faults()).toEqual([]);
    await bench.button('Use the other model').click();
    await expect(before).toBeVisible();
    await bench.step('Check').click();
  });

  await test.step('rows are written with their card, and listed', async () => {
    const target = join(userData, 'out.csv');
    await bench.button('Continue to export').click();
    await expect(page.getByLabel('How many rows')).toHaveValue('900');
    await expect(page.getByRole('region', { name: 'Rows of the model' })).toBeVisible({ timeout: 30_000 });
    await page.getByLabel('How many rows').fill('1,234');
    await app.answerSaveDialogs(target);
    await bench.button('Export 1,234 rows…').click();
    await expect(bench.button('Show out.csv in its folder')).toBeVisible({ timeout: 30_000 });

    const lines = (await readFile(target, 'utf8')).trimEnd().split('\n');
    expect(lines[0]).toBe('client_id,age,limit,education,defaulted');
    expect(lines).toHaveLength(1235);
    const ids = lines.slice(1).map((line) => line.split(',')[0]);
    expect(new Set(ids).size).toBe(1234);
    expect(ids.every((id) => /^C-\d{6}$/.test(id ?? ''))).toBe(true);
    const card: unknown = JSON.parse(await readFile(`${target}.card.json`, 'utf8'));
    expect(card).toMatchObject({ output: { rows: 1234, format: 'csv' } });
  });

  await test.step('a card that lies where the new one will is replaced only when one agrees', async () => {
    const target = join(userData, 'second.csv');
    const card = `${target}.card.json`;
    await writeFile(card, 'of somebody else');
    await app.answerSaveDialogs(target);
    const asked = await app.answerQuestions(0);
    await bench.button('Export 1,234 rows…').click();
    await expect.poll(asked).toEqual(['“second.csv.card.json” exists already. Replace it?']);
    await expect(bench.button('Export 1,234 rows…')).toBeEnabled();
    expect(await readFile(card, 'utf8')).toBe('of somebody else');
    await app.answerQuestions(1);
    await bench.button('Export 1,234 rows…').click();
    await expect(bench.button('Show second.csv in its folder')).toBeVisible({ timeout: 30_000 });
    expect(JSON.parse(await readFile(card, 'utf8'))).toMatchObject({ output: { rows: 1234 } });
  });

  await test.step('the model is written as one file', async () => {
    const target = join(userData, 'clients.semblance');
    await app.answerSaveDialogs(target);
    await bench.button('Export the model…').click();
    await expect(bench.tray).toContainText('Exporting the model finished', { timeout: 30_000 });
    await expect(page.getByText(/“clients.semblance” has been written/)).toBeVisible();
    await expect(bench.button('Show clients.semblance in its folder')).toBeVisible();
    expect((await stat(target)).size).toBeGreaterThan(1000);
  });

  await test.step('the model comes back as a project of its own, and makes rows', async () => {
    await bench.button(/^Project clients/).click();
    await page.getByRole('menuitem', { name: 'All projects' }).click();
    await app.answerOpenDialogs([join(userData, 'clients.semblance')]);
    await bench.button('Import a model…').click();
    await expect(bench.heading('Check')).toBeVisible();
    await expect(page.getByText(/detection AUC 0\.\d\d/)).toBeVisible();
    await expect(bench.step('Train')).toHaveAttribute('aria-disabled', 'true');
    await bench.step('Data').click();
    await expect(page.getByText('there is no table here')).toBeVisible();
    await bench.step('Export').click();
    await expect(page.getByLabel('How many rows')).toHaveValue('900');
    const target = join(userData, 'again.jsonl');
    await app.answerSaveDialogs(target);
    await page.getByLabel('JSON lines').check();
    await bench.button('Export 900 rows…').click();
    await expect(bench.button('Show again.jsonl in its folder')).toBeVisible({ timeout: 30_000 });
    expect((await readFile(target, 'utf8')).trimEnd().split('\n')).toHaveLength(900);
  });
});
