import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['scripts/**/*.test.ts', 'site/**/*.test.ts'],
    // Most of the time tests wait for Git, for a browser or for the forge; one worker less than processors would be one.
    maxWorkers: '100%',
    // One browser, one portal build or one bare repository can take many seconds on a busy machine with two processors.
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
