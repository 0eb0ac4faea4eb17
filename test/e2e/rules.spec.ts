/** Rules between columns and conditions on rows, from proposal to file. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

/** Stays whose end follows their beginning, in wards that belong to a house each. */
async function writeStays(folder: string): Promise<string> {
  const day = (number: number): string => new Date(1.6e12 + number * 86_400_000).toISOString().slice(0, 10);
  const lines = Array.from({ length: 1200 }, (_, row) => {
    const start = (row * 37) % 900;
    const ward = (row * 7) % 12;
    return `${day(start)},${day(start + ((row * 13) % 40))},Ward ${ward},House ${ward % 3},${20 + ((row * 11) % 70)}`;
  });
  const path = join(folder, 'stays.csv');
  await writeFile(path, `admitted,discharged,ward,house,age\n${lines.join('\n')}\n`);
  return path;
}

test('a found rule is switched on, a condition checked, and both hold in the file', async ({
  app,
  userData,
}) => {
  test.setTimeout(240_000);
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeStays(userData));

  await page.getByRole('tab', { name: /Rules/ }).click();
  const order = page.getByRole('checkbox', { name: /admitted <= discharged/ });
  await expect(order).not.toBeChecked();
  await expect(page.getByText('ward determines house')).toBeVisible();
  await order.check();
  await page.getByRole('checkbox', { name: /ward determines house/ }).check();
  await expect(order).toBeChecked();

  const own = page.getByLabel('A rule of your own');
  await own.fill('agee > 20');
  await own.press('Enter');
  await expect(page.getByText(/no column “agee”/)).toBeVisible();
  await app.screenshot('rules-refused-light');
  await own.fill('age <= 80');
  await own.press('Enter');
  // The one before may still be on its way: neither is lost.
  await own.fill('age >= 20');
  await own.press('Enter');
  await expect(page.getByRole('checkbox', { name: /age <= 80/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /age >= 20/ })).toBeChecked();
  await expect(own).toHaveValue('');
  await bench.theme('Dark');
  await app.screenshot('rules-dark');
  expect(await bench.faults()).toEqual([]);

  await bench.train('0.1');
  await bench.step('Export').click();
  const where = page.getByLabel('Only rows where');
  await where.fill('age > 300');
  await bench.button('Check').last().click();
  await expect(page.getByText(/every value of “age” that the model knows is smaller/)).toBeVisible();
  await where.fill('age between 60 and 70 and house = "House 1"');
  await bench.button('Check').last().click();
  await expect(page.getByText(/satisf/).first()).toBeVisible();
  await app.screenshot('condition-dark');
  expect(await bench.faults()).toEqual([]);

  const out = join(userData, 'out.csv');
  await app.answerSaveDialogs(out);
  await page.getByLabel('How many rows').fill('300');
  await bench.button(/^Export 300/).click();
  await expect(page.getByText(/has been written/)).toBeVisible({ timeout: 60_000 });
  await page.getByText('4 rules kept').click();
  await expect(
    page.getByText(/^admitted <= discharged: \d+ rows? mended, \d+ rows? thrown away/),
  ).toBeVisible();
  await page.getByText('4 rules kept').scrollIntoViewIfNeeded();
  await app.screenshot('rules-kept-dark');
  for (const [at, name] of [
    [0, 'About the figures of written files'],
    [1, 'About the figures of written files'],
    [0, 'About what will be written'],
  ] as const) {
    await bench.button(name).nth(at).click();
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await expect(bench.button('The whole method')).toBeVisible();
    await page.keyboard.press('Escape');
  }
  expect(await bench.faults()).toEqual([]);

  const rows = (await readFile(out, 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  expect(rows).toHaveLength(300);
  for (const [admitted = '', discharged = '', ward = '', house, age] of rows) {
    expect(admitted <= discharged).toBe(true);
    expect(house).toBe('House 1');
    expect(Number(ward.replace('Ward ', '')) % 3).toBe(1);
    expect(Number(age)).toBeGreaterThanOrEqual(60);
    expect(Number(age)).toBeLessThanOrEqual(70);
  }
  const card = JSON.parse(await readFile(`${out}.card.json`, 'utf8')) as { output: { rules: unknown[] } };
  expect(card.output.rules).toHaveLength(4);
});
