/** Whose merge a commit is, under each version of GitHub's API: the next one no longer says it of a pull request. */
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { registry, type Registry } from '../../fixtures/bot-harness.ts';
import { removeRepositories } from '../../fixtures/repository.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';
import { connect } from '../../github/client.ts';
import { contradictions } from './verify-claims.ts';

vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
afterEach(() => own.stop());
afterAll(removeRepositories);

const words = (miniapp: string) => ({ [`miniapps/${miniapp}/languages.yaml`]: 'strings: { en: { hello: Hello } }\n' });

/** What GitHub contradicts of the newest commit, which claims the pull request. */
async function asked(commit: string, pullRequest: number, apiVersion: string): Promise<string[]> {
  const { bare } = own.forge.repository;
  const client = connect({ token: own.forge.token('olga'), apiUrl: own.forge.apiUrl, apiVersion });
  const parentsOf = (of: string) => bare.run(['log', '-1', '--format=%P', of]).split(' ');
  const claims = { pullRequest, approvedBy: [], changesRequestedBy: [] };
  const claimContext = {
    client,
    repository: own.repo,
    branch: 'main',
    parentsOf,
    pastOf: () => [],
    isAutomatic: () => false,
  };
  const before = { platform: {}, people: new Map() };
  return contradictions(claimContext, { commit, claims, before } as unknown as Parameters<typeof contradictions>[1]);
}

describe.each(['2022-11-28', '2026-03-10'])('version %s', (version) => {
  test('a merge is its own, a push past every rule is nobody’s', async () => {
    own = await registry();
    const number = await own.open('alice', { branch: 'words', files: words(PANEL) });
    await own.run({ hint: { numbers: [number], heads: [] } });
    const merged = own.forge.repository.bare.run(['log', '--first-parent', '--format=%H', '-1', 'main']);
    expect(await asked(merged, number, version)).toEqual([]);
    expect(await asked(merged, number + 1, version)).toEqual([expect.stringContaining(`the merge of #${number}`)]);
    const pushed = await own.direct('bob', words(SMART));
    expect(await asked(pushed, number, version)).toEqual([expect.stringContaining('no merged pull request')]);
  });

  test('of two with one head that a push landed each was merged as the same', async () => {
    own = await registry();
    const first = await own.open('alice', { branch: 'words', files: words(PANEL) });
    const { sha } = (await own.pull(first)).head;
    await own.as('alice').git.createRef({ ...own.repo, ref: 'refs/heads/again', sha });
    await own.as('alice').pulls.create({ ...own.repo, title: 'again', head: 'again', base: 'main' });
    own.forge.repository.bare.setRef('refs/heads/main', sha);
    own.forge.followBranches('olga');
    expect(await asked(sha, first, version)).toEqual([]);
  });
});

test('every request names its version', async () => {
  own = await registry();
  const seen = new Set<unknown>();
  const { client, ...options } = own.options();
  client.hook.after('request', (_, { headers }) => void seen.add(headers['x-github-api-version']));
  await own.run({ ...options, client });
  expect([...seen]).toEqual(['2022-11-28']);
});
