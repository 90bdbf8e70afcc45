/** Longer than most files, as each tells of one kind of repository. The story that the portal tells, of real repositories: what it knows, what it leaves out, and that it names no account. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { resolvedCells } from '../../fixtures/resolution.ts';
import { versionOrCode } from '../../core/resolution/resolution.ts';
import { History, Imports } from '../../fixtures/histories/history.ts';
import { versionFile, versionText } from '../../fixtures/histories/steps.ts';
import { mergeBranch } from '../../fixtures/merged-branch.ts';
import {
  BOT,
  removeRepositories,
  repository,
  temporaryFolder,
  type TestRepository,
} from '../../fixtures/repository.ts';
import { withGit } from '../../fixtures/scripted-git.ts';
import { FIXTURE, PANEL, RELEASE, SMART, WHITELIST } from '../../fixtures/workspace.ts';
import { diskSource } from '../../read/disk.ts';
import { load } from '../../read/load.ts';
import { storyOf } from './timeline.ts';

let own: TestRepository;

beforeEach(() => {
  own = repository();
});
afterAll(removeRepositories);

const story = (folder = join(own.home, 'config'), replayed?: number, named?: number) =>
  storyOf(folder, load(diskSource(folder)).workspace, replayed, named);

test('whose a merge is, and who approved it, is as the audit judges it', async () => {
  mergeBranch(own, ['alice', 'olga'], 'Approved-by: olga\nApproved-by: rita');
  const { events, touched } = await story();
  const record = { commit: own.git('rev-parse', 'HEAD'), actor: 'bob', approvedBy: ['rita'] };
  expect(events[0]!.record).toMatchObject(record);
  expect(touched.get(WHITELIST)).toMatchObject(record);
  const { value } = await own.runJson('history', '--limit', '1');
  expect(value.entries[0]).toMatchObject(record);
});

test('a merge that could not be looked at says so, wherever its people are told', async () => {
  mergeBranch(own, ['alice']);
  const unseen = (events: Awaited<ReturnType<typeof story>>['events']) => events.map(({ record }) => record.isUnseen);
  expect(unseen((await story()).events)).toEqual([undefined, undefined]);
  const { events, touched } = await withGit('case "$*" in *merge-tree*) exit 129;; esac', () => story());
  expect(unseen(events)).toEqual([true, undefined]);
  expect(touched.get(WHITELIST)).toMatchObject({ isUnseen: true });
});

test('an event says who did what, who approved it, and whose answers changed how', async () => {
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  const trailers = ['Actor: alice', 'Approved-by: olga', 'Pull-request: #12'];
  const commit = own.commit({ by: BOT, trailers });
  const { events, touched, head, isCut, isChanged } = await story();
  expect(events.map(({ steps }) => steps.map(({ kind }) => kind))).toEqual([['disable'], ['bootstrap', 'bootstrap']]);
  expect(events[0]).toMatchObject({
    record: { commit, actor: 'alice', approvedBy: ['olga'], pullRequest: 12, time: Date.parse('2026-11-01T02:00:00Z') },
    steps: [{ kind: 'disable', miniapp: SMART, version: '1.1.0' }],
  });
  const changed = events[0]!.effects.filter(({ app, audience }) => app === 'smart-life' && audience === 'everyone');
  expect(changed.map(({ before, after }) => [before, after])).toEqual([['1.1.0', 'service-disabled']]);
  // What everybody got from then on is what the table says of that state.
  const [table] = events[0]!.tables;
  const told = table!.rows.flatMap(({ app, regions, answers }) => regions.map((region) => ({ app, region, answers })));
  const folder = join(own.home, 'config');
  const cells = resolvedCells(load(diskSource(folder)).workspace, SMART, events[0]!.record.time);
  for (const { app, region, answers } of told) {
    const wanted = cells.filter((cell) => cell.app === app && cell.region === region);
    expect(answers).toEqual(wanted.map(({ resolution }) => versionOrCode(resolution)));
  }
  expect(told.length).toBe(new Set(cells.map(({ app, region }) => `${app} ${region}`)).size);
  expect(touched.get(RELEASE)).toBe(events[0]!.record);
  expect(touched.get(WHITELIST)).toBe(events[1]!.record);
  expect([head.commit, head.tree, isCut, isChanged]).toEqual([
    commit,
    own.git('rev-parse', 'HEAD:config'),
    false,
    false,
  ]);
});

test('an edit of the platform says which of its files came, changed or went, and names people as they are called today', async () => {
  const person = (login: string, githubId: number, more = '') =>
    own.write(`people/${login}.yaml`, `login: ${login}\ngithubId: ${githubId}\nname: Zoe\n${more}`);
  for (const file of ['policy.yaml', 'apps/oem-home.yaml'])
    own.write(file, `${readFileSync(join(own.home, 'config', file), 'utf8')}# Nothing new.\n`);
  person('zoe', 990001);
  person('yan', 990002);
  own.commit({ by: 'olga' });
  own.git('rm', '-q', 'config/people/zoe.yaml', 'config/people/yan.yaml');
  person('zoe-new', 990001, 'formerLogins: [zoe]\n');
  own.commit({ by: 'olga' });
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice' });
  const { events } = await story();
  expect(events.slice(0, 3).map(({ steps }) => steps.map(({ kind, parts }) => [kind, parts]))).toEqual([
    [['disable', undefined]],
    [
      [
        'edit-platform',
        [
          { kind: 'person', change: 'removed' },
          { kind: 'person', id: 'zoe-new', change: 'changed' },
        ],
      ],
    ],
    [
      [
        'edit-platform',
        [
          { kind: 'app', id: 'oem-home', change: 'changed' },
          { kind: 'person', change: 'added' },
          { kind: 'person', id: 'zoe-new', change: 'added' },
          { kind: 'policy', change: 'changed' },
        ],
      ],
    ],
  ]);
});

test('an edit of what a miniapp is called says which of it changed, and where files say the same as before, that', async () => {
  const file = `miniapps/${SMART}/miniapp.yaml`;
  const at = () => readFileSync(join(own.home, 'config', file), 'utf8');
  own.edit(file, 'Wakes you up', 'Wakes everybody up');
  own.edit(file, 'category: lifestyle', 'category: other\narchived: false');
  own.commit({ by: 'alice' });
  own.write(file, `${at()}# Nothing new.\n`);
  own.commit({ by: 'alice' });
  appendFileSync(join(own.home, 'config', `miniapps/${SMART}/avatar.svg`), '\n');
  own.commit({ by: 'alice' });
  const { events } = await story();
  expect(events.slice(0, 3).map(({ steps }) => steps.map(({ kind, basics }) => [kind, basics]))).toEqual([
    [['edit-basics', ['avatar']]],
    [['edit-basics', []]],
    [['edit-basics', ['description', 'category']]],
  ]);
});

test('of a miniapp whose file cannot be read, is gone, or tells of another, nothing is said to have changed in particular', async () => {
  const file = `miniapps/${SMART}/miniapp.yaml`;
  const text = readFileSync(join(own.home, 'config', file), 'utf8');
  const states = [`${text}unknown: 1\n`, text, undefined, text, text.replace(SMART, PANEL), text];
  for (const state of states) {
    if (state === undefined) rmSync(join(own.home, 'config', file));
    else own.write(file, state);
    own.commit({ by: 'alice' });
  }
  const { events } = await story();
  const told = events.slice(0, states.length).map(({ steps }) => steps.map(({ kind, basics }) => [kind, basics]));
  expect(told).toEqual(states.map(() => [['edit-basics', undefined]]));
});

test('no text of a commit is in it, and no name that people/ does not have', async () => {
  own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
  const trailers = ['Actor: former@example.com', 'Approved-by: qa@example.com', 'Approved-by: rita'];
  own.commit({ by: 'stranger@example.com', message: 'Let former@example.com in', trailers });
  const told = await story();
  expect(told.events[0]!.record).toMatchObject({ approvedBy: ['rita'] });
  expect(told.events[0]!.record.actor).toBeUndefined();
  expect(JSON.stringify([told, [...told.touched]])).not.toMatch(/@|Let |phone/);
});

test('why is told of steps that change at once what users get, and of no others, nor where one is with them', async () => {
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice', message: 'Stop it\n\nIt loses alarms.' });
  own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
  own.commit({ by: 'alice', message: 'Another phone\n\nThe one on the shelf.' });
  own.edit(RELEASE, 'enabled: false', 'enabled: true');
  own.edit(WHITELIST, 'QA phone 4', 'QA phone 5');
  own.commit({ by: 'alice', message: 'Go on\n\nThe phone of the boss.' });
  const { events, touched } = await story();
  expect(events[0]!.steps.map(({ kind }) => kind).sort()).toEqual(['edit-whitelist', 'enable']);
  expect(events.slice(0, 3).map(({ record }) => record.reason)).toEqual([undefined, undefined, 'It loses alarms.']);
  expect(touched.get(RELEASE)!.reason).toBeUndefined();
});

test('why is told of a branch whose last commit merges what it was behind of', async () => {
  own.git('checkout', '-q', '-b', 'stop');
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice', message: 'Stop it\n\nIt loses alarms.' });
  own.git('checkout', '-q', 'main');
  own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
  own.commit({ by: 'bob', message: 'Another phone\n\nThe one on the shelf.' });
  own.git('checkout', '-q', 'stop');
  own.git('merge', '-q', 'main', '-m', 'Merge main\n\nTo be up to date.');
  own.git('checkout', '-q', 'main');
  own.git('merge', '-q', '--no-ff', 'stop', '-m', 'Merge stop');
  const { events } = await story();
  expect(events[0]!.record.reason).toBe('It loses alarms.');
});

test('only as many commits are replayed as are asked for; who touched a file last is known all the same', async () => {
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  const disabled = own.commit({ by: 'alice' });
  own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
  own.commit({ by: 'alice' });
  const told = await story(undefined, 1);
  expect([told.events.length, told.isCut, told.events[0]!.steps[0]!.kind]).toEqual([1, true, 'edit-whitelist']);
  expect(told.touched.get(RELEASE)!.commit).toBe(disabled);
});

/** A history of pull requests that the bot merged, each of one version, by somebody who came just before. */
function pullRequests(count: number): TestRepository {
  const made = repository(temporaryFolder('pulls'), false);
  made.git('init', '-q', '-b', 'main');
  const history = new History('pulls', new Imports(made.home));
  const files = load(diskSource(FIXTURE)).texts;
  history.commit(Object.fromEntries([...files].map(([path, text]) => [`config/${path}`, text])), { by: 'olga' });
  for (let n = 1; n <= count; n += 1) {
    const person = `login: p${n}\ngithubId: ${900 + n}\nname: P\n`;
    history.commit({ [`config/people/p${n}.yaml`]: person }, { by: 'olga' });
    const version = { [versionFile(SMART, `2.${n}.0`)]: versionText(`2.${n}.0`, 'alice') };
    history.merge(version, { by: 'alice', trailers: [`Approved-by: p${n}`, `Pull-request: #${n}`] });
  }
  made.git('update-ref', 'refs/heads/main', history.idOf(history.tip));
  made.git('reset', '-q', '--hard', 'main');
  return made;
}

