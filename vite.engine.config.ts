import { defineConfig } from 'vite';
import { compileMessages } from './scripts/messages/compile.mjs';

await compileMessages();

/** The engine process: one ES module for Node 24, npm packages left outside. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: 'src/engine/main.ts',
    outDir: 'out/engine',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
  },
});
