import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { memoryFolder } from './scripts/fixtures/memory-folder.ts';
import { compiledComponents } from './site/tests/compiled-components.ts';

/** Test files that replace modules, relative to this folder: what a worker has loaded cannot be replaced in it. */
const replacing = globSync('{scripts,site}/**/*.test.ts', { cwd: import.meta.dirname }).filter((file) =>
  /\bvi\.(?:mock|doMock|resetModules)\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
);

/**
 * Each takes what those before it leave, so that every test file is in exactly one, wherever it is.
 * `npx vitest --project unit` answers while one works.
 */
const PROJECTS: readonly (readonly [name: string, include: readonly string[]])[] = [
  // Of each the subject is what a process has loaded or remembers.
  ['alone', [...replacing, 'scripts/git/{stores/cache,commits/branch-commits}.test.ts']],
  // Every combination, thousands of generated inputs, texts of megabytes: seconds each, and seldom what a change breaks first.
  ['thorough', ['**/*.thorough.test.ts']],
  [
    // Pure functions, and files in memory: no Git, no server, no browser.
    'unit',
    [
      'scripts/core/{,history/,hosts/,identity/,lifecycle/,policy/,problems/**/,redaction/,report/,resolution/,rules/}*.test.ts',
      'scripts/read/!(hostile-files|hostile-folders|schema-coverage).test.ts',
      'scripts/edit/{batch-edits,style}.test.ts',
      'scripts/{tables,upgrade}/**/*.test.ts',
      'scripts/project/**/*.test.ts',
      'scripts/report/report.test.ts',
      'scripts/bot/{branch-names,prioritize,round/execute-actions}.test.ts',
      'scripts/bot/approvals/{auto-approval,review-description}.test.ts',
      'scripts/bot/{evaluate/{actor,status},feedback/{comment,commit-message,desired-state}}.test.ts',
      'scripts/bot/manual-transition/{command-line,requested-transition}.test.ts',
      'scripts/github/{request,webhook-event,workflow-commands}.test.ts',
      'site/src/**/*.test.ts',
    ],
  ],
  ['portal', ['site/**/*.test.ts', 'scripts/portal/**/*.test.ts', 'scripts/commands/portal.test.ts']],
  ['bot', ['scripts/{bot,github,propose,doctor,publish}/**/*.test.ts', 'scripts/ci.test.ts']],
  ['commands', ['scripts/{cli,commands,init}/**/*.test.ts', 'scripts/cli.test.ts']],
  ['git', ['scripts/{git,core,read,edit,report}/**/*.test.ts']],
  ['project', ['scripts/**/*.test.ts']],
];

/** A worker of these goes on with the next file, with everything loaded, and compiled where it runs often: a fifth of their time. */
const SHARED = new Set(['unit', 'bot', 'commands', 'git']);

const memory = memoryFolder();

export default defineConfig({
  plugins: [compiledComponents()],
  test: {
    // A worker waits a third of its time for Git, for a browser or for the forge: with one more than processors all are done a tenth sooner.
    maxWorkers: availableParallelism() + 1,
    // One browser, one portal build or one bare repository can take many seconds on a busy machine with two processors.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // As long as a browser's own waits here: a page on a busy machine answers after more than the second that is the default.
    expect: { poll: { timeout: 15_000 } },
    // Neither the tool nor Git waits until what it wrote is on the disk.
    setupFiles: ['scripts/fixtures/without-sync.ts'],
    env: { GIT_TEST_FSYNC: '0', ...(memory === undefined ? {} : { TMPDIR: memory }) },
    projects: PROJECTS.map(([name, include], at) => ({
      extends: true as const,
      test: {
        name,
        isolate: !SHARED.has(name),
        include: [...include],
        exclude: ['**/node_modules/**', ...PROJECTS.slice(0, at).flatMap(([, taken]) => taken)],
      },
    })),
  },
});
