/** The portal is published after a merge of the bot's, which its trailers tell. */
import { afterAll, expect, test } from 'vitest';
import { removeRepositories, repository } from '../../fixtures/repository.ts';
import { startPublishing } from './start-publishing.ts';

afterAll(removeRepositories);

test.each([
  ['none', 'user.name', 'Somebody'],
  ['another name of the trailer', 'trailer.transition.key', 'Step'],
  ['another sign behind it', 'trailer.separators', '='],
])('a merge of the bot’s is known as such, whatever the setting of the user: %s', async (_, key, value) => {
  const own = repository();
  own.git('config', key, value);
  const started = async () => {
    const run = { options: { path: own.home }, reader: { statuses: async () => [] } };
    return startPublishing(run as never, { tip: own.git('rev-parse', 'HEAD') } as never);
  };
  own.commit({ message: 'By hand', trailers: ['Actor: alice'] });
  expect(await started()).toEqual([]);
  const sha = own.commit({ message: 'Merge', trailers: ['Transition: publish', 'Actor: alice'] });
  expect(await started()).toEqual([{ kind: 'dispatch', workflow: 'portal.yml', sha }]);
});
