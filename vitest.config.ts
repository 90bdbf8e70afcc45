import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['scripts/**/*.test.ts', 'site/**/*.test.ts'],
    // One browser, one portal build or one bare repository can take many seconds on a busy machine with two processors.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
