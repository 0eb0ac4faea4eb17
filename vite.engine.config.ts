import { defineConfig } from 'vite';
import { compileMessages } from './scripts/messages/compile.mjs';

await compileMessages();

/** The engine process: one ES module for Node 24, npm packages left outside. */
export default defineConfig({
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'out/engine',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      // And the process in which a device is tried, and the threads that learn, draw rows and recognise text.
      input: {
        main: 'src/engine/main.ts',
        'device-trial': 'src/engine/device-trial.ts',
        'draw-thread-entry': 'src/engine/draw-thread-entry.ts',
        'learning-thread-entry': 'src/engine/learning-thread-entry.ts',
        'maker-thread-entry': 'src/engine/maker-thread-entry.ts',
        'recogniser-thread-entry': 'src/engine/recogniser-thread-entry.ts',
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
