/** What a portal hands out and says of packages: the versions that people can get, as its schema has it, and what changed. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, test } from 'vitest';
import { NATIVE, write } from '../fixtures/projects/write.ts';
import { removeRepositories, repository, temporaryFolder } from '../fixtures/repository.ts';
import { NOW, PANEL, SMART } from '../fixtures/workspace.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { readProject } from '../project/read-project.ts';
import { makeArchives, moveArchives } from './portal-archives.ts';
import { packagesShown } from './portal-packages.ts';

afterAll(removeRepositories);

const own = repository();
const versions = { '1.1.0': 'ty.request({ url: "https://api.example.com/x" });\n', '1.2.0': 'ty.getLocation({});\n' };
for (const [version, script] of Object.entries(versions)) {
  const folder = temporaryFolder(version);
  write(folder, { ...NATIVE, 'app.js': script });
  const { sha256, bytes, files } = readProject(folder, { shown: version, id: SMART }).project!.package;
  const file = own.file(`miniapps/${SMART}/versions/${version}.yaml`);
  const text = readFileSync(file, 'utf8');
  const recorded = text.replace(
    /^package:.*\n(?: .*\n)*/m,
    `package: { sha256: ${sha256}, bytes: ${bytes}, files: ${files} }\n`,
  );
  writeFileSync(file, recorded);
  // What the default branch records is fixed, so it is that which says so.
  own.commit();
  await own.run('package', 'push', SMART, version, folder, '--no-push');
}
let err = '';
const io = {
  stdout: () => {},
  stderr: (text: string) => (err += text),
  env: {},
  cwd: own.home,
  isColoured: false,
  now: NOW,
};
const path = own.file('');
const { workspace } = loadWorkingTree(path);
const miniapps = [...workspace.miniapps.values()];

