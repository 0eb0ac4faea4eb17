import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Takes the pictures of the documentation: `npm run e2e -- --config test/screenshots/playwright.config.ts`. */
export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(import.meta.dirname, '../../test-results/screenshots'),
  workers: 1,
  timeout: 15 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
