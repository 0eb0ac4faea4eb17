import type { Environment } from 'vitest/runtime';

/**
 * Where the window's state is tested: Svelte compiles for the page, as in the window, so that what is derived follows
 * by itself. There is no document; the state needs none.
 */
export default {
  name: 'page',
  viteEnvironment: 'client',
  setup: () => ({ teardown: () => undefined }),
} satisfies Environment;