/** What Git did for the story: its processes, and the merges that it made again. */
async function askedOfGit(made: TestRepository) {
  const trace = join(temporaryFolder('trace'), 'events');
  process.env['GIT_TRACE2_EVENT'] = trace;
  try {
    await story(made.file(''), 4, 3);
  } finally {
    delete process.env['GIT_TRACE2_EVENT'];
  }
  const events = readFileSync(trace, 'utf8');
  const count = (pattern: RegExp) => events.match(pattern)?.length ?? 0;
  return {
    processes: count(/"event":"start"/g),
    merges: count(/"event":"region_enter".*"category":"merge","label":"incore_(?:non)?recursive"/g),
  };
}

test('a long history asks Git no more than a short one, and beyond the bound nobody is named', async () => {
  const [short, long] = [pullRequests(8), pullRequests(40)];
  const asked = await askedOfGit(long);
  // Two of the four newest commits, and three before them.
  expect(asked.merges).toBe(5);
  expect(asked).toEqual(await askedOfGit(short));
  const { touched } = await story(long.file(''), 4, 3);
  const record = (n: number) => touched.get(versionFile(SMART, `2.${n}.0`).slice('config/'.length))!;
  for (const n of [36, 37, 38, 39, 40]) expect(record(n)).toMatchObject({ actor: 'alice', approvedBy: [`p${n}`] });
  expect(record(35)).toEqual({
    commit: long.git('log', '--first-parent', '--format=%H', '--', versionFile(SMART, '2.35.0')),
    time: record(35).time,
    approvedBy: [],
    isBeyond: true,
    // Which names nobody, and takes no look at people or merges.
    pullRequest: 35,
  });
});

