/** Serves the page with a make-believe engine: `npx vite --config test/renderer/vite.config.ts`. */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { compileMessages } from '../../scripts/messages/compile.mjs';

await compileMessages();

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('../../src/renderer'),
  cacheDir: here('../../node_modules/.vite-renderer'),
  plugins: [
    svelte(),
    tailwindcss(),
    {
      name: 'make-believe-engine',
      transformIndexHtml: {
        order: 'pre',
        handler: (html) =>
          html.replace(
            '<script type="module" src="./main.ts">',
            `<script type="module">import ${JSON.stringify(`/@fs${here('./fake-page.ts')}`)};</script>$&`,
          ),
      },
    },
  ],
  server: { port: 5199, strictPort: true, fs: { allow: [here('../..')] } },
  build: { target: 'chrome114' },
});
