/** Closing the window while a model is trained. */
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('a running training is not ended without asking, and is paused then', async ({
  app,
  userData,
  startAgain,
}) => {
  test.setTimeout(180_000);
  const bench = new Workbench(app);
  await bench.open(await writeClients(userData));
  await bench.step('Train').click();
  await bench.button('Start training').click();
  await expect(bench.button(/^Cancel training/)).toBeVisible();

  const asked = await app.answerQuestions(0);
  await app.electron.evaluate(({ app }) => app.quit());
  await expect.poll(asked).toEqual(['Training is running. Quit all the same?']);
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(asked).toHaveLength(2);
  await expect(bench.button(/^Cancel training/), 'it goes on').toBeVisible();

  await app.answerQuestions(1);
  const ended = new Promise((resolve) => app.electron.process().once('exit', resolve));
  await app.electron.evaluate(({ app }) => app.quit());
  expect(await ended).toBe(0);

  const again = new Workbench(await startAgain());
  const offer = again.page.getByRole('alert').filter({ hasText: 'Training: “clients” is paused.' });
  await expect(offer.getByRole('button', { name: /^Resume/ })).toBeVisible({ timeout: 60_000 });
});

test('the app ends without a question when nothing runs', async ({ app, userData }) => {
  const bench = new Workbench(app);
  await bench.open(await writeClients(userData));
  await app.answerQuestions(0);
  const ended = new Promise((resolve) => app.electron.process().once('exit', resolve));
  await app.electron.evaluate(({ app }) => app.quit());
  expect(await ended).toBe(0);
});
