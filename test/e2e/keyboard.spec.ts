/** The whole way without a mouse. */
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('from the first screen to a written file by keyboard alone', async ({ app, userData }) => {
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  const { page } = app;
  await app.answerOpenDialogs([await writeClients(userData)]);
  await expect(bench.heading('Drop a table or DICOM files here')).toBeVisible();

  await page.keyboard.press('Control+o');
  await bench.hasRead();
  await expect(bench.heading('Data')).toBeFocused();

  await page.keyboard.press('Alt+3');
  await expect(bench.heading('Data'), 'a closed step stays closed').toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(bench.heading('Train')).toBeFocused();

  await page.getByLabel('At most').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('0.1');
  await page.keyboard.press('Control+Enter');
  await expect(bench.button('Check the result')).toBeVisible({ timeout: 120_000 });

  await page.keyboard.press('Control+Enter');
  await expect(bench.heading('Check')).toBeFocused();
  await page.keyboard.press('Alt+4');
  await expect(bench.heading('Export')).toBeFocused();
  await app.answerSaveDialogs(join(userData, 'out.csv'));
  await expect(bench.button(/^Export 900 rows/)).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(bench.button('Show out.csv in its folder')).toBeVisible({ timeout: 30_000 });

  await page.keyboard.press('Control+j');
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  await page.keyboard.press('Control+j');
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Alt+3');
  // Presses the dialog's own button, and not the page's.
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await page.title(), 'nothing happens behind it').toBe('Data · Semblance');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('every control can be tabbed to and shows that it has the focus', async ({ app, userData }) => {
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeClients(userData));
  const seen = new Set<string>();
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const style = getComputedStyle(element);
      const name = element.getAttribute('aria-label') ?? element.textContent.trim().replace(/\s+/g, ' ');
      return {
        name: `${element.tagName} ${name}`,
        ring: style.outlineStyle !== 'none' && style.outlineWidth !== '0px',
      };
    });
    if (focus === null) continue;
    expect(focus.ring, `${focus.name} shows the focus`).toBe(true);
    seen.add(focus.name);
  }
  for (const name of [
    'BUTTON Offline',
    'BUTTON Keyboard shortcuts',
    'BUTTON Continue to training',
    'SELECT Kind of age',
    'SELECT What becomes of age',
  ]) {
    expect([...seen]).toContain(name);
  }
});
