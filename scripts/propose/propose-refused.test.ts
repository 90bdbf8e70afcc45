/** Commands whose pull request is refused by GitHub, by Git or for want of a token, and forks: on real Git over HTTP, against the forge. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Forge } from '../fixtures/forge/index.ts';
import { gitHook } from '../fixtures/git-hooks.ts';
import { bare, cloneOf, forge, open, useForge, V120 } from '../fixtures/proposals.ts';
import { temporaryFolder } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';

useForge();

describe('who may not, or cannot', () => {
  const words = ['withdraw', SMART, '1.2.0'] as const;

  test('a token that is wrong: the edit stands, and whose fault it is', async () => {
    const bob = await cloneOf('bob');
    bob.env['GITHUB_TOKEN'] = 'ghp_wrong';
    const { code, err } = await bob.say(...words, '--actor', 'bob');
    expect(code).toBe(2);
    expect(err).toContain('GitHub does not accept the token: it is wrong, expired or revoked');
    expect(err).toContain('nothing is committed yet');
    expect(bob.git('status', '--porcelain')).toBe(`M ${V120}`);
    expect((await bob.say('disable', SMART)).err).toContain('--actor LOGIN says who acts');
  });

  test('without a token nothing is changed for anybody, which is no success; without GitHub the edit is all there is', async () => {
    const bob = await cloneOf('bob');
    bob.env['GITHUB_TOKEN'] = undefined;
    const { code, err } = await bob.say(...words, '--actor', 'bob');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /nothing is changed for anybody yet: .*there is no token for 127\.0\.0\.1 \(GITHUB_TOKEN, /,
      ),
    ]);
    // The same again: the files have it already, and others still do not.
    const again = await bob.ask(...words, '--actor', 'bob');
    expect(again).toMatchObject({
      code: 2,
      value: { ok: false },
      err: expect.stringMatching(/nothing is changed for/),
    });
    bob.git('stash', 'push', '-q');
    bob.git('switch', '-q', '-C', 'elsewhere', 'origin/main');
    expect(await bob.ask('enable', SMART, '--actor', 'olga')).toMatchObject({ code: 0, value: { ok: true } });
    bob.git('switch', '-q', 'main');
    bob.git('stash', 'pop', '-q');
    bob.env['GITHUB_TOKEN'] = forge.token('bob');
    // The forge is not github.com, so nobody is asked, whatever the environment holds; nor with --no-pr for a named actor.
    const asked = vi.spyOn(globalThis, 'fetch');
    bob.env['GITHUB_API_URL'] = 'https://api.github.com';
    expect(await bob.say('disable', SMART, '--actor', 'alice')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/no remote of this repository is on github\.com/),
    });
    bob.env['GITHUB_API_URL'] = forge.apiUrl;
    for (const manner of ['--no-pr', '--dry-run']) {
      expect((await bob.say('enable', SMART, '--actor', 'alice', manner)).code).toBe(0);
    }
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test('a clone that is shallow: enough where the past is not asked, else how to deepen it', async () => {
    const bob = await cloneOf('bob');
    writeFileSync(join(bob.home, '.git/shallow'), `${bob.git('rev-parse', 'HEAD')}\n`);
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { number: 1 } } });
    const { code, value } = await bob.ask('create', '--name', 'Lamp', '--type', 'smart');
    expect([code, value.error]).toEqual([2, expect.stringContaining('git fetch --unshallow')]);
  });

  test('a rule forbids the branch: said in the words of the rule', async () => {
    forge.ruleset({
      name: 'branches',
      target: 'branch',
      enforcement: 'active',
      conditions: { ref_name: { include: ['refs/heads/miniapp/**'], exclude: [] } },
      rules: [{ type: 'creation' }],
    } as Parameters<Forge['ruleset']>[0]);
    const bob = await cloneOf('bob');
    const { code, value } = await bob.ask(...words);
    expect([code, value.error]).toEqual([
      2,
      expect.stringMatching(/a rule of the repository refuses it \(Git says: .*creat/i),
    ]);
    expect(value.done).toMatchObject({ pushed: false, branch: expect.any(String) });
  });

  test("a hook of one's own refuses the push: its words", async () => {
    const bob = await cloneOf('bob');
    const hook = gitHook(bob.home, 'pre-push', 'echo "not on Fridays" >&2\nexit 1');
    const { code, value } = await bob.ask(...words);
    expect([code, value.error]).toEqual([
      2,
      expect.stringMatching(/a hook of this clone \(pre-push\) refuses it \(Git says: not on Fridays\)/),
    ]);
    hook.remove();
    expect((await bob.ask(...words)).code).toBe(0);
  });

  test('by SSH the branch goes with the key, the pull request with the token', async () => {
    const bob = await cloneOf('bob');
    const script = join(temporaryFolder('ssh'), 'ssh');
    const folder = forge.repository.bare.folder;
    writeFileSync(script, `#!/bin/sh\nfor last; do :; done\nset -- $last\nexec git "\${1#git-}" '${folder}'\n`, {
      mode: 0o755,
    });
    process.env['GIT_SSH_COMMAND'] = script;
    try {
      bob.git('remote', 'set-url', 'origin', 'git@127.0.0.1:acme/miniapps.git');
      // The forge sees what came in by another way only when it is told to look.
      forge.fault({ on: 'pulls/create', how: { kind: 'rate-limit', seconds: 3000 } });
      expect(await bob.ask(...words)).toMatchObject({ code: 2, value: { done: { pushed: true } } });
      forge.followBranches('bob');
      expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { number: 1 } } });
    } finally {
      delete process.env['GIT_SSH_COMMAND'];
    }
  });

  test('a token without the right to open pull requests: pushed, and which permission it needs', async () => {
    const bob = await cloneOf('bob');
    bob.env['GITHUB_TOKEN'] = forge.workflowToken({ contents: 'write', metadata: 'read' });
    const { code, value } = await bob.ask(...words, '--actor', 'bob');
    expect([code, value.done.pushed]).toEqual([2, true]);
    expect(value.error).toMatch(/the token may not/);
  });

  test('nobody Git knows: the commit is by the account of the token', async () => {
    const bob = await cloneOf('bob');
    bob.git('config', '--unset', 'user.email');
    bob.git('config', '--unset', 'user.name');
    const saved = [
      process.env['HOME'],
      process.env['XDG_CONFIG_HOME'],
      process.env['GIT_CONFIG_SYSTEM'],
      process.env['GIT_CONFIG_GLOBAL'],
    ];
    process.env['GIT_CONFIG_GLOBAL'] = '/dev/null';
    process.env['GIT_CONFIG_SYSTEM'] = '/dev/null';
    try {
      const { value } = await bob.ask(...words);
      expect(bare('log', '-1', '--format=%an <%ae>', value.pullRequest.branch)).toBe(
        'bob <104+bob@users.noreply.github.com>',
      );
    } finally {
      for (const [i, name] of ['HOME', 'XDG_CONFIG_HOME', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_GLOBAL'].entries()) {
        if (saved[i] === undefined) delete process.env[name];
        else process.env[name] = saved[i];
      }
    }
  });
});

describe('a fork', () => {
  const words = ['withdraw', SMART, '1.2.0'] as const;

  test('is pushed to by whoever may not push to the repository itself', async () => {
    forge.repository.roles.delete(104);
    const bob = await cloneOf('bob');
    const without = await bob.ask(...words);
    expect(without).toMatchObject({
      code: 2,
      value: { error: expect.stringContaining(`Fork it on https://127.0.0.1/acme/miniapps/fork`) },
    });
    const fork = forge.fork('bob');
    bob.git('remote', 'add', 'fork', forge.gitUrlOf(fork));
    const { code, value } = await bob.ask(...words);
    expect(value.error).toBeUndefined();
    expect(code).toBe(0);
    expect(open()).toMatchObject([
      { headRepository: { owner: { login: 'bob' } }, base: 'main', maintainerCanModify: true },
    ]);
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: value.pullRequest } });
    expect(bare('for-each-ref', 'refs/heads/miniapp')).toBe('');
  });

  test.each([
    ['of an organization, where its members cannot lend their branch', { organization: 'guild' }, 'guild'],
    ['with the owner of the repository itself', { organization: 'acme', name: 'miniapps-next' }, 'acme'],
  ])('%s: the pull request is opened from it', async (_, kind, owner) => {
    forge.repository.roles.delete(104);
    const bob = await cloneOf('bob');
    bob.git('remote', 'add', 'theirs', forge.gitUrlOf(forge.fork('bob', kind)));
    bob.git('config', 'remote.pushDefault', 'theirs');
    const { code, value } = await bob.ask(...words);
    expect([code, value.error]).toEqual([0, undefined]);
    const fork = { owner: { login: owner } };
    expect(open()).toMatchObject([
      { headRepository: fork, headBranch: value.pullRequest.branch, maintainerCanModify: false },
    ]);
    // Once more: found, not opened twice.
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: value.pullRequest } });
  });
});
