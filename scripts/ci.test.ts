/**
 * What workflows run, as they run it: the environment of Actions, files that the runner reads, and exit codes. Longer than most files:
 * every verb is run by the same step of a job.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from './ci.ts';
import { executeAction } from './bot/actions/action-executors.ts';
import { registry, type Registry } from './fixtures/bot-harness.ts';

import { removeRepositories } from './fixtures/repository.ts';
import { PANEL, SMART } from './fixtures/workspace.ts';

// Hundreds of Git processes: a machine that is busy takes its time.
vi.setConfig({ testTimeout: 120_000 });

let own: Registry;
let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'miniapp-ci-'))));
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await own.stop();
});
afterAll(removeRepositories);

const WORDS = `miniapps/${PANEL}/languages.yaml`;
const GREETING = { [WORDS]: 'strings: { en: { hello: Hello } }\n' };

/** Runs a verb as a step does; gives its exit code, what it printed, and what it wrote for the runner. */
async function step(words: string, env: Record<string, string> = {}, event: unknown = {}) {
  const file = (name: string) => join(folder, name);
  for (const name of ['summary', 'output']) writeFileSync(file(name), '');
  writeFileSync(file('event.json'), JSON.stringify(event));
  let [out, err] = ['', ''];
  const code = await run(words.split(' '), {
    env: {
      GITHUB_EVENT_NAME: 'schedule',
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_REPOSITORY: `${own.repo.owner}/${own.repo.repo}`,
      GITHUB_API_URL: own.forge.apiUrl,
      GITHUB_SERVER_URL: own.forge.serverUrl,
      GITHUB_RUN_ID: '1',
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_OUTPUT: file('output'),
      GITHUB_TOKEN: own.forge.workflowToken(),
      ...env,
    },
    cwd: own.clone,
    stdout: (text) => (out += text),
    stderr: (text) => (err += text),
    now: own.forge.clock.now(),
  });
  return {
    code,
    out,
    err,
    summary: readFileSync(file('summary'), 'utf8'),
    output: readFileSync(file('output'), 'utf8'),
  };
}

const workflowRun = (title: string, login: string, more: object = {}) =>
  own.forge.run({ path: '.github/workflows/transition.yml', display_title: title, actor: login, ...more });
const form = (id: number, transition: string, miniapp: string, version = '', more: Record<string, string> = {}) => ({
  GITHUB_EVENT_NAME: 'workflow_dispatch',
  GITHUB_RUN_ID: String(id),
  INPUT_TRANSITION: transition,
  INPUT_MINIAPP: miniapp,
  INPUT_VERSION: version,
  INPUT_REASON: '',
  INPUT_ARGUMENTS: '',
  ...more,
});

describe('check and reconcile', () => {
  test('check: the pull request that the event names, annotations within limits, a summary; --dry-run does nothing', async () => {
    own = await registry();
    const rows = Array.from({ length: 40 }, (_, i) => `  - { app: "::error::%0A,x:${i}", account: "x" }`).join('\n');
    const bad = { [`miniapps/${PANEL}/whitelist.yaml`]: `whitelist:\n${rows}\n` };
    const number = await own.open('alice', { branch: 'bad', files: bad });
    const other = await own.open('alice', { branch: 'words', files: GREETING });
    const env = { GITHUB_EVENT_NAME: 'pull_request_target' };
    const event = { pull_request: { number, title: '::set-output name=x::y', user: { login: 'olga', id: 101 } } };
    const dry = await step('check --dry-run', env, event);
    expect(dry.code).toBe(0);
    expect(dry.out).toContain(`would #${number}: miniapp/check failure`);
    expect((await own.shown(number)).check).toBeUndefined();
    const { code, out, summary } = await step('check', env, event);
    expect(code).toBe(0);
    const commands = out.split('\n').filter((line) => line.startsWith('::'));
    expect(commands).toHaveLength(10);
    expect(commands.every((line) => /^::error(?: file=config|::)/.test(line))).toBe(true);
    expect(commands.join('\n')).not.toContain('\n::error::%0A');
    expect(commands.at(-1)).toMatch(/more errors are not shown here/);
    expect(summary).toContain(`## #${number}`);
    expect((await own.shown(number)).check).toMatch(/^failure/);
    // The other one was not named, and waits for its own event or the schedule.
    expect((await own.shown(other)).check).toBeUndefined();
  });

  test('an approval pull request is opened by any check; the fork’s review wakes by its head', async () => {
    own = await registry();
    const number = await own.open('alice', { branch: 'words', files: GREETING });
    const { sha } = (await own.pull(number)).head;
    const event = { workflow_run: { head_sha: sha, pull_requests: [] } };
    const { code } = await step('check', { GITHUB_EVENT_NAME: 'workflow_run' }, event);
    expect(code).toBe(0);
    expect((await own.shown(number)).state).toBe('merged');
    expect((await own.pull(2)).head.ref).toBe(`review/${SMART}/1.2.0`);
  });

  test('what is outside is exit code 2 and a sentence', async () => {
    own = await registry();
    const bad = await step('reconcile', { GITHUB_TOKEN: 'wrong' });
    expect(bad.code).toBe(2);
    expect(bad.err).toContain('GitHub does not accept the token');
    const none = await step('reconcile', { GITHUB_TOKEN: '' });
    expect(none).toMatchObject({ code: 2 });
    expect(none.err).toContain('GITHUB_TOKEN is not set');
    expect((await step('nonsense')).err).toContain('usage: node scripts/ci.ts check|');
  });
});

