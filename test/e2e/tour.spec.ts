/**
 * Every screen in both languages: axe finds nothing on it, light or dark; no language is mixed into the other; nothing is
 * cut in the smallest window or with text at 150 %.
 */
import { locales, speak } from '../../src/shared/language.ts';
import { expect, test } from './test.ts';
import { inLanguage, tour } from './tour.ts';
import { Workbench } from './workbench.ts';

const soft = expect.configure({ soft: true });

test.afterEach(() => speak(() => 'en'));

for (const language of locales) {
  test(`every screen, ${language}`, async ({ app, userData }) => {
    test.setTimeout(600_000);
    const bench = new Workbench(app);
    const { page } = app;
    await inLanguage(bench, language);

    const size = (width: number, height: number, zoom = 1) =>
      app.electron.evaluate(
        ({ BrowserWindow }, [across, down, factor]) => {
          const [window] = BrowserWindow.getAllWindows();
          window?.setContentSize(across, down);
          window?.webContents.setZoomFactor(factor);
        },
        [width, height, zoom] as const,
      );

    await tour(bench, userData, async (screen) => {
      for (const theme of ['light', 'dark'] as const) {
        await page.evaluate((choice) => (document.documentElement.dataset.theme = choice), theme);
        expect.soft(await bench.faults(), `${screen}, ${theme}`).toEqual([]);
        await app.screenshot(`${language}-${screen}-${theme}`);
      }
      await page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
      if (language !== 'en') expect.soft(await bench.english(), `${screen}: English left`).toEqual([]);
      // 150 % of a laptop's screen leaves what a window of 900 px has.
      for (const [what, width, zoom] of [
        ['900', 900, 1],
        ['150', 1366, 1.5],
      ] as const) {
        await size(width, what === '900' ? 640 : 900, zoom);
        // Charts and floating panels follow the window in the next frames.
        await soft.poll(() => bench.cut(), { message: `${screen}, ${what}`, timeout: 5_000 }).toEqual([]);
        await app.capture(`${language}-${screen}-${what}`);
      }
      await size(1280, 800);
    });
  });
}
