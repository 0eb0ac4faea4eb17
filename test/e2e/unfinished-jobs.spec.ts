/** A training is paused, resumed, and survives the death of the engine and of the app. */
import { writeClients } from './clients-table.ts';
import { engineOf } from './engine-of.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

/** Starts a training that goes on for longer than the test and waits until something of it is saved. */
async function startTraining(bench: Workbench, userData: string): Promise<void> {
  await bench.open(await writeClients(userData));
  await bench.step('Train').click();
  await bench.page.getByLabel('After a fixed time').check();
  await bench.page.getByLabel(/At most|^For/).fill('30');
  await bench.button('Start training').click();
  await saved(bench);
}

async function saved(bench: Workbench): Promise<void> {
  await expect
    .poll(
      async () => {
        const reply = await bench.page.evaluate(() => window.semblance.call('jobs.list'));
        return reply.ok && reply.value.some(({ kind, saved }) => kind === 'train' && saved !== null);
      },
      { timeout: 90_000 },
    )
    .toBe(true);
}

test('a training is paused and resumed, in the window and by keyboard', async ({ app, userData }) => {
  test.setTimeout(240_000);
  const bench = new Workbench(app);
  await startTraining(bench, userData);
  await bench
    .button(/^Pause: Training clients/)
    .first()
    .click();
  await expect(bench.page.getByText('Training is paused.')).toBeVisible({ timeout: 30_000 });
  await expect(bench.page.getByText(/It goes on from epoch \d+ when you resume it/).first()).toBeVisible();
  await app.page.keyboard.press('Control+j');
  await expect(bench.tray.getByText('paused', { exact: true })).toBeVisible();
  await app.screenshot('jobs-paused-light');
  expect(await bench.faults()).toEqual([]);
  await bench.theme('Dark');
  await app.screenshot('jobs-paused-dark');
  await bench.tray.getByRole('button', { name: /^Resume/ }).focus();
  await app.page.keyboard.press('Enter');
  await expect(bench.tray.getByRole('button', { name: /^Pause/ })).toBeVisible({ timeout: 60_000 });
  await bench.tray.getByRole('button', { name: /^Cancel/ }).click();
  await expect(bench.page.getByText('Training was cancelled.')).toBeVisible({ timeout: 30_000 });
});

test('when the engine is killed, resuming is offered, and goes on where it was', async ({
  app,
  userData,
}) => {
  test.setTimeout(240_000);
  const bench = new Workbench(app);
  await startTraining(bench, userData);
  const engine = await engineOf(app);
  if (engine === undefined) throw new Error('There is no engine.');
  process.kill(engine, 'SIGKILL');
  await expect(bench.page.getByText(/^Training was interrupted/)).toBeVisible({ timeout: 60_000 });
  await expect(bench.page.getByText(/goes on from epoch \d+/)).toBeVisible();
  // On another page it is offered above it.
  await bench.step('Data').click();
  const offer = bench.page.getByRole('alert').filter({ hasText: 'Training: “clients” was interrupted.' });
  await expect(offer).toBeVisible();
  await app.screenshot('jobs-interrupted');
  await offer.getByRole('button', { name: /^Resume/ }).click();
  await expect(offer).toHaveCount(0);
  await bench.step('Train').click();
  await expect(bench.button(/^Pause: Training clients/).first()).toBeVisible({ timeout: 60_000 });
  await bench.button(/^Cancel training/).click();
  await expect(bench.page.getByText('Training was cancelled.')).toBeVisible({ timeout: 30_000 });
});

test('when the app is killed, the next start offers to resume or to discard', async ({
  app,
  userData,
  startAgain,
}) => {
  test.setTimeout(240_000);
  await startTraining(new Workbench(app), userData);
  const main = await app.electron.evaluate(() => process.pid);
  const gone = new Promise((resolve) => app.electron.process().once('exit', resolve));
  process.kill(main, 'SIGKILL');
  await gone;
  const again = await startAgain();
  const bench = new Workbench(again);
  // The engine may have had the time to put the training away when the app was gone.
  const offer = bench.page
    .getByRole('alert')
    .filter({ hasText: /Training: “clients” (was interrupted|is paused)\./ });
  await expect(offer).toBeVisible({ timeout: 60_000 });
  await again.screenshot('jobs-next-start');
  await offer.getByRole('button', { name: /^Discard/ }).click();
  const question = bench.page.getByRole('alertdialog', { name: 'Discard the training of “clients”?' });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: /^Discard/ }).click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(offer).toHaveCount(0);
  await expect(bench.tray).toContainText('cancelled');
});