describe('transitions by a form', () => {
  test('on behalf of whoever started the run, by the same decision', async () => {
    own = await registry();
    const submit = workflowRun(`publish ${SMART} 1.1.0`, 'alice');
    const refused = await step('transition', form(submit.id, 'publish', SMART, '1.2.0'));
    expect(refused.code).toBe(1);
    const stop = workflowRun(`disable ${SMART}`, 'alice');
    const { code, out } = await step('transition', form(stop.id, 'disable', SMART));
    expect(out).toContain('merge');
    expect(code).toBe(0);
    expect(own.text(`miniapps/${SMART}/release.yaml`)).toContain('enabled: false');
    const message = own.forge.repository.bare.run(['log', '-1', '--format=%B', 'main']);
    expect(message).toContain('Transition: disable');
    expect(message).toContain('Actor: alice');
    // The same run started again finds its work done.
    expect((await step('transition', form(stop.id, 'disable', SMART))).code).toBe(0);
  });

  test('somebody without the right, a stranger, another ref, another workflow', async () => {
    own = await registry();
    const bob = workflowRun(`disable ${SMART}`, 'bob');
    expect((await step('transition', form(bob.id, 'disable', SMART))).code).toBe(1);
    const mallory = workflowRun(`disable ${SMART}`, 'mallory');
    const stranger = await step('transition', form(mallory.id, 'disable', SMART));
    expect(stranger.err).toContain('<mallory> is not in people/');
    const aside = workflowRun(`disable ${SMART}`, 'alice', { head_branch: 'aside' });
    expect((await step('transition', form(aside.id, 'disable', SMART))).code).toBe(2);
    const other = own.forge.run({
      path: '.github/workflows/mine.yml',
      display_title: `disable ${SMART}`,
      actor: 'alice',
    });
    expect((await step('transition', form(other.id, 'disable', SMART))).code).toBe(2);
    expect(own.text(`miniapps/${SMART}/release.yaml`)).toContain('enabled: true');
  });

  test.each([
    ['$(id)', '', '', 'id is missing'],
    [SMART, '1.2.0; rm -rf /', '', 'version is missing'],
    [SMART, '1.2.0', '--config /etc', 'takes no arguments'],
  ])('%s %s %s', async (miniapp, version, more, words) => {
    own = await registry();
    const { id } = workflowRun('publish', 'alice');
    const { code, err } = await step('transition', form(id, 'publish', miniapp, version, { INPUT_ARGUMENTS: more }));
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  test('somebody else pushes to the branch that the bot made for a person: it acts for nobody', async () => {
    const delivered = 'trafficking:\n  - { app: smart-life, regions: [AY, EU] }\n';
    own = await registry({ [`miniapps/${SMART}/trafficking.yaml`]: delivered });
    const words = 'add --app oem-home --region EU';
    const asked = workflowRun(`trafficking ${SMART} ${words}`, 'alice');
    const more = { INPUT_ARGUMENTS: words };
    const { out, err } = await step('transition', form(asked.id, 'trafficking', SMART, '', more));
    expect(`${out}${err}`).toMatch(/#\d+ waiting/);
    const number = Number(/#(\d+) waiting/.exec(out)?.[1]);
    expect(await own.shown(number)).toMatchObject({ state: 'open', labels: ['miniapp: waiting'] });
    const members = own.edited(
      `miniapps/${SMART}/members.yaml`,
      'login: bob, role: developer',
      'login: bob, role: admin',
    );
    await own.push('bob', `transition/${asked.id}`, members);
    await step('reconcile');
    const shown = await own.shown(number);
    expect(shown).toMatchObject({ state: 'open', labels: ['miniapp: refused'] });
    expect(shown.comments[0]).toContain('it acts for nobody');
  });
});

describe("a form vouches for a setting's rows", () => {
  const ADD = 'add --app smart-life --account zoe@example.com --note "a  friend"';
  const WHITELIST = `miniapps/${SMART}/whitelist.yaml`;
  /** A branch and a pull request in the bot's name, as a workflow of whoever may push can make them. */
  async function forged(run: number, files: Record<string, string>): Promise<number> {
    const { client, repository, log, sleep } = own.options();
    const done = await executeAction(
      { client, repository, branch: 'main', log, sleep },
      {
        kind: 'open-pull',
        branch: `transition/${run}`,
        from: own.main(),
        message: 'x',
        title: 'x',
        body: '',
        files: Object.entries(files).map(([path, content]) => ({ path: `config/${path}`, content })),
        reviewers: [],
      },
    );
    return done.pull!.number;
  }

  test('what it asked for is merged, and no account is told where a name would be', async () => {
    own = await registry();
    const { id } = workflowRun(`whitelist ${SMART} ${ADD}`, 'alice');
    const { code, out, err, summary } = await step(
      'transition',
      form(id, 'whitelist', SMART, '', { INPUT_ARGUMENTS: ADD }),
    );
    expect(code, out + err).toBe(0);
    expect(own.text(WHITELIST)).toContain('zoe@example.com');
    const { data } = await own.as('olga').pulls.list({ ...own.repo, state: 'all' });
    const pull = data.find(({ head }) => head.ref === `transition/${id}`)!;
    expect([pull.title, typeof pull.merged_at]).toEqual([`whitelist ${SMART}`, 'string']);
    const told = [
      out,
      summary,
      ...(await own.shown(pull.number)).comments,
      own.forge.repository.bare.run(['log', '-3', 'main']),
    ];
    expect(told.join('\n')).not.toContain('zoe');
  });

  test('what somebody else made of it in its name is refused: other rows, more rows, another setting', async () => {
    own = await registry();
    const text = own.text(WHITELIST);
    const row = (account: string) => `\n  - { app: smart-life, account: ${account} }`;
    const made = [
      { [WHITELIST]: `${text.trimEnd()}${row('eve@example.com')}\n` },
      { [WHITELIST]: `${text.trimEnd()}${row('zoe@example.com')}${row('eve@example.com')}\n` },
      own.edited(`miniapps/${SMART}/members.yaml`, 'login: bob, role: developer', 'login: bob, role: admin'),
    ];
    for (const files of made) {
      const { id } = workflowRun(`whitelist ${SMART} add --app smart-life --account zoe@example.com`, 'alice');
      const number = await forged(id, files);
      await step('reconcile');
      const shown = await own.shown(number);
      expect(shown).toMatchObject({ state: 'open', labels: ['miniapp: refused'] });
      expect(shown.comments.join()).toContain('it acts for nobody');
      expect(shown.comments.join()).not.toContain('zoe');
      await own.as('olga').pulls.update({ ...own.repo, pull_number: number, state: 'closed' });
    }
    expect(own.text(WHITELIST)).toBe(text);
  });

  test('a name that does not hold all that was typed makes no pull request', async () => {
    own = await registry();
    const cut = workflowRun(`whitelist ${SMART} ${ADD.slice(0, 30)}`, 'alice');
    const more = { INPUT_ARGUMENTS: ADD };
    const { code, err } = await step('transition', form(cut.id, 'whitelist', SMART, '', more));
    expect([code, err]).toEqual([2, expect.stringContaining('not all that the form says')]);
    const both = workflowRun(`whitelist ${SMART} 1.0.0`, 'alice');
    const other = await step('transition', form(both.id, 'whitelist', SMART, '1.0.0', more));
    expect([other.code, other.err]).toEqual([2, expect.stringContaining('takes no version')]);
    expect(err + other.err).not.toContain('zoe');
  });
});

describe('the audit asks GitHub', () => {
  test('what came by pull requests is fine; a direct push in the name of a reviewer is found', async () => {
    own = await registry();
    execFileSync('git', ['remote', 'set-url', 'origin', own.forge.gitUrl], { cwd: own.clone });
    const pull = () =>
      execFileSync('git', ['pull', '-q', own.forge.repository.bare.folder, 'main'], { cwd: own.clone });
    await step('reconcile');
    await own.review('rita', 1, 'APPROVE');
    await step('reconcile');
    pull();
    const fine = await step('audit');
    expect(fine.out).toContain('GitHub was asked about 1 change');
    expect(fine.code).toBe(0);
    const trailers = 'Merge pull request #1\n\nTransition: publish\nActor: alice\nApproved-by: rita\nPull-request: #1';
    const release = own.edited(
      `miniapps/${SMART}/release.yaml`,
      'online: { version: 1.1.0',
      'online: { version: 1.2.0',
    );
    const text = release[`miniapps/${SMART}/release.yaml`]!;
    const rest = text
      .replace('experience: { version: 1.2.0 }\n', '')
      .replace('previous: [1.0.0]', 'previous: [1.1.0, 1.0.0]');
    await own.direct('alice', { [`miniapps/${SMART}/release.yaml`]: rest }, trailers);
    pull();
    const { code, out, output } = await step('audit');
    expect([code, output]).toEqual([1, 'found=true\n']);
    expect(out).toContain('no merged pull request brought it');
  });

  test('a history that is begun anew is asked about as before', async () => {
    own = await registry();
    execFileSync('git', ['remote', 'set-url', 'origin', own.forge.gitUrl], { cwd: own.clone });
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...words], {
        cwd: own.clone,
        encoding: 'utf8',
      }).trim();
    await step('reconcile');
    await own.review('rita', 1, 'APPROVE');
    await step('reconcile');
    git('pull', '-q', own.forge.repository.bare.folder, 'main');
    const nothing = git('commit-tree', git('hash-object', '-t', 'tree', '-w', '/dev/null'), '-m', 'Nothing');
    git('reset', '-q', '--hard', git('commit-tree', 'HEAD^{tree}', '-p', nothing, '-p', 'HEAD', '-m', 'Anew'));
    const file = join(own.clone, `config/miniapps/${SMART}/release.yaml`);
    writeFileSync(file, readFileSync(file, 'utf8').replace('enabled: true', 'enabled: false'));
    git('commit', '-qam', 'Stop', '-m', 'Actor: alice');
    own.forge.repository.bare.run(['fetch', '-q', own.clone, '+HEAD:refs/heads/main']);
    const { code, out } = await step('audit');
    expect(out).toContain('no merged pull request brought it');
    expect(out).toContain('GitHub was asked about 2 changes');
    expect(code).toBe(1);
  });
});

describe('the nightly audit on a bad night', () => {
  const asked = 'repos/list-pull-requests-associated-with-commit';
  async function approved() {
    own = await registry();
    execFileSync('git', ['remote', 'set-url', 'origin', own.forge.gitUrl], { cwd: own.clone });
    await step('reconcile');
    await own.review('rita', 1, 'APPROVE');
    await step('reconcile');
    execFileSync('git', ['pull', '-q', own.forge.repository.bare.folder, 'main'], { cwd: own.clone });
  }

  test('two faults in a row are waited for, as a runner does', async () => {
    await approved();
    own.forge.fault({ on: asked, how: { kind: 'server-error', status: 502 }, times: 2 });
    expect(await step('audit')).toMatchObject({ code: 0, output: 'found=false\n' });
  });

  test('one that stays is no finding: exit 2, nothing for an issue, and how far it came', async () => {
    await approved();
    own.forge.fault({ on: asked, how: { kind: 'answer', status: 409, message: 'No' }, times: 20 });
    const { code, out, output } = await step('audit');
    expect([code, output]).toEqual([2, 'found=false\n']);
    expect(out).toContain('GitHub was asked about 0 changes, and not about 1 more: ');
  });
});

describe('publishable', () => {
  test('valid, not older, not fewer', async () => {
    let list: unknown = { miniapps: [] };
    let revision: unknown;
    const server = createServer((request, response) => {
      const answer = request.url === '/portal/api/v1/miniapps.json' ? list : revision;
      if (answer === undefined) response.writeHead(404).end();
      else response.end(JSON.stringify(answer));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/portal/`;
    own = await registry();
    const platform = own.text('platform.yaml');
    writeFileSync(join(own.clone, 'config/platform.yaml'), `${platform}portal: { url: "${url}" }\n`);
    const first = await step('publishable');
    expect(first.out).toMatch(/may be published/);
    expect(first.output).toMatch(/^publishable=true\nrevision=[0-9a-f]{40}\n$/);
    list = { miniapps: [{ id: SMART }, { id: PANEL }, { id: 'tygone0000000001' }] };
    const fewer = await step('publishable');
    expect(fewer).toMatchObject({ code: 1, output: expect.stringContaining('publishable=false') });
    expect(fewer.out).toContain('1 of the 3 miniapps that are published are gone (tygone0000000001)');
    list = { miniapps: [{ id: SMART }] };
    revision = { revision: '0'.repeat(40) };
    expect((await step('publishable')).out).toContain('does not come after');
    list = 'nonsense';
    expect((await step('publishable')).code).toBe(2);
    await new Promise((done) => server.close(done));
  });
});
