import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { configDefaults, defineConfig } from 'vitest/config';
import { compileMessages } from './scripts/messages/compile.mjs';

await compileMessages();

/** Tests of the window's state, whose runes Svelte compiles. */
const page = 'src/renderer/**/*.svelte.test.ts';

export default defineConfig({
  test: {
    testTimeout: 20_000,
    // What tests start from the terminal need not be stripped of its types every time.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/semblance') },
    // Native modules (ONNX Runtime, DuckDB, SQLite) want a process of their own, not a thread.
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          include: [
            'src/**/*.test.ts',
            'scripts/**/*.test.ts',
            'bench/**/*.test.ts',
            'test/unit/**/*.test.ts',
          ],
          exclude: [...configDefaults.exclude, page],
          environment: 'node',
        },
      },
      {
        extends: true,
        plugins: [svelte()],
        // Or Node would take the half of Svelte that is for servers.
        resolve: { conditions: ['browser'] },
        test: {
          name: 'page',
          include: [page],
          environment: './test/renderer/page-environment.ts',
          server: { deps: { inline: ['svelte'] } },
        },
      },
    ],
  },
});
