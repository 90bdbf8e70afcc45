/** Ids that every JavaScript object has as a name mean nothing: each command answers for them as for any other. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { removeRepositories, repository } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);

/** The fixture in which a miniapp, an app, a region, a person and a kit have this name. */
function platformOf(name: string) {
  const own = repository();
  const id = name.toLowerCase().padEnd(8, '0');
  const folder = join(own.home, 'config');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8')
      .replaceAll(SMART, id)
      .replaceAll('smart-life', id)
      .replaceAll(/\bEU\b/g, name)
      .replaceAll(/\balice\b/g, name)
      .replaceAll('BaseKit', name);
    writeFileSync(join(folder, file), text);
  }
  renameSync(dirname(own.file(`miniapps/${SMART}/miniapp.yaml`)), own.file(`miniapps/${id}`));
  renameSync(own.file('apps/smart-life.yaml'), own.file(`apps/${id}.yaml`));
  renameSync(own.file('people/alice.yaml'), own.file(`people/${name}.yaml`));
  own.git('add', '-A');
  own.git('commit', '-q', '--amend', '-m', 'bootstrap');
  return { own, id };
}

describe.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])('%s', (name) => {
  test('is an id, a login, a region and a kit like others', async () => {
    const { own, id } = platformOf(name);
    const where = ['--app', id, '--region', name];
    expect((await own.runJson('validate')).value.problems).toEqual([]);
    expect((await own.runJson('resolve', id, ...where)).value).toMatchObject({ outcome: 'opens', version: '1.1.0' });
    expect((await own.runJson('show', id)).code).toBe(0);
    expect((await own.runJson('audit')).value.findings).toEqual([]);
    const edit = ['whitelist', 'add', id, '--app', id, '--account', 'new@example.com', '--actor', name, '--no-pr'];
    expect((await own.run(...edit)).code).toBe(0);
    const { value } = await own.runJson('plan', '--actor', name);
    expect(value).toMatchObject({ ok: true, transitions: [{ kind: 'edit-whitelist', miniapp: id }] });
  });

  test('is nothing where nobody defined it', async () => {
    const own = repository();
    const code = async (...words: string[]) => (await own.runJson('resolve', ...words)).value.code;
    expect(await code(SMART, '--app', 'smart-life', '--region', name)).toBe('unknown-region');
    expect(await code(SMART, '--app', name, '--region', 'EU')).toBe('unknown-app');
    expect(await code(name, '--app', 'smart-life', '--region', 'EU')).toBe('unknown-miniapp');
    expect((await own.run(name)).code).toBe(2);
  });
});
