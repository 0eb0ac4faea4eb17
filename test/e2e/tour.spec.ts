/**
 * Every screen in both languages: axe finds nothing on it, light or dark; no language is mixed into the other; nothing is
 * cut in the smallest window or with text at 150 %.
 */
import { locales, speak, type Locale } from '../../src/shared/language.ts';
import type { App } from './app.ts';
import { dicomTour } from './dicom-tour.ts';
import { expect, test } from './test.ts';
import { inLanguage, tour, type Look } from './tour.ts';
import { vaultTour } from './vault-tour.ts';
import { Workbench } from './workbench.ts';

const soft = expect.configure({ soft: true });

test.afterEach(() => speak(() => 'en'));

/** Looks at what the window of the app shows: in both themes, narrow and enlarged. */
function inspector(app: App, language: Locale): Look {
  const bench = new Workbench(app);
  const { page } = app;
  const size = (width: number, height: number, zoom = 1) =>
    app.electron.evaluate(
      ({ BrowserWindow }, [across, down, factor]) => {
        const [window] = BrowserWindow.getAllWindows();
        window?.setContentSize(across, down);
        window?.webContents.setZoomFactor(factor);
      },
      [width, height, zoom] as const,
    );
  return async (screen) => {
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      expect.soft(await bench.faults(), `${screen}, ${theme}`).toEqual([]);
      await app.screenshot(`${language}-${screen}-${theme}`);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    if (language !== 'en') expect.soft(await bench.english(), `${screen}: English left`).toEqual([]);
    // 150 % of a laptop's screen leaves what a window of 900 px has.
    for (const [what, width, zoom] of [
      ['900', 900, 1],
      ['150', 1366, 1.5],
    ] as const) {
      await size(width, what === '900' ? 640 : 900, zoom);
      // The zoom takes effect a moment later.
      const within = Math.round(width / zoom);
      await expect.poll(() => page.evaluate(() => innerWidth)).toBeGreaterThanOrEqual(within - 1);
      await expect.poll(() => page.evaluate(() => innerWidth)).toBeLessThanOrEqual(within + 1);
      // Charts and floating panels follow the window in the next frames.
      await soft.poll(() => bench.cut(), { message: `${screen}, ${what}`, timeout: 5_000 }).toEqual([]);
      await app.capture(`${language}-${screen}-${what}`);
    }
    await size(1280, 800);
  };
}

for (const language of locales) {
  test(`every screen, ${language}`, async ({ app, userData }) => {
    test.setTimeout(600_000);
    const bench = new Workbench(app);
    await inLanguage(bench, language);
    await tour(bench, userData, inspector(app, language));
  });

  test(`every screen of DICOM files, ${language}`, async ({ app, userData }) => {
    test.setTimeout(300_000);
    const bench = new Workbench(app);
    await inLanguage(bench, language);
    await dicomTour(bench, userData, inspector(app, language));
  });

  test(`every screen before the store is open, ${language}`, async ({ lockedApp, startAgain, userData }) => {
    test.setTimeout(300_000);
    await vaultTour({
      ...{ language, folder: userData, first: lockedApp },
      startAgain: () => startAgain(false),
      lookAt: (app) => inspector(app, language),
    });
  });
}
