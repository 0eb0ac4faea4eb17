/** What the window says when the engine dies under a training, and how the work goes on. */
import { writeClients } from './clients-table.ts';
import { engineOf } from './engine-of.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('an interrupted training is said, kept in the list, and goes on when resumed', async ({
  app,
  userData,
}) => {
  test.setTimeout(120_000);
  const bench = new Workbench(app);
  const { page } = app;
  await bench.open(await writeClients(userData));
  await bench.step('Train').click();
  await bench.button('Start training').click();
  await expect(page.getByRole('img', { name: /Quality over/ })).toBeVisible({ timeout: 60_000 });

  const pid = await engineOf(app);
  if (pid === undefined) throw new Error('There is no engine to end.');
  process.kill(pid, 'SIGKILL');
  await expect(page.getByRole('alert').filter({ hasText: /engine/ })).toBeVisible();
  await expect(page.getByText('The engine is running again.')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Training was interrupted')).toBeVisible();
  await expect(
    page.getByRole('img', { name: /Quality over/ }),
    'what it had learned is still shown',
  ).toBeVisible();
  await expect(bench.tray).toContainText('Training interrupted');
  await expect(bench.step('Train')).toHaveAttribute('title', /did not finish/);

  await bench.button('Dismiss').click();
  await page
    .getByRole('main')
    .getByRole('button', { name: /^Resume/ })
    .click();
  await expect(bench.button(/^Cancel training/)).toBeVisible();
  await expect(page.getByRole('img', { name: /Quality over/ })).toBeVisible({ timeout: 60_000 });
  await bench.button(/^Cancel training/).click();
  await expect(page.getByText('Training was cancelled.')).toBeVisible({ timeout: 20_000 });
});
