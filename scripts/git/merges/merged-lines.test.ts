/** What merges brought by their other lines. */
import { afterAll, expect, test } from 'vitest';
import { addressOf, removeRepositories, repository, temporaryFolder } from '../../fixtures/repository.ts';
import { mergedLines } from './merged-lines.ts';

afterAll(removeRepositories);

const commitOf = (own: ReturnType<typeof repository>, id: string) => ({
  id,
  parents: own.git('log', '-1', '--format=%P', id).split(' ').filter(Boolean),
});

/** Subjects in the place of ids. */
function told(own: ReturnType<typeof repository>, first: string) {
  const subject = (id: string) => own.git('log', '-1', '--format=%s', id);
  return Object.fromEntries(
    [...mergedLines(own.home, commitOf(own, first), own.git('rev-parse', 'HEAD'))].map(([id, { commits, apart }]) => [
      subject(id),
      { authors: commits.map(({ author }) => author).toSorted(), apart: apart.map(subject) },
    ]),
  );
}

test('each merge has the commits that nothing before it had; what came before the first is none', () => {
  const own = repository(temporaryFolder('lines'), false);
  own.git('init', '-q', '-b', 'main');
  own.commit({ message: 'tool' });
  own.git('branch', 'tool');
  const first = own.commit({ message: 'first' });
  own.git('switch', '-q', '-c', 'one');
  own.commit({ by: 'alice' });
  own.commit({ by: 'bob', trailers: [`Co-authored-by: Rita <${addressOf('rita')}>`] });
  own.git('switch', '-q', '-c', 'two', first);
  own.commit({ by: 'rita' });
  own.git('merge', '-q', '--no-ff', '-m', 'merge of a branch', 'one');
  own.commit({ by: 'olga' });
  own.git('switch', '-q', 'main');
  own.git('merge', '-q', '--no-ff', '-m', 'merge one', 'one');
  own.git('merge', '-q', '--no-ff', '-m', 'merge two', 'two');
  own.git('switch', '-q', 'tool');
  own.commit({ by: 'mallory', message: 'newer tool' });
  own.git('switch', '-q', 'main');
  own.git('merge', '-q', '--no-ff', '-m', 'merge tool', 'tool');
  expect(told(own, first)).toEqual({
    'merge one': { authors: [addressOf('alice'), addressOf('bob')].toSorted(), apart: [] },
    'merge two': { authors: [addressOf('olga'), addressOf('rita')].toSorted(), apart: [] },
    'merge tool': { authors: [addressOf('mallory')], apart: ['newer tool'] },
  });
  const { commits } = mergedLines(own.home, commitOf(own, first), own.git('rev-parse', 'HEAD')).values().next().value!;
  expect(commits.flatMap(({ coAuthors }) => coAuthors)).toEqual([`Rita <${addressOf('rita')}>`]);
});

test('what the first one brought itself is known, and follows it', () => {
  const own = repository(temporaryFolder('first'), false);
  own.git('init', '-q', '-b', 'main');
  own.commit({ message: 'before' });
  own.git('switch', '-q', '-c', 'one');
  own.commit({ by: 'alice' });
  own.git('switch', '-q', 'main');
  own.git('merge', '-q', '--no-ff', '-m', 'first', 'one');
  const first = own.git('rev-parse', 'HEAD');
  own.git('switch', '-q', '-c', 'two', 'one');
  own.commit({ by: 'bob' });
  own.git('switch', '-q', 'main');
  own.git('merge', '-q', '--no-ff', '-m', 'second', 'two');
  expect(told(own, first)).toEqual({
    first: { authors: [addressOf('alice')], apart: [] },
    second: { authors: [addressOf('bob')], apart: expect.any(Array) },
  });
});
