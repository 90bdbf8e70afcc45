/** Commands that stopped on their way to the pull request, and go on: on real Git over HTTP, against the forge. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Forge } from '../fixtures/forge/index.ts';
import { bare, cloneOf, forge, open, useForge, V120 } from '../fixtures/proposals.ts';
import { temporaryFolder } from '../fixtures/repository.ts';
import { NOW, SMART } from '../fixtures/workspace.ts';

useForge();

describe('a run that stopped goes on with the same command', () => {
  const words = ['withdraw', SMART, '1.2.0'] as const;
  const branch = `miniapp/withdraw-${SMART}-1.2.0`;

  const stops: [what: string, fault: Parameters<Forge['fault']>[0], done: object, said: RegExp][] = [
    [
      'the line is cut before anything',
      { on: 'repos/get', how: { kind: 'dropped' }, times: 2 },
      { pushed: false },
      /cannot be reached/,
    ],
    [
      'pushing fails',
      { on: 'git/receive-pack', how: { kind: 'server-error' } },
      { branch, pushed: false },
      /could not push to acme\/miniapps: .* fault of its own/,
    ],
    [
      'opening fails',
      { on: 'pulls/create', how: { kind: 'server-error' }, times: 2 },
      { branch, pushed: true },
      /could not open the pull request in acme\/miniapps: GitHub has a fault of its own/,
    ],
  ];
  test.each(stops)('%s', async (_, fault, done, said) => {
    const bob = await cloneOf('bob');
    forge.fault(fault);
    const stopped = await bob.ask(...words, '--actor', 'bob');
    expect(stopped).toMatchObject({ code: 2, value: { ok: false, files: [V120], done: { edited: true, ...done } } });
    expect(stopped.value.error).toMatch(said);
    expect(stopped.err).toMatch(/done so far: the files are edited/);
    expect(bob.git('status', '--porcelain')).toBe(`M ${V120}`);
    expect(stopped.value.next).toMatch(new RegExp(`^npx miniapp withdraw ${SMART} 1\\.2\\.0 `));
    forge.clearFaults();
    const commit = (done as { branch?: string }).branch && bob.git('rev-parse', branch);
    const goneOn = await bob.ask(...words);
    expect(goneOn).toMatchObject({ code: 0, value: { ok: true, pullRequest: { number: 1, branch } } });
    // The same content is no new commit.
    if (commit) expect(bare('rev-parse', branch)).toBe(commit);
    expect(open()).toHaveLength(1);
  });

  test('the answer of opening is lost: it is found, not opened twice', async () => {
    const bob = await cloneOf('bob');
    forge.fault({ on: 'pulls/create', how: { kind: 'answer-lost' } });
    for (const run of ['first', 'again']) {
      expect(await bob.ask(...words), run).toMatchObject({ code: 0, value: { pullRequest: { number: 1 } } });
    }
    expect(open()).toHaveLength(1);
  });

  test('a branch that was pushed and then forgotten here is taken up', async () => {
    const bob = await cloneOf('bob');
    forge.fault({ on: 'pulls/create', how: { kind: 'server-error' }, times: 2 });
    await bob.say(...words);
    bob.git('update-ref', '-d', `refs/heads/${branch}`);
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { branch } } });
  });

  test('a step that was taken, undone and is taken again begins anew', async () => {
    const bob = await cloneOf('bob');
    await bob.say(...words);
    bare('update-ref', 'refs/heads/main', `refs/heads/${branch}`);
    forge.followBranches('olga');
    bob.git('checkout', '-q', '--', '.');
    await bob.online('pull', '-q');
    expect(await bob.ask('submit', SMART, '1.2.0')).toMatchObject({ code: 0, value: { pullRequest: { number: 2 } } });
    bare('update-ref', 'refs/heads/main', `refs/heads/miniapp/submit-${SMART}-1.2.0`);
    forge.followBranches('olga');
    bob.git('checkout', '-q', '--', '.');
    await bob.online('pull', '-q');
    expect(await bob.ask(...words)).toMatchObject({ code: 0, value: { pullRequest: { number: 3, branch } } });
    expect(bare('rev-parse', `${branch}^`)).toBe(bare('rev-parse', 'main'));
  });

  test('a random id is kept by the command that goes on', async () => {
    const bob = await cloneOf('bob');
    forge.fault({ on: 'git/upload-pack', how: { kind: 'server-error' } });
    const stopped = await bob.ask('create', '--name', "Bob's lamp", '--type', 'smart');
    const { id, next, done, error } = stopped.value;
    expect(error).toMatch(/could not fetch from acme\/miniapps: .* fault of its own/);
    expect([stopped.code, done]).toEqual([2, { edited: true, pushed: false }]);
    expect(next).toContain(`--id ${id}`);
    expect(next).toContain(String.raw`--name 'Bob'\''s lamp'`);
    const goneOn = await bob.ask('create', '--name', "Bob's lamp", '--type', 'smart', '--id', id);
    expect(goneOn).toMatchObject({ code: 0, value: { id, pullRequest: { branch: `miniapp/create-${id}` } } });
  });

  test('an upload is the same upload an hour later; its bytes come with it, and with what rests on them', async () => {
    const bob = await cloneOf('bob');
    const project = temporaryFolder('project');
    mkdirSync(join(project, 'pages/home'), { recursive: true });
    writeFileSync(join(project, 'app.json'), '{"pages": ["pages/home/index"]}');
    for (const file of ['index.js', 'index.tyml']) writeFileSync(join(project, 'pages/home', file), '');
    const upload = ['upload', SMART, project, '--version', '1.4.0', '--description', 'Lights'];
    forge.fault({ on: 'pulls/create', how: { kind: 'rate-limit', seconds: 3000 } });
    const stopped = await bob.ask(...upload);
    expect(stopped).toMatchObject({
      code: 2,
      value: { done: { pushed: true }, error: expect.stringMatching(/no more requests .* until 20/) },
    });
    const later = await bob.ask(...upload, '--now', new Date(NOW + 3_600_000).toISOString());
    expect(later).toMatchObject({ code: 0, value: { pullRequest: { number: 1, branch: stopped.value.done.branch } } });
    expect(bare('rev-parse', stopped.value.done.branch)).toBe(stopped.value.done.commit);
    // Its bytes come with it, and again by a command of their own where they went away.
    const branch = `upload/bob/${SMART}/1.4.0`;
    const stored = bob.git('rev-parse', `packages/${SMART}/1.4.0`);
    expect(bare('rev-parse', branch)).toBe(stored);
    bare('update-ref', '-d', `refs/heads/${branch}`);
    // From their folder, or as this clone keeps them.
    for (const folder of [[project], []]) {
      const pushed = await bob.ask('package', 'push', SMART, '1.4.0', ...folder);
      expect([pushed.code, pushed.value.pushed]).toEqual([0, { repository: 'acme/miniapps', branch }]);
      expect(bare('rev-parse', branch)).toBe(stored);
      bare('update-ref', '-d', `refs/heads/${branch}`);
    }

    // On the default branch by now, of a platform that judges by bytes: whoever submits it brings what the store lacks.
    bob.git('checkout', '-q', '-f', '-B', 'main', later.value.pullRequest.branch);
    const platform = join(bob.home, 'config/platform.yaml');
    writeFileSync(platform, `${readFileSync(platform, 'utf8')}packages: { required: true }\n`);
    writeFileSync(join(bob.home, V120), readFileSync(join(bob.home, V120), 'utf8').replace(/^review:.*\n/m, ''));
    bob.git('commit', '-q', '-a', '-m', 'x');
    bare('fetch', '-q', bob.home, '+main:refs/heads/main');
    bob.git('fetch', '-q', bob.home, 'main:refs/remotes/origin/main', '--force');
    expect(await bob.ask('submit', SMART, '1.4.0')).toMatchObject({ code: 0, value: { ok: true } });
    expect(bare('rev-parse', branch)).toBe(stored);
    // What the store has is not sent again.
    for (const gone of [branch, `miniapp/submit-${SMART}-1.4.0`]) bare('update-ref', '-d', `refs/heads/${gone}`);
    bare('update-ref', `refs/heads/packages/${SMART}/1.4.0`, stored);
    bob.git('checkout', '-q', '-f', 'main');
    expect(await bob.ask('submit', SMART, '1.4.0')).toMatchObject({ code: 0, value: { ok: true } });
    expect(bare('for-each-ref', `refs/heads/${branch}`)).toBe('');
  });

  test("somebody else's branch of that name is not taken for one's own", async () => {
    const [bob, alice] = [await cloneOf('bob'), await cloneOf('alice')];
    writeFileSync(join(alice.home, V120), `${readFileSync(join(alice.home, V120), 'utf8')}# more\n`);
    mkdirSync(join(alice.home, 'config/people'), { recursive: true });
    alice.git('checkout', '-q', '-b', branch);
    alice.git('commit', '-q', '-a', '-m', 'mine');
    await alice.online('push', '-q', `http://x:${forge.token('alice')}@${forge.gitUrl.slice(7)}`, branch);
    const { value } = await bob.ask(...words);
    expect(value.pullRequest.branch).toBe(`${branch}-2`);
    expect(bare('diff', 'main', `${branch}-2`)).not.toContain('# more');
  });
});
