/** Names and contents that Git itself refuses: held against `git fsck --strict`. */
import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository, type TestRepository } from '../fixtures/repository.ts';
import { ownFile, refusedContent, refusedName } from './names.ts';

afterAll(removeRepositories);

/** The id of an object that is written without being looked at. */
function written({ home }: TestRepository, type: string, input: string | Uint8Array): string {
  const args = ['hash-object', '-w', '-t', type, '--literally', '--stdin'];
  return execFileSync('git', args, { cwd: home, input, encoding: 'utf8' }).trim();
}

test('names are refused as `git fsck --strict` refuses them', () => {
  const own = repository();
  const module = (text: string) => ['.gitmodules', `[submodule "a"]\n\tpath = a\n\turl = ${text}\n`] as const;
  const cases: (readonly [string, string])[] = [
    ...[
      '.git',
      '.GIT',
      '.Git ',
      '.git.',
      '.git..',
      '.git:x',
      'git~1',
      'GIT~1',
      '.g\u200Eit',
      '.gi\u2028t',
      '.gitx',
      'git~2',
      'a.git',
      '.git-x',
    ].map((name) => [name, 'x'] as const),
    ['.gitattributes', `* ${'x'.repeat(2047)}\n`],
    ['.gitattributes', `* ${'x'.repeat(2045)}\n`],
    ['.gitattributes', '* text\n'],
    module('https://example.com/x.git'),
    module('-x'),
    module('"-x"'),
    module('../../:x'),
    module('https://example.com/a%0ab'),
    ['.gitmodules', '[submodule "../x"]\n\tpath = a\n\turl = https://example.com/x\n'],
    ['.gitmodules', '[submodule "a"]\n\tpath = -a\n\turl = https://example.com/x\n'],
    ['.gitmodules', '[submodule "a"]\n\tpath = a\n\turl = https://example.com/x\n\tupdate = !id\n'],
    ['.gitmodules ', '[submodule "../x"]\n\tpath = a\n'],
    ['gitmod~1', '[submodule "../x"]\n\tpath = a\n'],
    ...['GI7EBA~1', 'gi7eb~10', 'g~100000', 'gi7eba~12', '~1000000', 'gi7eb~1', 'gx~10000'].map(
      (name) => [name, '[submodule "../x"]\n\tpath = a\n'] as const,
    ),
  ];
  const made = cases.map(([name, content]) => {
    const blob = written(own, 'blob', `${content}# ${name}\n`);
    const tree = written(own, 'tree', Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(blob, 'hex')]));
    return { name, content, ids: [blob, tree] };
  });
  const said = spawnSync('git', ['fsck', '--strict', '--no-dangling'], { cwd: own.home, encoding: 'utf8' }).stderr;
  for (const { name, content, ids } of made) {
    const file = ownFile(name);
    const why = refusedName(name) ?? (file && refusedContent(file, content));
    const isRefused = ids.some((id) => said.includes(id));
    expect([name, content.slice(0, 60), why !== undefined]).toEqual([name, content.slice(0, 60), isRefused]);
  }
});

test('what `git fsck --strict` refuses of modules in any form is refused, and a plain file of them is taken', () => {
  const own = repository();
  const plain = '[submodule "lib/a"]\n\tpath = lib/a\n\turl = https://example.com/x.git\n\tbranch = main\n';
  const contents = [
    '[submodule ""]\n\tpath = a\n',
    '[submodule "a"] path = -x\n',
    '[submodule "a"] url = -x\n',
    '[submodule "a"] update = !x\n',
    '[submodule "a"]\n\turl = https://\n',
    '[submodule "a"]\n\turl = http:///x\n',
    '[submodule "a\\"/../b"]\n\tpath = a\n',
    '[submodule "a"]\n\tpath = \\\n-x\n',
    '[submodule "a"]\n\tpath = "" -x\n',
    plain,
    plain.replace('https://example.com/', 'git@example.com:'),
    plain.replace('https://example.com/', '../../'),
  ];
  const made = contents.map((content) => {
    const blob = written(own, 'blob', content);
    written(own, 'tree', Buffer.concat([Buffer.from('100644 .gitmodules\0'), Buffer.from(blob, 'hex')]));
    return { content, blob };
  });
  const said = spawnSync('git', ['fsck', '--strict', '--no-dangling'], { cwd: own.home, encoding: 'utf8' }).stderr;
  const found = made.map(({ content, blob }) => ({ content, isRefused: said.includes(blob) }));
  expect(found.filter(({ isRefused }) => isRefused).length).toBeGreaterThanOrEqual(8);
  for (const { content, isRefused } of found) {
    const why = refusedContent('.gitmodules', content);
    expect([content, why !== undefined]).toEqual([content, isRefused || !content.startsWith('[submodule "lib/a"]')]);
  }
  for (const folder of ['.gitmodules', 'a/.GitAttributes ', 'gitmod~1'])
    expect([folder, refusedName(`${folder}/x`)]).toEqual([folder, expect.stringContaining('is a folder')]);
});
