import { resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { compileMessages } from './scripts/messages/compile.mjs';

/**
 * Main, preload and renderer. The oldest Electron they run on is the one the tests may have to use
 * (see scripts/electron): 25, with Node 18 and Chromium 114. The engine has a build of its own.
 */
const node = 'node18';
const chrome = 'chrome114';

/** A classic CommonJS file: what a sandboxed preload has to be, and what every Electron loads. */
const commonJs = { format: 'cjs', entryFileNames: '[name].cjs' } as const;

/** Everything comes from the app's own origin, so no request needs CORS. */
function withoutCrossorigin(): Plugin {
  return {
    name: 'semblance:without-crossorigin',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replaceAll(' crossorigin', ''),
    },
  };
}

await compileMessages();

export default defineConfig({
  main: {
    build: {
      target: node,
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: { input: { index: resolve('src/main/index.ts') }, output: commonJs },
    },
  },
  preload: {
    build: {
      target: node,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { ...commonJs, codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [tailwindcss(), svelte({ configFile: resolve('svelte.config.js') }), withoutCrossorigin()],
    build: {
      target: chrome,
      cssTarget: chrome,
      // Minifying is what lowers newer CSS (relaxed nesting, light-dark()) to the target.
      cssMinify: 'lightningcss',
      // The page may load files of its own origin only: no data: addresses, no inline scripts.
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: {
        input: { index: resolve('src/renderer/index.html') },
        checks: { bundlerTimings: false },
      },
    },
  },
});
