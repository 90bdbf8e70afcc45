import { defineConfig } from 'vitest/config';

/**
 * Each takes what those before it leave, so that every test file is in exactly one, wherever it is.
 * `npx vitest --project unit` answers while one works.
 */
const PROJECTS: readonly (readonly [name: string, include: readonly string[]])[] = [
  // Every combination, thousands of generated inputs, texts of megabytes: seconds each, and seldom what a change breaks first.
  ['thorough', ['**/*.thorough.test.ts']],
  [
    // Pure functions, and files in memory: no Git, no server, no browser.
    'unit',
    [
      'scripts/core/{,history/,hosts/,policy/,problems/**/,redaction/,resolution/,rules/}*.test.ts',
      'scripts/read/!(hostile-files|schema-coverage).test.ts',
      'scripts/edit/{batch-edits,style}.test.ts',
      'scripts/{tables,upgrade}/**/*.test.ts',
      // Where a module is replaced, a worker of its own has to load it.
      'scripts/project/**/!(shared-scripts).test.ts',
      'scripts/report/report.test.ts',
      'scripts/bot/{prioritize,execute-actions}.test.ts',
      'scripts/bot/{approvals/{auto-approval,review-description},feedback/texts}.test.ts',
      'site/src/**/*.test.ts',
    ],
  ],
  ['portal', ['site/**/*.test.ts', 'scripts/portal/**/*.test.ts', 'scripts/commands/portal.test.ts']],
  ['bot', ['scripts/{bot,github,propose,doctor,publish}/**/*.test.ts', 'scripts/ci.test.ts']],
  ['commands', ['scripts/{cli,commands,init}/**/*.test.ts', 'scripts/cli.test.ts']],
  ['git', ['scripts/{git,core,read,edit,report}/**/*.test.ts']],
  ['project', ['scripts/**/*.test.ts']],
];

export default defineConfig({
  test: {
    // Most of the time tests wait for Git, for a browser or for the forge; one worker less than processors would be one.
    maxWorkers: '100%',
    // One browser, one portal build or one bare repository can take many seconds on a busy machine with two processors.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    projects: PROJECTS.map(([name, include], at) => ({
      extends: true as const,
      test: {
        name,
        // Nothing in these keeps a state of its own, so that a worker loads what they share once.
        isolate: name !== 'unit',
        include: [...include],
        exclude: ['**/node_modules/**', ...PROJECTS.slice(0, at).flatMap(([, taken]) => taken)],
      },
    })),
  },
});
