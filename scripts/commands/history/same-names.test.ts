/** Whose a change is, and who approved it: audit, history at any length and the portal say the same of every commit. */
import { afterAll, expect, test } from 'vitest';
import { randomFrom } from '../../checks/random.ts';
import { BYPASSES } from '../../fixtures/histories/bypasses.ts';
import { VICTIM } from '../../fixtures/histories/bypasses/victim.ts';
import { History, Imports } from '../../fixtures/histories/history.ts';
import { madeHistories } from '../../fixtures/histories/play.ts';
import { versionFile, versionText } from '../../fixtures/histories/steps.ts';
import {
  BOT,
  removeRepositories,
  repository,
  temporaryFolder,
  type TestRepository,
} from '../../fixtures/repository.ts';
import { FIXTURE, SMART } from '../../fixtures/workspace.ts';
import { readPlatformLog } from '../../git/history/beginning.ts';
import { addedBefore } from '../../git/history/past.ts';
import { diskSource } from '../../read/disk.ts';
import { load } from '../../read/load.ts';
import { evaluateFrom } from '../audit/evaluate-history.ts';
import { storyOf } from './timeline.ts';

afterAll(removeRepositories);

interface Names {
  readonly actor: string | undefined;
  readonly approvedBy: readonly string[];
}
const names = ({ actor, approvedBy }: { actor?: string | null; approvedBy: readonly string[] }): Names => ({
  actor: actor ?? undefined,
  approvedBy,
});

/** By commit, as the audit takes it, whatever its decision. */
function audited(own: TestRepository): Map<string, Names> {
  const [path, head] = [own.file(''), own.git('rev-parse', 'HEAD')];
  const log = readPlatformLog(path, head, 'config');
  const judging = { path, folder: 'config', prefix: 'config', added: () => addedBefore(path, head, 'config') };
  // Each is a claim of a pull request, so that it is among those that GitHub is asked about.
  const commits = log.commits.map((commit) => ({
    ...commit,
    trailers: new Map([...commit.trailers, ['pull-request', ['#1']]]),
  }));
  const { claimed } = evaluateFrom(0, { ...judging, log: { ...log, commits } });
  return new Map(claimed.map(({ commit, claims }) => [commit, names(claims)]));
}

async function told(own: TestRepository, ...words: string[]): Promise<Map<string, Names>> {
  const { value } = await own.runJson('history', ...words);
  return new Map(value.entries.map((entry: any) => [entry.commit, names(entry)]));
}

/** The same as the portal has it, of which only the newest are told as events. `isNamed`: whom it may name. */
async function shown(own: TestRepository, replayed?: number) {
  const { workspace } = load(diskSource(own.file('')));
  const { events, touched } = await storyOf(own.file(''), workspace, replayed);
  const records = [...events.map(({ record }) => record), ...touched.values()];
  return {
    records: records.map((record) => [record.commit, names(record)] as const),
    isNamed: (login: string) => workspace.people.has(login) || workspace.platform.bot?.login === login,
  };
}

async function expectSame(own: TestRepository, what: string): Promise<void> {
  const all = audited(own);
  const history = await told(own);
  expect([...history.keys()].filter((commit) => all.has(commit)).length, what).toBeGreaterThan(0);
  for (const [commit, said] of history)
    if (all.has(commit)) expect(said, `history ${what} ${commit}`).toEqual(all.get(commit));
  for (const replayed of [undefined, 3]) {
    const { records, isNamed } = await shown(own, replayed);
    for (const [commit, said] of records) {
      const { actor, approvedBy } = history.get(commit)!;
      const expected = { actor: actor !== undefined && isNamed(actor) ? actor : undefined };
      expect(said, `portal ${what} ${commit}`).toEqual({ ...expected, approvedBy: approvedBy.filter(isNamed) });
    }
  }
}

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

test('of histories with a way past the check in them', async () => {
  // Those that decide whose a change is.
  const kinds = Object.keys(BYPASSES).filter((name) => /merge|branch|parents/.test(name));
  expect(kinds.length).toBeGreaterThan(8);
  for (const only of kinds)
    for (const { own } of madeHistories(1, seed, only)) await expectSame(own, `SEED=${seed} ${only}`);
}, 300_000);

const MALLORY = 'login: mallory\ngithubId: 999\nname: Mallory\n';

/** Branches of several people, with merges inside them, merged by hand or by the bot, between changes of other things. */
function branchy(own: TestRepository, number: number, random: () => number): void {
  const history = new History(`names-${number}`, new Imports(own.home));
  const among = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const people = ['olga', 'rita', 'alice', 'bob', 'rosa', 'mallory'];
  let next = 1;
  const change = () => {
    next += 1;
    if (random() < 0.2)
      return { [`config/people/p${next}.yaml`]: `login: p${next}\ngithubId: ${900 + next}\nname: P\n` };
    const version = `2.${next}.0`;
    return { [versionFile(among([SMART, VICTIM]), version)]: versionText(version, among(people)) };
  };
  const files = load(diskSource(FIXTURE)).texts;
  history.commit(Object.fromEntries([...files].map(([path, text]) => [`config/${path}`, text])), { by: 'olga' });
  const tips = [history.tip];
  const trailers = () => [
    ...(random() < 0.5 ? [`Actor: ${among(people)}`] : []),
    ...people.filter(() => random() < 0.3).map((login) => `Approved-by: ${login}`),
  ];
  for (let step = 0; step < 8; step += 1) {
    // Who comes and who leaves is told by who was there.
    if (step === 4)
      history.commit({ 'config/people/mallory.yaml': MALLORY, 'config/people/bob.yaml': null }, { by: 'olga' });
    if (random() < 0.4) {
      history.commit(change(), { by: among([...people, BOT]), trailers: trailers() });
    } else {
      let head = among(tips);
      const brought = {};
      for (let made = 0; made < 1 + random() * 3; made += 1) {
        const more = change();
        Object.assign(brought, more);
        head = history.beside([head], more, among(people));
        if (random() > 0.4) continue;
        // A merge of another branch, in which somebody may write.
        const wrote = random() < 0.5 ? change() : {};
        const side = change();
        Object.assign(brought, side, wrote);
        const other = history.beside([among(tips)], side, among(people));
        head = history.beside([head, other], { ...side, ...wrote }, among(people));
      }
      const besides = random() < 0.3 ? change() : {};
      history.mergeBeside(head, { ...brought, ...besides }, { by: among([...people, BOT]), trailers: trailers() });
    }
    tips.push(history.tip);
  }
  own.git('update-ref', 'refs/heads/main', history.idOf(history.tip));
  own.git('reset', '-q', '--hard', 'main');
}

test('of random histories, and of one miniapp at any length', async () => {
  const own = repository(temporaryFolder('names'), false);
  own.git('init', '-q', '-b', 'main');
  for (let number = 0; number < 4; number += 1) {
    branchy(own, number, randomFrom(seed + number));
    const what = `SEED=${seed + number}`;
    await expectSame(own, what);
    for (const miniapp of [[SMART], [VICTIM], []]) {
      const all = await told(own, ...miniapp);
      for (let limit = 1; limit <= all.size; limit += 1)
        for (const [commit, said] of await told(own, ...miniapp, '--limit', `${limit}`))
          expect(said, `${what} --limit ${limit} ${miniapp[0]} ${commit}`).toEqual(all.get(commit));
    }
  }
}, 300_000);
