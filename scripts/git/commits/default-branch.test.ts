/** Names of branches beside tags that are called like them. */
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository } from '../../fixtures/repository.ts';
import { checkedOut } from '../process/location.ts';
import { localDefault } from './default-branch.ts';

afterAll(removeRepositories);

test('a branch is called by its name, also where a tag is called so; a commit that is checked out is none', () => {
  const own = repository();
  const tip = own.git('rev-parse', 'HEAD');
  own.git('tag', 'main', own.git('commit-tree', 'HEAD^{tree}', '-m', 'Other'));
  expect(checkedOut(own.home)).toEqual({ branch: 'main', commit: tip });
  expect(localDefault(own.home)).toEqual({ ref: 'refs/heads/main', commit: tip });
  own.git('checkout', '-q', '--detach');
  expect(checkedOut(own.home)).toEqual({ commit: tip });
});

test.each(['refs/tags/HEAD', 'refs/heads/HEAD', 'refs/remotes/HEAD/HEAD'])(
  'what is checked out is told, by a first question and by a later one, beside a ref %s',
  (ref) => {
    const own = repository();
    const tip = own.git('rev-parse', 'HEAD');
    own.git('update-ref', ref, own.git('commit-tree', 'HEAD^{tree}', '-m', 'Other'));
    expect(checkedOut(own.home)).toEqual({ branch: 'main', commit: tip });
    expect(checkedOut(own.home)).toEqual({ branch: 'main', commit: tip });
    own.git('checkout', '-q', '--detach');
    expect(checkedOut(own.home)).toEqual({ commit: tip });
  },
);
