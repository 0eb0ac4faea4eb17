/** Text at 150 %, in both languages: nothing is cut and nothing scrolls sideways. */
import { join } from 'node:path';
import { writeClients } from './clients-table.ts';
import { expect, test } from './test.ts';
import { Workbench } from './workbench.ts';

for (const language of ['en', 'zh-Hans'] as const) {
  test(`everything has room with text at 150 %, ${language}`, async ({ app, userData }) => {
    test.setTimeout(240_000);
    const bench = new Workbench(app);
    const { page } = app;
    await app.electron.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      // As wide as a laptop's screen, so that 150 % leaves what a window of 900 px has.
      window?.setContentSize(1366, 900);
      window?.webContents.setZoomFactor(1.5);
    });
    const fits = async (screen: string) => {
      const beyond = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const cut = [...document.querySelectorAll('button, h1, h2, label, legend, p')].filter((element) => {
          const style = getComputedStyle(element);
          const hides = style.overflow !== 'visible' && style.textOverflow !== 'ellipsis';
          return hides && !element.closest('.sr-only') && element.scrollWidth > element.clientWidth + 1;
        });
        const names = cut.map((element) => element.textContent.trim().slice(0, 60));
        return { wide: scrollWidth - clientWidth, names };
      });
      expect(beyond, screen).toEqual({ wide: 0, names: [] });
      await app.screenshot(`text-150-${language}-${screen}`);
    };

    await bench.open(await writeClients(userData));
    await bench.train('0.1');
    await page.evaluate((choice) => window.semblance.call('app.setLanguage', choice), language);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await fits('first');
    await page.getByRole('listitem').getByRole('button').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const [key, screen] of [
      ['Alt+1', 'data'],
      ['Alt+2', 'train'],
      ['Alt+3', 'check'],
      ['Alt+4', 'export'],
      ['Control+,', 'settings'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await fits(screen);
    }
  });
}

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