test('nothing is read of people of before the oldest change whose people are told', async () => {
  own.write('people/zed.yaml', 'login: zed\ngithubId: 900\nname: Zed\n');
  own.commit();
  const blob = own.git('rev-parse', 'HEAD:config/people/zed.yaml');
  own.write('people/zed.yaml', 'login: zed\ngithubId: 900\nname: Zed Zed\n');
  own.commit();
  own.edit(WHITELIST, 'QA phone 3', 'QA phone 4');
  own.commit({ by: 'alice' });
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice' });
  const log = join(temporaryFolder('log'), 'asked');
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const script = `case "$*" in *"cat-file --batch"*) tee -a ${log} | "${git}" "$@"; exit;; esac`;
  const { touched } = await withGit(script, () => story(undefined, 1, 1));
  expect(touched.get(WHITELIST)).toMatchObject({ actor: 'alice' });
  const asked = readFileSync(log, 'utf8');
  expect([asked.includes(own.git('rev-parse', 'HEAD:config/people/zed.yaml')), asked.includes(blob)]).toEqual([
    true,
    false,
  ]);
});

test('a file that is gone was touched by who took it away', async () => {
  const trafficking = `miniapps/${SMART}/trafficking.yaml`;
  own.remove(trafficking);
  const gone = own.commit({ by: 'alice' });
  const { touched, events } = await story();
  expect(touched.get(trafficking)!.commit).toBe(gone);
  expect(events[0]!.effects.map(({ after }) => after)).toContain('app-not-associated');
});

