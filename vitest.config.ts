import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts', 'test/unit/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    // Native modules (ONNX Runtime, DuckDB, SQLite) want a process of their own, not a thread.
    pool: 'forks',
  },
});
