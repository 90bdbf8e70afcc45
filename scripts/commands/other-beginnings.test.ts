/** Two histories that meet: whether they are of one platform that was begun anew, or of two. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { EXAMPLE_MINIAPPS } from '../core/example.ts';
import { audited, begin, example, own } from '../fixtures/beginnings.ts';
import { removeRepositories } from '../fixtures/repository.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';

afterAll(removeRepositories);
beforeEach(() => example());

/** A miniapp of the example, as this repository holds it. */
const [KEPT = ''] = EXAMPLE_MINIAPPS;

describe('a merge of another history', () => {
  test.each([
    ['with people of its own', 'ada', ['tysister0000000001'], false],
    ['with people of this one', 'olga', ['tysister0000000001'], false],
    ['which kept the example, as this one did', 'ada', ['tysister0000000001', KEPT], false],
    ['which has a miniapp of this one', 'ada', ['tyours00000000001'], true],
  ])('the history of another platform, %s', async (_, login, ids, isSame) => {
    const hold = (id: string, who: string) => {
      mkdirSync(own.file(`miniapps/${id}`), { recursive: true });
      own.write(`miniapps/${id}/members.yaml`, `members:\n  - { login: ${who}, role: admin }\n`);
    };
    begin();
    for (const id of ['tyours00000000001', KEPT]) hold(id, 'olga');
    own.commit();
    own.git('switch', '-q', '--orphan', 'sister');
    mkdirSync(own.file('people'), { recursive: true });
    for (const id of ids) hold(id, login);
    own.write(`people/${login}.yaml`, `login: ${login}\ngithubId: 900\nname: Sister\nplatformRoles: [owner]\n`);
    own.write(
      'platform.yaml',
      `${own.git('show', 'main:config/platform.yaml')}\n`.replace(/^beginning: .*$/m, 'beginning: sister-platform'),
    );
    writeFileSync(join(own.home, 'fix.ts'), '// A fix of the tool.\n');
    own.commit({ by: 'ada' });
    own.git('switch', '-q', 'main');
    own.git('merge', '-q', '--no-commit', '--allow-unrelated-histories', '-s', 'ours', 'sister');
    own.git('checkout', 'sister', '--', 'fix.ts');
    own.commit({ message: 'Take the fix' });
    expect((await audited()).codes.includes('beginning-apart')).toBe(isSame);
  });

  interface Owner {
    readonly login: string;
    readonly githubId: number;
  }

  /** A platform without miniapps of its own, and with one person, begun on the tool's commit that is checked out. */
  function beginBeside({ login, githubId }: Owner, beginning: string, keepsExample: boolean): void {
    if (!keepsExample) own.remove('miniapps');
    own.write('platform.yaml', `${own.git('show', 'HEAD:config/platform.yaml')}\nbeginning: ${beginning}\n`);
    own.remove('people/mei_example.yaml');
    own.write(`people/${login}.yaml`, `login: ${login}\ngithubId: ${githubId}\nname: Own\nplatformRoles: [owner]\n`);
    own.commit({ message: 'Begin' });
  }

  /** The tool, whose example has one miniapp of its list, on the branch `tool`. */
  function tool(): void {
    own.git('switch', '-q', '--orphan', 'tool');
    own.git('checkout', '-q', 'main', '--', '.');
    own.git('mv', `config/miniapps/${SMART}`, `config/miniapps/${KEPT}`);
    own.remove(`miniapps/${PANEL}`);
    own.commit({ message: 'The tool' });
  }

  const ADA = { login: 'ada', githubId: 900 };

  test.each<[string, Owner, boolean]>([
    ['of the same owner is found', ADA, true],
    ['of the same owner under a former login is found', { login: 'ada-was', githubId: 900 }, true],
    ['of another owner is another platform', { login: 'olga', githubId: 901 }, false],
  ])('a platform without miniapps of its own %s, with the example’s and without', async (_, owner, isFound) => {
    for (const keepsExample of [true, false]) {
      example();
      tool();
      own.git('switch', '-q', '-c', 'was');
      beginBeside(owner, 'what-was', keepsExample);
      own.edit('platform.yaml', /^name: .*$/m.exec(own.git('show', 'HEAD:config/platform.yaml'))![0], 'name: Unseen');
      own.commit({ by: 'mallory' });
      own.git('switch', '-q', 'tool');
      own.git('switch', '-q', '-c', 'anew');
      beginBeside(ADA, 'another-beginning', keepsExample);
      own.git('merge', '-q', '-s', 'ours', '-m', 'Merge', 'was');
      expect((await audited()).codes).toEqual(isFound ? ['beginning-apart'] : []);
    }
  });
});
