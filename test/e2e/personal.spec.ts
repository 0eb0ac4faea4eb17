/** Personal data: found, shown only when asked to, treated, measured, and not in what is written. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { peopleCsv } from '../../src/engine/jobs/people-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

async function writePeople(folder: string): Promise<string> {
  const path = join(folder, 'people.csv');
  await writeFile(path, peopleCsv(900, 240));
  return path;
}

/** What stands in the table and nowhere else: family names, the domain of the addresses, numbers. */
const originals = /zyx|clinic\.example|[2-4]\d\d-45-[67]\d{3}/i;

test('what is found is listed without a value, treated by the keyboard, measured, and gone from the file', async ({
  app,
  userData,
}) => {
  test.setTimeout(300_000);
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writePeople(userData));
  await expect(page.getByText('Personal data in 6 columns')).toBeVisible();
  await app.screenshot('personal-notice-light');
  await bench.button('Look at it').click();

  const found = page.getByRole('list', { name: 'What was found' });
  await expect(found.getByRole('listitem')).toHaveCount(6);
  // Of these family names no list knows any.
  await expect(found.getByRole('listitem').filter({ hasText: 'name' }).first()).toContainText(
    'sure, by its name',
  );
  await expect(found.getByRole('listitem').filter({ hasText: 'ssn' })).toContainText(
    /\d+\s?% sure: \d+ of \d+ different values/,
  );
  await expect(page.getByLabel('What name holds')).toHaveValue('full-name');
  await expect(page.locator('body')).not.toContainText(originals);

  await page.getByRole('tab', { name: 'Rows' }).click();
  const rows = page.getByRole('region', { name: 'Rows, scrollable' });
  await expect(rows.getByRole('row').nth(2)).toContainText('••••••');
  await expect(rows).not.toContainText(originals);
  await bench.button('Show values').click();
  await expect(rows).toContainText(originals);
  await bench.button('Hide values').click();
  await expect(rows).not.toContainText(originals);

  // By the keyboard alone: the tab, the treatment, and back.
  const tab = page.getByRole('tab', { name: /Personal data/ });
  await tab.focus();
  await page.keyboard.press('Enter');
  const age = page.getByLabel('Treatment of age');
  await expect(age.locator('option:checked')).toHaveText('Learn as it is');
  await age.focus();
  await page.keyboard.press('ArrowDown');
  await expect(age.locator('option:checked')).toHaveText('90 at most');
  await page.keyboard.press('ArrowDown');
  await expect(age.locator('option:checked')).toHaveText('Bands of 5');
  await tab.focus();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(age.locator('option:checked')).toHaveText('Learn as it is');

  await bench.button('Why this default for ssn').focus();
  await page.keyboard.press('Enter');
  await expect(
    page.getByText(/45 CFR 164\.514\(b\)\(2\)\(i\), lists it: \(G\), number 7 of 18/),
  ).toBeVisible();
  await expect(page.getByText(/Art\. 4\(5\)/)).toBeVisible();
  await app.screenshot('personal-why-light');
  await page.keyboard.press('Escape');

  const figures = page.getByRole('table', { name: 'Before and after treatment' });
  const chart = page.getByRole('img', { name: /In classes under five/ });
  await expect(chart).toBeVisible({ timeout: 20_000 });
  const classes = figures.getByRole('row', { name: /^Classes \d/ }).getByRole('cell');
  const before = await classes.nth(0).innerText();
  await expect(classes.nth(1)).toHaveText(before);
  await bench.button('Use GDPR-minded defaults').click();
  await expect(classes.nth(1)).not.toHaveText(before, { timeout: 20_000 });
  await expect(classes.nth(0)).toHaveText(before);
  expect(Number((await classes.nth(1).innerText()).replaceAll(',', ''))).toBeLessThan(
    Number(before.replaceAll(',', '')),
  );

  // What others may know, and what nobody should be able to tell, is the user's to say.
  await page.getByText('Choose columns').click();
  await page.getByLabel('Nobody should be able to tell ward').check();
  await expect(figures.getByRole('row', { name: /different values of ward/ })).toBeVisible({
    timeout: 20_000,
  });
  await page.getByLabel('Others may know zip').uncheck();
  await expect(classes.nth(0)).not.toHaveText(before, { timeout: 20_000 });
  await bench.button('About How identifiable rows are').click();
  await expect(page.getByText(/k is the size of the smallest class/)).toBeVisible();
  await app.screenshot('personal-about-light');
  await page.keyboard.press('Escape');

  // A column in which nothing was found.
  await page.getByLabel('Column', { exact: true }).selectOption('cost');
  await page.getByLabel('What it holds').selectOption('account-number');
  await bench.button('Mark it').click();
  await expect(found.getByRole('listitem')).toHaveCount(7);
  await expect(page.getByLabel('Treatment of cost').locator('option:checked')).toHaveText('Make new ones');
  await bench.button('Undo').click();
  await expect(found.getByRole('listitem')).toHaveCount(6);

  for (const theme of ['Light', 'Dark'] as const) {
    await bench.theme(theme);
    expect(await bench.faults()).toEqual([]);
    await app.screenshot(`personal-${theme.toLowerCase()}`);
  }
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(900, 640),
  );
  await app.screenshot('personal-narrow-dark');
  await bench.theme('Light');

  const classesAfter = await classes.nth(1).innerText();
  await bench.train('0.1');
  await bench.button('Check the result').click();
  // What the model learned from is told with its scores, too.
  const learned = page.getByRole('region', { name: 'How identifiable rows of the source are' });
  await expect(
    learned
      .getByRole('row', { name: /^Classes \d/ })
      .getByRole('cell')
      .nth(1),
  ).toHaveText(classesAfter);
  await expect(learned.getByRole('img', { name: /In classes under five/ })).toBeVisible();
  for (const theme of ['Dark', 'Light'] as const) {
    await bench.theme(theme);
    await learned.scrollIntoViewIfNeeded();
    expect(await bench.faults()).toEqual([]);
    await app.screenshot(`check-identifiable-${theme.toLowerCase()}`);
  }
  await bench.step('Export').click();
  const out = join(userData, 'out.csv');
  await app.answerSaveDialogs(out);
  await bench.button(/^Export 900 rows/).click();
  await expect(bench.button('Show out.csv in its folder')).toBeVisible({ timeout: 60_000 });
  const written = await readFile(out, 'utf8');
  expect(written.trim().split('\n')).toHaveLength(901);
  expect(written).not.toMatch(originals);
  expect(written).toMatch(/@example\.(com|org|net)/);
  expect(await readFile(`${out}.card.json`, 'utf8')).not.toMatch(originals);
});

