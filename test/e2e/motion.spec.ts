/** Less movement, where the system asks for it. */
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

test('nothing moves where the system asks for less movement', async ({ app, userData }) => {
  const bench = new Workbench(app);
  const { page } = app;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.answerOpenDialogs([join(await writeClients(userData))]);
  await bench.button('Open a table…').click();
  await bench.hasRead();
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
        const long = (time: string) => time.split(',').some((part) => Number.parseFloat(part) > 0.01);
        return long(transitionDuration) || (animationName !== 'none' && long(animationDuration));
      }).length,
  );
  expect(moving).toBe(0);
});