test('a zip of what everybody can get, and of the experience version only where that is asked for', async () => {
  const schema = join(import.meta.dirname, '../../site/public/api/v1/schemas/packages.schema.json');
  const validate = new Ajv2020({ strict: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
  for (const [isExperience, expected] of [
    [false, ['1.1.0']],
    [true, ['1.1.0', '1.2.0']],
  ] as const) {
    const [folder, portal] = [temporaryFolder('zips'), temporaryFolder('portal')];
    const made = await makeArchives({ workspace, path, io, base: '/own/', isExperience, folder });
    moveArchives(made, folder, portal);
    const document = JSON.parse(readFileSync(join(portal, 'api/v1/packages/index.json'), 'utf8'));
    expect([validate(document), validate.errors]).toEqual([true, null]);
    expect(validate({ ...document, surplus: 1 })).toBe(false);
    expect(document.$schema).toBe('../schemas/packages.schema.json');
    expect(document.packages.map((one: any) => one.version)).toEqual(expected);
    for (const { version, url, sha256, bytes } of document.packages) {
      expect(url).toBe(`/own/api/v1/packages/${SMART}/${version}.zip`);
      const zip = readFileSync(join(portal, url.replace('/own/', '')));
      expect([zip.length, createHash('sha256').update(zip).digest('hex')]).toEqual([bytes, sha256]);
    }
  }
  // Of what is not kept it says so, and makes none.
  expect(err).toContain(`no package of ${PANEL}`);
});

test('of what is out of service nothing, nor of what is rolled out beside it', async () => {
  const smart = workspace.miniapps.get(SMART)!;
  const release = {
    ...smart.release,
    online: { version: '1.1.0', enabled: false },
    rollout: { version: '1.2.0', percent: 5 },
  };
  const stopped = { ...workspace, miniapps: new Map([[SMART, { ...smart, release }]]) };
  const making = { workspace: stopped, path, io, base: '/', folder: temporaryFolder('zips') };
  expect(await makeArchives({ ...making, isExperience: false })).toEqual([]);
  const started = { ...release, online: { version: '1.1.0', enabled: true } };
  const again = { ...workspace, miniapps: new Map([[SMART, { ...smart, release: started }]]) };
  const made = await makeArchives({ ...making, workspace: again, isExperience: false });
  expect(made.map(({ version }) => version)).toEqual(['1.1.0', '1.2.0']);
});

test('whether bytes are kept, and what changed from what people have; of a store that was not asked nothing is missing', async () => {
  const here = await packagesShown({ workspace, miniapps, path, io, isAsked: false });
  expect([...here.keys()].sort()).toEqual([`${SMART} 1.1.0`, `${SMART} 1.2.0`]);
  expect(here.get(`${SMART} 1.2.0`)).toMatchObject({
    status: 'here',
    store: 'git',
    ref: `packages/${SMART}/1.2.0`,
    compared: { with: '1.1.0', added: 0, removed: 0, changed: 1, files: [{ path: 'app.js', before: 50, after: 20 }] },
  });
  expect((await packagesShown({ workspace, miniapps: [], path, io, isAsked: true })).size).toBe(0);
  const asked = await packagesShown({ workspace, miniapps, path, io, isAsked: true });
  expect(asked.get(`${SMART} 1.0.0`)).toEqual({ status: 'missing' });
  // Without a remote this clone is the store.
  expect(asked.get(`${SMART} 1.2.0`)).toMatchObject({ status: 'stored', compared: { with: '1.1.0' } });
  // What there is no time for is kept all the same, as the store says.
  const late = await packagesShown({ workspace, miniapps, path, io, isAsked: true, within: -1 });
  expect(late.get(`${SMART} 1.2.0`)).toEqual({ status: 'stored', store: 'git', ref: `packages/${SMART}/1.2.0` });
  expect(err).toMatch(/2 versions not compared/);
});

test('with required bytes, what a version lacks that may take a step: none of what came before, and nothing is known of a store that nobody asked', async () => {
  const required = repository();
  required.edit('platform.yaml', 'languages:', 'packages: { required: true }\nlanguages:');
  await required.run('withdraw', SMART, '1.2.0', '--actor', 'bob', '--no-pr');
  required.commit();
  const folder = temporaryFolder('1.4.0');
  write(folder, { ...NATIVE, 'app.js': 'ty.getLocation({});\n' });
  const words = ['--version', '1.4.0', '--description', 'New', '--actor', 'bob', '--no-pr'];
  await required.run('upload', SMART, folder, ...words);
  required.commit({ by: 'bob' });
  const asked = async (isAsked: boolean, shown = [...loadWorkingTree(required.file('')).workspace.miniapps.values()]) =>
    packagesShown({
      ...{ workspace: loadWorkingTree(required.file('')).workspace, miniapps: shown, path: required.file('') },
      ...{ io: { ...io, cwd: required.home }, isAsked },
    });
  const lackIn = async (isAsked: boolean) => (await asked(isAsked)).get(`${SMART} 1.4.0`)?.lack;
  const shown = async () => (await required.run('show', SMART)).out;

  expect(await lackIn(false)).toBeUndefined();
  expect(await shown()).toContain(`npx miniapp submit ${SMART} 1.4.0`);
  required.git('branch', '-D', `packages/${SMART}/1.4.0`);
  // Without a remote this clone is the store, so that looking here is asking.
  const missing = await asked(false);
  expect(missing.get(`${SMART} 1.4.0`)).toEqual({ status: 'missing', lack: 'missing' });
  expect(missing.get(`${SMART} 1.2.0`)).toEqual({ status: 'missing' });
  // Of miniapps whose pages another part of the build makes, what may take a step.
  expect((await asked(false, [])).get(`${SMART} 1.4.0`)).toEqual({ status: 'missing', lack: 'missing' });
  const page = await shown();
  expect(page).toContain('no bytes of it are kept, without which it is not reviewed or published: bring them first');
  expect(page).toContain(`npx miniapp package push ${SMART} 1.4.0 DIR  (admin, developer)`);
  expect(page).not.toContain(`npx miniapp submit ${SMART} 1.4.0`);
  const { value } = await required.runJson('show', SMART, '1.4.0');
  expect(value.bytesLack).toBe('missing');
  expect(value.transitions.map((one: { kind: string }) => one.kind)).toEqual(['set-experience', 'delete']);
  // The line that is printed is taken.
  await required.run('package', 'push', SMART, '1.4.0', folder, '--no-push');
  expect(await lackIn(false)).toBeUndefined();

  required.git('remote', 'add', 'origin', temporaryFolder('store'));
  expect((await asked(false)).get(`${SMART} 1.4.0`)).toMatchObject({ status: 'here', lack: 'unasked' });
  expect(await shown()).toContain(`npx miniapp package list ${SMART} asks`);
  const file = required.file(`miniapps/${SMART}/versions/1.4.0.yaml`);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^package:.*\n(?: .*\n)*/m, ''));
  expect((await asked(false)).get(`${SMART} 1.4.0`)).toEqual({ lack: 'unrecorded' });
  // Where the end of the history alone is here, nobody knows what came before.
  expect((await asked(false)).get(`${SMART} 1.2.0`)).toBeUndefined();
  writeFileSync(join(required.home, '.git/shallow'), `${required.git('rev-parse', 'HEAD')}\n`);
  expect((await asked(false)).get(`${SMART} 1.2.0`)).toBeUndefined();
  expect(await shown()).not.toContain('asks');
});
