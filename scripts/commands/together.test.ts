/**
 * Edits by real processes at once: what one of them says is written stands. EDITS=50 makes each of the twenty do fifty.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';
import { NOW, PANEL, SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);

const TOOL = join(import.meta.dirname, '../miniapp.mjs');
const PROCESSES = 20;
const EDITS = Number(process.env['EDITS'] ?? 1);

/** Runs a command in a process of its own; gives its exit code. */
async function run(own: TestRepository, words: readonly string[]): Promise<number> {
  const how = ['--actor', 'olga', '--no-pr', '--now', new Date(NOW).toISOString()];
  const child = spawn(process.execPath, [TOOL, ...words, ...how], { cwd: own.home, stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number];
  return code;
}

const text = (own: TestRepository, path: string): string =>
  existsSync(own.file(path)) ? readFileSync(own.file(path), 'utf8') : '';

test.each<[string, (name: string, i: number) => { words: string[]; file: string }]>([
  [
    'one file',
    (name) => ({
      words: ['whitelist', 'add', SMART, `${name}@example.com`, '--app', 'smart-life'],
      file: `miniapps/${SMART}/whitelist.yaml`,
    }),
  ],
  [
    'a file that is not there at first',
    (name) => ({
      words: ['language', 'add', PANEL, '--language', 'en', '--key', name, '--text', name],
      file: `miniapps/${PANEL}/languages.yaml`,
    }),
  ],
  [
    'files of their own',
    (name, i) => ({
      words: ['person', 'add', name, '--github-id', String(10_000 + i), '--name', `Person ${name}`],
      file: `people/${name}.yaml`,
    }),
  ],
])(
  'twenty at once in %s: each edit that was acknowledged stands',
  async (_, editOf) => {
    const own = repository();
    const acknowledged: { name: string; file: string }[] = [];
    const chain = async (process: number) => {
      for (let i = 0; i < EDITS; i += 1) {
        const name = `p${process}x${i}y`;
        const { words, file } = editOf(name, process * 1000 + i);
        if ((await run(own, words)) === 0) acknowledged.push({ name, file });
      }
    };
    await Promise.all(Array.from({ length: PROCESSES }, (_process, i) => chain(i)));
    expect(acknowledged.length).toBeGreaterThan(PROCESSES * EDITS * 0.9);
    expect(acknowledged.filter(({ name, file }) => !text(own, file).includes(name))).toEqual([]);
    expect((await own.runJson('validate')).value.problems.filter((one: any) => one.severity === 'error')).toEqual([]);
  },
  60_000 * Math.max(2, EDITS),
);
