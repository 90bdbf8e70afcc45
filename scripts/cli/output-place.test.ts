/** Where commands write what they make: nothing of it lands among Git's own files, or in the configuration. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stage } from '../fixtures/stage.ts';
import { SMART } from '../fixtures/workspace.ts';

const own = stage('output');
afterAll(own.remove);
beforeAll(() => {
  own.reset();
  execFileSync('git', ['init', '-q'], { cwd: own.home });
  for (const folder of ['mirror/objects', 'mirror/refs', '.git/worktrees/x'])
    mkdirSync(join(own.home, folder), { recursive: true });
  for (const file of ['mirror/HEAD', '.git/worktrees/x/HEAD', '.git/worktrees/x/commondir'])
    writeFileSync(join(own.home, file), 'x\n');
  symlinkSync('.git', join(own.home, 'elsewhere'));
  symlinkSync('.git/info/new', join(own.home, 'dangling.svg'));
  symlinkSync('dangling.svg', join(own.home, 'twice.svg'));
  mkdirSync(join(own.home, 'mirror/main'));
  writeFileSync(join(own.home, 'mirror/main/.git'), 'gitdir: ../worktrees/main\n');
});

/** Everything that is there. */
const names = () => readdirSync(own.home, { recursive: true, encoding: 'utf8' }).sort();

const COMMANDS: readonly (readonly [words: string, ending: string])[] = [
  ['export', ''],
  ['portal build', ''],
  [`qr ${SMART}`, '.svg'],
  [`language export ${SMART}`, '.csv'],
  [`package get ${SMART} 1.1.0`, ''],
  [`package get ${SMART} 1.1.0`, '.zip'],
];

async function asked(words: string, out: string) {
  const before = names();
  const { code, err } = await own.say([...words.split(' '), '--out', out]);
  return { code, err, isAsBefore: names().join('\n') === before.join('\n') };
}

const refused = (out: string, why: string) => ({
  code: 2,
  err: expect.stringContaining(`--out ${out}: it is in ${why}`),
  isAsBefore: true,
});
const GITS = 'a folder of Git’s own';

test.each(COMMANDS)('nothing is written among Git’s own files by %s', async (words, ending) => {
  const out = `.git/hooks/x${ending}`;
  expect(await asked(words, out)).toEqual(refused(out, GITS));
});

test('a working tree inside a bare repository is none of Git’s own folders', async () => {
  expect((await asked(`qr ${SMART} --app smart-life`, 'mirror/main/x.svg')).code).toBe(0);
});

test.each([
  ['.GIT/x.svg', GITS],
  ['elsewhere/x.svg', GITS],
  ['dangling.svg', GITS],
  ['twice.svg', GITS],
  ['mirror/objects/x.svg', GITS],
  ['elsewhere/worktrees/x/y.svg', GITS],
  ['config/apps/x.svg', 'the configuration'],
])('nothing is written to %s', async (out, why) => {
  expect(await asked(`qr ${SMART}`, out)).toEqual(refused(out, why));
});

test('a folder that is only called like one of Git’s is as good as any other', async () => {
  const { code } = await own.say(`qr ${SMART} --out .github/x.svg`.split(' '));
  expect([code, existsSync(join(own.home, '.github'))]).toEqual([2, false]);
  mkdirSync(join(own.home, '.github'));
  expect((await own.say(`qr ${SMART} --out .github/x.svg`.split(' '))).code).toBe(0);
});
