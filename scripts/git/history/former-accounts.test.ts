/** Who was ever on a list is known, however it was written there, whatever became of the file, and whatever Git is told here. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeRepositories, repository, type TestRepository } from '../../fixtures/repository.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';
import { gitProcesses } from '../../fixtures/traced-git.ts';
import { firstParents } from '../commits/fetch.ts';
import { locationOf } from '../process/location.ts';
import { formerAccounts } from './former-accounts.ts';

let own: TestRepository;
beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

const whitelist = `miniapps/${SMART}/whitelist.yaml`;
const found = (since: readonly string[] = []) => formerAccounts(join(own.home, 'config'), 'HEAD', since);

test('as rows in every form that YAML has, of files, of whole miniapps, in scenarios and in comments', () => {
  own.write(
    whitelist,
    `whitelist:
  - { app: smart-life, account: flow-1@example.com, note: "call +4917000001" }
  - {"app": "smart-life", "account": "json-2@example.com"}
  - app: smart-life
    account: 'single-three'   # or was it four@example.com
  - account: "\\x66ive-\\u0035"
    app: smart-life
  - app: smart-life
    account:
      on-its-own-line-6
  - app: smart-life
    account: >-
      folded-7
# - { app: smart-life, account: commented-8 }
`,
  );
  own.write(
    `miniapps/${SMART}/scenarios.yaml`,
    'scenarios:\n  - { name: x, app: smart-life, region: EU, account: "+4917000009", expect: { opens: 1.1.0 } }\n',
  );
  own.write(
    `miniapps/${PANEL}/whitelist.yaml`,
    'whitelist:\n  - { app: smart-life, account: gone-with-its-miniapp }\n',
  );
  own.commit();
  own.write(whitelist, 'whitelist: []\n');
  own.remove(`miniapps/${SMART}/scenarios.yaml`);
  own.remove(`miniapps/${PANEL}`);
  own.commit();
  expect([...found()]).toEqual(
    expect.arrayContaining([
      ...['flow-1@example.com', '+4917000001', 'json-2@example.com', 'single-three', 'four@example.com', 'five-5'],
      ...['on-its-own-line-6', 'folded-7', 'commented-8', '+4917000009', 'gone-with-its-miniapp'],
    ]),
  );
});

test('also what came and went on a branch that was merged, and what a merge alone brought', () => {
  own.git('checkout', '-q', '-b', 'side');
  own.edit(whitelist, 'whitelist:', 'whitelist:\n  - { app: smart-life, account: came-and-went-1 }');
  own.commit();
  own.edit(whitelist, '\n  - { app: smart-life, account: came-and-went-1 }', '');
  own.commit();
  own.git('checkout', '-q', 'main');
  own.commit();
  own.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  own.edit(whitelist, 'whitelist:', 'whitelist:\n  - { app: smart-life, account: by-the-merge-2 }');
  own.commit();
  own.edit(whitelist, '\n  - { app: smart-life, account: by-the-merge-2 }', '');
  own.commit();
  expect([...found()]).toEqual(expect.arrayContaining(['came-and-went-1', 'by-the-merge-2']));
});

test('attributes and configuration hide nothing; what is known already is not looked at again', () => {
  own.edit(whitelist, 'whitelist:', 'whitelist:\n  - { app: smart-life, account: hidden-1 }');
  const there = own.commit();
  own.edit(whitelist, '\n  - { app: smart-life, account: hidden-1 }', '');
  writeFileSync(join(own.home, '.gitattributes'), '*.yaml -diff binary diff=none\n');
  own.commit();
  mkdirSync(join(own.home, '.git/info'), { recursive: true });
  writeFileSync(join(own.home, '.git/info/attributes'), '*.yaml -diff diff=none\n');
  for (const [key, value] of [
    ...[
      ['diff.external', 'false'],
      ['diff.none.textconv', 'false'],
      ['diff.none.command', 'false'],
    ],
    ...[
      ['color.ui', 'always'],
      ['log.showRoot', 'false'],
      ['diff.noprefix', 'true'],
      ['diff.relative', 'true'],
    ],
    ...[
      ['log.showSignature', 'true'],
      ['diff.context', '0'],
      ['log.diffMerges', 'off'],
      ['format.pretty', 'oneline'],
    ],
  ] as const)
    own.git('config', key!, value!);
  expect(found().has('hidden-1')).toBe(true);
  own.commit();
  expect([...found([own.git('rev-parse', 'HEAD~1')])]).toEqual([]);
  expect(found([there]).has('hidden-1')).toBe(true);
});

test('of one commit are asked for once, as are its first parents; of a shallow history, each time', async () => {
  const config = join(own.home, 'config');
  const tip = own.git('rev-parse', 'HEAD');
  locationOf(config);
  const ask = () => [formerAccounts(config, tip), firstParents(config, tip)];
  const started = await gitProcesses(() => expect(ask()).toEqual(ask()));
  expect(started).toHaveLength(2);
  writeFileSync(locationOf(config).shallow, `${tip}\n`);
  expect(await gitProcesses(() => expect(ask()).toEqual(ask()))).toHaveLength(4);
});
