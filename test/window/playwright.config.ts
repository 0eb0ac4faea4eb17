import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** How smooth the window is while it trains: started by `npm run bench:window`. */
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(import.meta.dirname, '../../test-results/window'),
  workers: 1,
  timeout: 20 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
