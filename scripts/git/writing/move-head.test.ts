/** A lock that was left, put aside while Git lists branches, or while somebody else takes the lock. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs, { existsSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { removeRepositories, repository, type TestRepository } from '../../fixtures/repository.ts';
import { moveHead } from './move-head.ts';

const rename = fs.renameSync;
let own: TestRepository;
let [from, to, lock] = ['', '', ''];

beforeEach(() => {
  own = repository();
  from = own.git('rev-parse', 'HEAD');
  to = own.git('commit-tree', 'HEAD^{tree}', '-p', 'HEAD', '-m', 'next');
  lock = `${join(own.home, '.git', own.git('symbolic-ref', 'HEAD'))}.lock`;
});
afterEach(() => during(rename));
afterAll(removeRepositories);

/** A lock that is a minute old. */
function leave(content: string): void {
  const when = new Date(Date.now() - 60_000);
  writeFileSync(lock, content);
  utimesSync(lock, when, when);
}

/** From here on files are renamed so. */
function during(work: typeof fs.renameSync): void {
  fs.renameSync = work;
  syncBuiltinESMExports();
}

const beside = (): string[] => readdirSync(join(lock, '..')).filter((name) => name.includes('.lock'));

test.each([
  ['empty', () => ''],
  ['with the id of a commit', () => `${to}\n`],
])('%s, is no branch in the meantime, and nothing that Git warns of', (_, content) => {
  leave(content());
  const seen: unknown[] = [];
  during((before, after) => {
    rename(before, after);
    for (const asked of [
      ['branch', '--format=%(refname:short)'],
      ['fsck', '--no-dangling'],
    ]) {
      const { stdout, stderr } = spawnSync('git', asked, { cwd: own.home, encoding: 'utf8' });
      seen.push([existsSync(after), stdout, stderr]);
    }
  });
  expect(moveHead(own.home, { from, to, why: 'test' })).toEqual([lock]);
  expect(seen).toEqual([
    [true, 'main\n', ''],
    [true, '', expect.not.stringContaining('.lock')],
  ]);
  expect([own.git('rev-parse', 'HEAD'), beside()]).toEqual([to, []]);
});

test('of one at work, whose place a third has taken: that of the third stays', async () => {
  leave('');
  let third: ReturnType<typeof spawn> | undefined;
  during((before, after) => {
    during(rename);
    rmSync(before);
    writeFileSync(before, 'of one at work');
    rename(before, after);
    writeFileSync(before, 'of a third');
    third = spawn('sh', ['-c', `sleep 1; cat "$0"; rm "$0"`, String(before)], { stdio: ['ignore', 'pipe', 'ignore'] });
  });
  expect(moveHead(own.home, { from, to, why: 'test' })).toEqual([]);
  const told = await new Promise<string>((done) => third!.stdout!.on('data', (data) => done(String(data))));
  if (third!.exitCode === null) await once(third!, 'exit');
  expect([told, own.git('rev-parse', 'HEAD'), beside()]).toEqual(['of a third', to, []]);
});
