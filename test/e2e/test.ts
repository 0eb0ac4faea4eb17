import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { App } from './app.ts';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Fresh folder for the app's store and settings, gone after the test. */
  userData: string;
  /** The app, started on `userData`, its store locked as it is at the very first start. */
  lockedApp: App;
  /** The app, started on `userData`, its store open. The test fails when the page has complained by its end. */
  app: App;
  /** Starts the app once more on `userData`, after `app.close()`, and opens its store unless told not to; closed after the test. */
  startAgain: (opened?: boolean) => Promise<App>;
}

export const test = base.extend<Fixtures>({
  userData: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'semblance-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  },

  app: async ({ lockedApp }, use) => {
    await lockedApp.openStore();
    await use(lockedApp);
  },

  lockedApp: async ({ userData }, use, info) => {
    const app = await App.start(userData);
    await use(app);
    if (info.status !== info.expectedStatus) {
      if (!app.page.isClosed())
        await info.attach('window', { body: await app.page.screenshot(), contentType: 'image/png' });
      await info.attach('log', { body: app.log.join('\n'), contentType: 'text/plain' });
    }
    await app.close();
    base.expect(app.complaints, 'the page has complained').toEqual([]);
  },

  startAgain: async ({ userData }, use) => {
    const apps: App[] = [];
    await use(async (opened = true) => {
      const app = await App.start(userData);
      apps.push(app);
      if (opened) await app.openStore();
      return app;
    });
    for (const app of apps) {
      await app.close();
      base.expect(app.complaints, 'the page has complained').toEqual([]);
    }
  },
});
