/** What a history with merges knows: a merge counts as one change, whatever it brought. */
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
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