test('the end of a shallow clone tells nothing of what came before it', async () => {
  own.edit(RELEASE, 'enabled: true', 'enabled: false');
  const last = own.commit({ by: 'alice' });
  const clone = join(temporaryFolder('shallow'), 'clone');
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${own.home}`, clone], { stdio: 'pipe' });
  const told = await story(join(clone, 'config'));
  expect([told.isShallow, told.isCut, told.events, told.touched.size]).toEqual([true, true, [], 0]);
  expect([told.head.commit, told.branch]).toEqual([last, 'main']);
});

test('the default branch of the remote is told by its name, also where a tag is called so', async () => {
  own.git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
  own.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
  own.git('tag', 'origin/trunk');
  expect((await story()).branch).toBe('trunk');
});

test('changes that are not committed are noticed, and those of other folders are not', async () => {
  writeFileSync(join(own.home, 'notes.txt'), 'x');
  expect((await story()).isChanged).toBe(false);
  appendFileSync(own.file(`miniapps/${PANEL}/members.yaml`), '# x\n');
  expect((await story()).isChanged).toBe(true);
});

test('a configuration that was never committed has no story', async () => {
  const empty = temporaryFolder('empty');
  execFileSync('git', ['init', '-q'], { cwd: empty });
  await expect(story(empty)).rejects.toThrow(/nothing is committed/);
});
