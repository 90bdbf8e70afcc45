/** Code waits for ci.yml in `miniapp/check` itself; what changes the configuration alone waits for no run that somebody has to approve. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { registry, type Registry } from '../../fixtures/bot-harness.ts';
import { gitDate } from '../../fixtures/forge/people.ts';
import { commitFiles } from '../../fixtures/forge/repositories.ts';
import { SMART } from '../../fixtures/workspace.ts';

const CI = '.github/workflows/ci.yml';
const MAIN = JSON.parse(readFileSync(join(import.meta.dirname, '../../../.github/rulesets/main.json'), 'utf8'));
let own: Registry;

beforeEach(async () => {
  own = await registry();
  const by = { name: 'olga', email: 'olga@example.com', date: gitDate(own.forge.clock.now()) };
  const parent = own.main();
  const files = { [CI]: 'name: ci\non: pull_request\njobs: {}\n' };
  commitFiles(own.forge.repository.bare, { branch: 'main', files, by, message: 'ci', parent });
  own.forge.followBranches('olga');
});
afterEach(() => own.stop());

const code = (fork?: string) =>
  own.open('alice', { branch: 'code', files: {}, otherFiles: { 'README.md': 'new\n' }, ...(fork ? { fork } : {}) });

async function checked(number: number, conclusion?: string | null) {
  if (conclusion !== undefined) {
    const { data: pull } = await own.as('olga').pulls.get({ ...own.repo, pull_number: number });
    const made = { path: CI, display_title: 'A change', actor: 'alice', event: 'pull_request' };
    const status = conclusion === null ? 'in_progress' : 'completed';
    own.forge.run({ ...made, head_sha: pull.head.sha, status, conclusion: conclusion as never });
  }
  await own.run();
  const shown = await own.shown(number);
  return { ...shown, check: shown.check?.split(':')[0] };
}

describe('a pull request of code', () => {
  test('waits for the run, is green once it is, and red when it is not; nothing else is told', async () => {
    const number = await code();
    const quiet = { state: 'open', labels: [], comments: [] };
    expect(await checked(number)).toEqual({ ...quiet, check: 'pending' });
    expect(await checked(number, 'action_required')).toEqual({ ...quiet, check: 'pending' });
    expect(await checked(number, null)).toEqual({ ...quiet, check: 'pending' });
    expect(await checked(number, 'cancelled')).toEqual({ ...quiet, check: 'failure' });
    expect(await checked(number, 'failure')).toEqual({ ...quiet, check: 'failure' });
    expect(await checked(number, 'success')).toEqual({ ...quiet, check: 'success' });
  });

  test('waits for nothing where ci.yml is switched off', async () => {
    own.forge.repository.disabled.add(CI);
    const number = await code();
    expect(await checked(number)).toMatchObject({ check: 'success' });
  });
});

test("a stranger's change of config/ alone is merged under the recommended ruleset, while every run of theirs is held", async () => {
  own.forge.ruleset({
    ...MAIN,
    rules: MAIN.rules.map((rule: any) =>
      rule.type === 'pull_request'
        ? { ...rule, parameters: { ...rule.parameters, require_code_owner_review: false } }
        : rule,
    ),
  });
  const files = own.edited(`miniapps/${SMART}/whitelist.yaml`, 'whitelist:', '# A note.\nwhitelist:');
  const number = await own.open('alice', { branch: 'settings', files, fork: 'alice' });
  expect(await checked(number, 'action_required')).toMatchObject({ state: 'merged', check: 'success' });
});
