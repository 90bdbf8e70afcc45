/** What a history with merges knows: a merge counts as one change, whatever it brought. */
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository } from '../../fixtures/repository.ts';
import { gitProcesses } from '../../fixtures/traced-git.ts';
import { SMART } from '../../fixtures/workspace.ts';
import { pastOf } from './past.ts';

afterAll(removeRepositories);

test('a submission that a merge brought was made when it merged', () => {
  const own = repository();
  own.git('checkout', '-q', '-b', 'submit');
  own.edit(`miniapps/${SMART}/versions/1.3.0.yaml`, 'version: 1.3.0', '# asks\nversion: 1.3.0');
  own.commit({ by: 'alice', message: 'submit' });
  own.git('checkout', '-q', 'main');
  own.commit({ message: 'something else' });
  own.git('merge', '-q', '--no-ff', '-m', 'merge', 'submit');
  const merge = own.git('rev-parse', 'HEAD');
  const merged = Number(own.git('log', '-1', '--format=%ct', merge)) * 1000;
  const past = pastOf(own.home, merge, 'config');
  expect(past.submittedAt(SMART, '1.3.0')).toBe(merged);
  expect(past.versionsEver(SMART)).toContain('1.3.0');
  expect(past.wasEver(SMART)).toBe(true);
  expect(past.wasEver('tynever0000000001')).toBe(false);
  expect(past.submittedAt(SMART, '9.9.9')).toBeUndefined();
});

/** Numbers that were used, then deleted, on main; and a branch from before that takes main as its second parent. */
function foxtrot() {
  const own = repository();
  own.git('checkout', '-q', '-b', 'side');
  own.edit('people/bob.yaml', 'Bob Example', 'Bob E.');
  own.commit({ by: 'olga' });
  own.git('checkout', '-q', 'main');
  const version = (number: string) => `miniapps/${SMART}/versions/${number}.yaml`;
  own.write(version('7.0.0'), readFileSync(own.file(version('1.3.0')), 'utf8').replaceAll('1.3.0', '7.0.0'));
  own.commit({ by: 'alice', message: 'upload' });
  own.remove(version('7.0.0'));
  own.commit({ by: 'alice', message: 'delete' });
  own.git('checkout', '-q', 'side');
  own.git('merge', '-q', '--no-ff', '-m', 'swapped', 'main');
  own.git('branch', '-f', 'main', 'side');
  own.git('checkout', '-q', 'main');
  return { own, version };
}

test('a merge with its parents swapped hides no number that was used, from a plan nor from the audit', async () => {
  const { own, version } = foxtrot();
  expect(pastOf(own.home, own.git('rev-parse', 'HEAD'), 'config').versionsEver(SMART)).toContain('7.0.0');
  own.write(version('6.0.0'), readFileSync(own.file(version('1.3.0')), 'utf8').replaceAll('1.3.0', '6.0.0'));
  const { value } = await own.runJson('plan', '--actor', 'alice');
  expect(value.problems).toMatchObject([{ code: 'version-not-higher' }]);
  own.commit({ by: 'alice', message: 'upload' });
  const { findings } = (await own.runJson('audit')).value;
  expect(findings.at(-1).problems).toMatchObject([{ code: 'version-not-higher' }]);
});

test('a line that ended as the others did still tells what was there', () => {
  const own = repository();
  own.git('checkout', '-q', '-b', 'side');
  own.git('mv', `config/miniapps/${SMART}`, 'config/miniapps/tygone00000000001');
  own.commit();
  own.git('revert', '--no-edit', 'HEAD');
  own.git('checkout', '-q', 'main');
  own.edit('people/bob.yaml', 'Bob Example', 'Bob E.');
  own.commit();
  own.git('merge', '-q', '--no-ff', '-m', 'merge', 'side');
  expect(pastOf(own.home, own.git('rev-parse', 'HEAD'), 'config').wasEver('tygone00000000001')).toBe(true);
});

test('many new miniapps ask Git no more often than a few', async () => {
  const processes = async (count: number) => {
    const own = repository();
    const past = pastOf(own.home, own.git('rev-parse', 'HEAD'), 'config');
    const started = await gitProcesses(() => {
      for (let i = 0; i < count; i += 1) expect(past.wasEver(`tynew${String(i).padStart(8, '0')}`)).toBe(false);
      expect(past.wasEver(SMART)).toBe(true);
      expect(past.versionsEver(SMART)).toContain('1.3.0');
    });
    return started.length;
  };
  expect(await processes(300)).toBe(await processes(5));
});
