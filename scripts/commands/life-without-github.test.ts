/** A whole life without GitHub: Git and the commands alone, in two clones, and an audit that has nothing against any of it. */
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { NATIVE, write } from '../fixtures/projects/write.ts';
import { product, cloneOf } from '../fixtures/product.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';

afterAll(removeRepositories);

const ID = 'tyair00000000';

/** Who Git is told works in a clone: an address that is no account's. */
function worksIn(own: TestRepository, login: string): void {
  own.git('config', 'user.name', login);
  own.git('config', 'user.email', `${login}@example.com`);
  own.git('config', 'github.user', login);
}

async function does(own: TestRepository, line: string, ...more: string[]) {
  const { code, value } = await own.runJson(...line.split(' '), ...more, '--commit');
  expect(value, line).toMatchObject({ ok: true, committed: { branch: 'main', commit: own.git('rev-parse', 'HEAD') } });
  expect(code).toBe(0);
  expect(own.git('status', '--porcelain')).toBe('');
}

async function isGreen(own: TestRepository): Promise<number> {
  const { code, value } = await own.runJson('audit');
  expect(value).toMatchObject({ ok: true, findings: [] });
  expect(code).toBe(0);
  return value.judged;
}

test('init, create, upload, submit, approve elsewhere, publish, whitelist, disable, rollback: the audit is green', async () => {
  const ann = cloneOf(product());
  worksIn(ann, 'ann');
  const begun = await ann.run(
    ...['init', '--name', 'Acme', '--owner', 'ann', '--github-id', '501', '--region', 'EU=Europe'],
    ...['--app', 'acme=Acme', '--commit'],
  );
  expect(begun.code).toBe(0);
  await does(ann, 'person add rex --github-id 502 --name Rex --role reviewer');
  await does(ann, 'person add dev --github-id 503 --name', 'Dev Eloper');

  const place = temporaryFolder('project');
  write(place, NATIVE);
  await does(ann, `create --name Air --type smart --id ${ID} --actor dev`);
  for (const version of ['1.0.0', '1.1.0']) {
    await does(ann, `upload ${ID} ${join(place)} --version ${version} --description First --actor dev`);
    await does(ann, `submit ${ID} ${version} --actor dev`);

    // The reviewer works in a clone of their own, and brings what they decide by Git alone.
    const rex = repository(temporaryFolder('reviewer'), false);
    rex.git('clone', '-q', ann.home, '.');
    worksIn(rex, 'rex');
    expect((await rex.runJson('reviews')).value.reviews).toHaveLength(1);
    await does(rex, `approve ${ID} ${version}`);
    ann.git('pull', '-q', '--ff-only', rex.home, 'main');

    await does(ann, `publish ${ID} ${version} --actor dev`);
  }
  await does(ann, `trafficking add ${ID} --app acme --region EU --actor dev`);
  await does(ann, `whitelist add ${ID} tester@example.com --app acme --actor dev`);
  await does(ann, `disable ${ID} --actor dev`);
  await does(ann, `rollback ${ID} 1.0.0 --actor dev`);
  expect((await ann.runJson('resolve', ID, '--app', 'acme', '--region', 'EU')).value).toMatchObject({
    outcome: 'opens',
    version: '1.0.0',
  });
  expect(await isGreen(ann)).toBe(15);
  const { value: history } = await ann.runJson('history', ID, '--limit', '50');
  const steps = history.entries ?? history.changes ?? history;
  expect(JSON.stringify(steps)).toContain('"actor":"rex"');
}, 120_000);
