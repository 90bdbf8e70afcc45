/** The commands of packages, as a conversation. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { NATIVE, write } from '../../fixtures/projects/write.ts';
import { removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { FIXTURE, SMART } from '../../fixtures/workspace.ts';
import { readProject } from '../../project/read-project.ts';

afterAll(removeRepositories);

const own = repository();
const one = temporaryFolder('one');
write(one, { ...NATIVE, 'app.js': 'ty.request({ url: "https://api.example.com/x" });\n' });
const two = temporaryFolder('two');
write(two, { ...NATIVE, 'app.js': 'ty.getLocation({});\n', 'more.txt': 'more\n', 'image.png': new Uint8Array([0, 1]) });
const upload = (folder: string, version: string, ...more: string[]) =>
  own.run(
    ...['upload', SMART, folder, '--version', version, '--description', 'New', '--actor', 'bob', '--no-pr', ...more],
  );
await upload(one, '1.4.0');
await upload(two, '1.5.0', '--no-store');
const out = temporaryFolder('out');
const statuses = async (...words: string[]) => {
  const { code, value } = await own.runJson('package', ...words);
  const rows = value.packages.map((row: any) => [row.miniapp, row.version, row.status]);
  return { code, ok: value.ok, rows: rows.filter(([id]: string[]) => id === SMART).slice(0, 3) };
};

test('kept, missing; required, missing is no; brought in; compared; brought back; exchanged', async () => {
  expect(await statuses('list')).toEqual({
    code: 0,
    ok: true,
    rows: [
      [SMART, '1.5.0', 'missing'],
      [SMART, '1.4.0', 'stored'],
      [SMART, '1.3.0', 'missing'],
    ],
  });
  own.edit('platform.yaml', 'languages:', 'packages: { required: true }\nlanguages:');
  expect(await statuses('verify', SMART)).toMatchObject({ code: 1, ok: false });
  expect(await statuses('verify', SMART, '1.4.0')).toMatchObject({ code: 0, ok: true });

  const wrong = await own.runJson('package', 'push', SMART, '1.5.0', one);
  expect([wrong.code, wrong.value]).toMatchObject([
    1,
    { code: 'package-differs', error: expect.stringContaining('these are not the bytes of 1.5.0') },
  ]);
  const kept = await own.runJson('package', 'push', SMART, '1.5.0');
  expect([kept.code, kept.value.code]).toEqual([1, 'package-missing']);
  const pair = await own.runJson('package', 'diff', SMART, '1.4.0', '1.5.0');
  expect([pair.code, pair.value.code]).toEqual([1, 'package-missing']);
  const none = await own.runJson('package', 'get', SMART, '1.5.0', '--out', join(out, 'five'));
  expect([none.code, none.value.code, existsSync(join(out, 'five'))]).toEqual([1, 'package-missing', false]);
  const pushed = await own.runJson('package', 'push', SMART, '1.5.0', two);
  expect([pushed.code, pushed.value.stored]).toEqual([0, { store: 'git', ref: `packages/${SMART}/1.5.0` }]);

  const { code, value } = await own.runJson('package', 'diff', SMART, '1.4.0', '1.5.0', '--patch');
  expect([code, value]).toMatchObject([
    0,
    {
      ok: true,
      files: {
        added: [
          { path: 'image.png', bytes: 2 },
          { path: 'more.txt', bytes: 5 },
        ],
        removed: [],
        changed: [{ path: 'app.js', before: 50, after: 20 }],
      },
      pages: { added: [], removed: [] },
      origins: { added: [], removed: ['https://api.example.com'] },
      kits: { added: [], removed: [], changed: [] },
      permissions: { added: ['ty.getLocation'], removed: ['ty.request'] },
    },
  ]);
  const shown = await own.runJson('show', SMART, '1.5.0');
  expect(shown.value.bytes).toMatchObject({ comparedWith: '1.4.0', files: value.files, unkept: ['1.1.0'] });
  expect((await own.run('show', SMART, '1.5.0')).out).toContain('~ app.js (50 → 20 bytes)');
  expect(value.patch).toContain('+ty.getLocation({});\n');
  expect(value.patch).toContain('Binary files /dev/null and b/image.png differ\n');

  const folder = join(out, 'five');
  expect((await own.run('package', 'get', SMART, '1.5.0', '--out', folder)).code).toBe(0);
  const { project } = readProject(two, { shown: 'two', id: SMART });
  expect(readProject(folder, { shown: 'five', id: SMART }).project?.package).toEqual(project?.package);
  expect((await own.run('package', 'get', SMART, '1.5.0', '--out', folder)).code).toBe(2);
  for (const name of ['a.zip', 'b.zip']) await own.run('package', 'get', SMART, '1.5.0', '--out', join(out, name));
  expect(readFileSync(join(out, 'a.zip'))).toEqual(readFileSync(join(out, 'b.zip')));

  // Somebody puts other bytes under the name.
  own.git('update-ref', `refs/heads/packages/${SMART}/1.5.0`, `packages/${SMART}/1.4.0`);
  const exchanged = await own.runJson('package', 'verify', SMART, '1.5.0');
  expect([exchanged.code, exchanged.value]).toMatchObject([1, { ok: false, packages: [{ status: 'differs' }] }]);
  const other = await own.runJson('package', 'get', SMART, '1.5.0', '--out', join(out, 'six'));
  expect([other.code, other.value.code]).toEqual([1, 'package-differs']);
  expect(existsSync(join(out, 'six'))).toBe(false);
  writeFileSync(join(out, 'taken'), '');
  expect((await own.run('package', 'get', SMART, '1.4.0', '--out', join(out, 'taken'))).code).toBe(2);
});

test('what the default branch records is fixed: a stale branch with other bytes brings nothing under the number', async () => {
  const stale = repository();
  const brought = (folder: string) => stale.runJson('package', 'push', SMART, '1.4.0', folder, '--no-push');
  await stale.run(
    ...['upload', SMART, one, '--version', '1.4.0', '--description', 'New', '--actor', 'bob', '--no-pr', '--no-store'],
  );
  stale.commit({ by: 'bob' });
  const file = `miniapps/${SMART}/versions/1.4.0.yaml`;
  const [first, second] = [one, two].map((folder) => readProject(folder, { shown: 'x', id: SMART }).project!.package);
  for (const field of ['sha256', 'bytes', 'files'] as const)
    stale.edit(file, `${field}: ${first![field]}`, `${field}: ${second![field]}`);
  const { code, value } = await brought(two);
  expect([code, value.code]).toEqual([1, 'package-fixed']);
  expect(value.error).toContain('the default branch records other bytes for 1.4.0');
  expect(stale.git('for-each-ref', 'refs/heads/packages')).toBe('');
  stale.git('checkout', '-q', '--', '.');
  expect((await brought(one)).value.stored).toEqual({ store: 'git', ref: `packages/${SMART}/1.4.0` });
});

test('outside Git it says which folder is in no repository, and where packages are', async () => {
  const none = repository(temporaryFolder('none'), false);
  cpSync(FIXTURE, join(none.home, 'config'), { recursive: true });
  const { code, err } = await none.run('package', 'list');
  expect([code, err]).toEqual([2, expect.stringMatching(/config is in no Git repository.*clone.*--config DIR/)]);
});

test('where the store cannot be read, that is a fault outside and no answer: also in JSON', async () => {
  const away = repository();
  away.edit('platform.yaml', 'languages:', 'packages: { git: { remote: /nowhere.git } }\nlanguages:');
  away.commit();
  const refused = await away.runJson('package', 'get', SMART, '1.3.0', '--out', join(out, 'away'));
  expect([refused.code, refused.value.code]).toEqual([2, 'package-unasked']);
  const told = await away.runJson('package', 'verify', SMART, '1.3.0');
  expect([told.code, told.value.packages]).toMatchObject([2, [{ status: 'missing', unread: true }]]);
});
