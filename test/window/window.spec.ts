/**
 * Uses the window while the bundled sample is learned, critic and all, and writes what was seen to
 * `test-results/window.json`. Asserts nothing about speed: bench/window.bench.ts makes figures of it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../e2e/test.ts';
import { Workbench } from '../e2e/workbench.ts';
import { watchPage } from './smoothness.ts';

const minutes = Number(process.env.SEMBLANCE_WINDOW_MINUTES ?? 4);

test('the window is used while a model is trained', async ({ app }) => {
  const bench = new Workbench(app);
  const { page } = app;
  await bench.button('Open a sample').click();
  await bench.hasRead();
  const projectId = await page.evaluate(async () => {
    const reply = await window.semblance.call('projects.list');
    return reply.ok ? (reply.value[0]?.id ?? '') : '';
  });
  const criticIsIn = () =>
    page.evaluate(async (projectId) => {
      const reply = await window.semblance.call('projects.get', { projectId });
      return reply.ok && reply.value.training?.history.some(({ criticLoss }) => criticLoss !== null);
    }, projectId);

  // A model has to be there for Check and Export.
  await bench.train('0.5');
  await page.getByText('Train again with other settings').click();
  await page.getByLabel(/At most|^For/).fill(String(minutes));

  const watch = await watchPage(page, projectId);
  const scroll = async (name: string | RegExp) => {
    const region = page.getByRole('region', { name }).first();
    await region.hover();
    for (let turn = 0; turn < 20; turn++) {
      await page.mouse.wheel(0, turn % 2 === 0 ? 400 : 1200);
      await page.waitForTimeout(50);
    }
  };
  const round = async () => {
    await bench.step('Data').click();
    await expect(bench.heading('Data')).toBeVisible();
    await page.getByRole('tab', { name: 'Rows' }).click();
    await scroll('Rows, scrollable');
    await page.getByRole('tab', { name: /Columns/ }).click();
    await page.mouse.wheel(0, 1200);
    await bench.step('Check').click();
    await expect(bench.heading('Check')).toBeVisible();
    await bench.button('As a table').click();
    await scroll('Pairs, worst first');
    await bench.step('Export').click();
    await expect(bench.heading('Export')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Rows of the model' })).toBeVisible();
    await page.getByLabel('How many rows').fill('12,345');
    await bench.step('Train').click();
    await page.waitForTimeout(2000);
  };
  await watch.begin();
  await page.getByRole('button', { name: 'Train again', exact: true }).click();
  await expect(bench.button(/^Cancel training/)).toBeVisible();
  let rounds = 0;
  while (await bench.button(/^Cancel training/).isVisible()) {
    await round();
    rounds++;
  }
  const seen = await watch.end();
  const folder = join(import.meta.dirname, '../../test-results');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'window.json'),
    JSON.stringify({ ...seen, rounds, critic: await criticIsIn() }),
  );
  expect(rounds).toBeGreaterThan(0);
  expect(seen.refused).toEqual([]);
});