test('what names people is learned only when that is said of the very column', async ({ app, userData }) => {
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writePeople(userData));
  await page.getByRole('tab', { name: /Personal data/ }).click();
  // By saying that wards are people, of a column that is learned.
  await page.getByLabel('Column', { exact: true }).selectOption('ward');
  await page.getByLabel('What it holds').selectOption('family-name');
  await bench.button('Mark it').click();
  await page.getByLabel('Treatment of ward').selectOption({ label: 'Learn as it is' });
  await expect(page.getByText('names people, and will be learned as it is')).toBeVisible();
  await app.screenshot('personal-kept-light');
  await bench.train('0.1');
  await bench.step('Export').click();
  const out = join(userData, 'kept.csv');
  await app.answerSaveDialogs(out);
  await bench.button(/^Export 900 rows/).click();
  await expect(bench.button('Show kept.csv in its folder')).toBeVisible({ timeout: 60_000 });
  expect(await readFile(out, 'utf8')).toContain('north');
  const card = JSON.parse(await readFile(`${out}.card.json`, 'utf8')) as { columns: { name: string }[] };
  expect(card.columns.find(({ name }) => name === 'ward')).toMatchObject({ role: 'keep', kept: true });
});

test('the same in Chinese: every word, nothing for axe to find', async ({ app, userData }) => {
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writePeople(userData));
  await page.evaluate(() => window.semblance.call('app.setLanguage', 'zh-Hans'));
  await page.reload();
  await page.getByRole('listitem').getByRole('button').first().click();
  await expect(page.getByText('6 列中有个人数据')).toBeVisible();
  await page.getByRole('tab', { name: /个人数据/ }).click();
  const found = page.getByRole('list', { name: '发现的内容' });
  await expect(found.getByRole('listitem')).toHaveCount(6);
  await expect(found.getByRole('listitem').first()).toContainText(/把握 \d+/);
  await expect(page.locator('body')).not.toContainText(originals);
  await expect(page.getByRole('img', { name: /不足五行的类/ })).toBeVisible({ timeout: 20_000 });
  await bench.button('使用面向 GDPR 的默认设置').click();
  await page.getByLabel('age 的处理方式').selectOption({ label: '原样学习' });
  await bench.button('撤销').click();
  await page.getByText('选择列').click();
  await page.getByLabel('ward 不应被他人推断').check();
  await expect(page.getByRole('row', { name: /ward 的最少不同值数/ })).toBeVisible({ timeout: 20_000 });
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((choice) => {
      document.documentElement.dataset.theme = choice;
    }, theme);
    expect(await bench.faults()).toEqual([]);
    await app.screenshot(`zh-personal-${theme}`);
  }
  await bench.button('ssn 为何采用此默认处理').click();
  await expect(page.getByText(/第 7 项：社会保障号/)).toBeVisible();
  await app.screenshot('zh-personal-why-dark');
  // Four words in a row are a sentence; names of columns and files have none.
  const english = await page.evaluate(() => document.body.innerText.match(/[A-Za-z]+(?: [a-z]+){3,}/g) ?? []);
  expect(english).toEqual([]);
});
