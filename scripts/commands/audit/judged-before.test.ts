/** The audit that judges only what is new says what one says that judges everything. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../cli.ts';
import { openStore, type Store } from '../../cache/store.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../../fixtures/repository.ts';
import { randomFrom } from '../../checks/random.ts';
import { withGit } from '../../fixtures/scripted-git.ts';
import { RELEASE, WHITELIST } from '../../fixtures/workspace.ts';
import { judgedBefore } from './judged-before.ts';

let own: TestRepository;
let env: { XDG_CACHE_HOME: string };
/** The clock of the cache: files of the code that were written within seconds do not count as known. */
const began = Date.now() + 60_000;

beforeEach(() => {
  own = repository();
  env = { XDG_CACHE_HOME: temporaryFolder('kept') };
});
afterAll(removeRepositories);

interface Said {
  readonly code: number;
  readonly out: string;
}

async function audit(...words: string[]): Promise<Said> {
  let out = '';
  const io = { stdout: (text: string) => void (out += text), stderr: () => {}, isColoured: false };
  const code = await main(['audit', ...words, '--format', 'json'], { ...io, env, cwd: own.home, now: began });
  return { code, out };
}

/** What both say, which must be the same. */
async function bothSay(...words: string[]): Promise<any> {
  const kept = await audit(...words);
  expect(kept).toEqual(await audit(...words, '--no-cache'));
  return JSON.parse(kept.out);
}

let notes = 0;
const allowed = () => {
  own.edit(WHITELIST, /QA phone \d+/.exec(read(WHITELIST))![0], `QA phone ${10 + (notes += 1)}`);
  return own.commit({ by: 'alice' });
};
const refused = () => {
  const [from, to] = read(RELEASE).includes('enabled: true') ? ['true', 'false'] : ['false', 'true'];
  own.edit(RELEASE, `enabled: ${from}`, `enabled: ${to}`);
  return own.commit({ by: 'mallory' });
};
const read = (path: string) => own.git('show', `HEAD:config/${path}`);

/** Puts a count that no audit finds in the place of what is kept, so that using it shows. */
function marked(): void {
  const { store, name, text } = written();
  store.put(name, JSON.stringify({ ...JSON.parse(text), judged: 1000 }));
}

function written(): { store: Store; name: string; text: string } {
  const store = openStore(env)!;
  let name = '';
  const seen: Store = { get: (asked) => store.get((name = asked)), put: () => {} };
  judgedBefore(seen, { path: own.file(''), folder: 'config', prefix: 'config' }, began)!.of([]);
  return { store, name, text: store.get(name)! };
}

describe('what an audit found', () => {
  test('is not looked for again, and what is new is judged', async () => {
    allowed();
    refused();
    expect(await bothSay()).toMatchObject({ judged: 2, findings: [{ actor: null }] });
    marked();
    expect(JSON.parse((await audit()).out)).toMatchObject({ judged: 1000, findings: [{ actor: null }] });
    refused();
    const { judged, findings } = JSON.parse((await audit()).out);
    expect(judged).toBe(1001);
    expect(findings).toHaveLength(2);
    expect(JSON.parse((await audit('--no-cache')).out).judged).toBe(3);
  });

  test('rests on the commits: a rewritten history is judged anew', async () => {
    refused();
    allowed();
    await bothSay();
    marked();
    own.git('commit', '-q', '--amend', '-m', 'another message');
    expect(await bothSay()).toMatchObject({ judged: 2 });
  });

  test('rests on how the folder is named, which findings say', async () => {
    refused();
    await bothSay();
    marked();
    const there = ['--config', own.file('')];
    expect((await bothSay(...there)).findings[0].problems[0].file).toContain(own.home);
  });

  test('of one clone is not that of another', async () => {
    refused();
    await bothSay();
    marked();
    const other = temporaryFolder('other');
    cpSync(own.home, other, { recursive: true });
    own = repository(other, false);
    expect(await bothSay()).toMatchObject({ judged: 1 });
  });

  test('by other code, or damaged, is not used', async () => {
    refused();
    await bothSay();
    const { store, name, text } = written();
    const record = JSON.parse(text);
    store.put(name, JSON.stringify({ ...record, judged: 1000, rests: record.rests.replace('v2', 'v1') }));
    expect(await bothSay()).toMatchObject({ judged: 1 });
    marked();
    expect(judgedBefore(openStore(env), { path: own.file(''), folder: 'config', prefix: 'config' }, 0)).toBeUndefined();
  });

  test('of a merge of what was before a new beginning rests on what comes after it: it is judged again', async () => {
    own.git('switch', '-q', '--orphan', 'anew');
    own.git('checkout', '-q', 'main', '--', '.');
    own.remove('miniapps');
    for (const name of readdirSync(own.file('people'))) own.remove(`people/${name}`);
    mkdirSync(own.file('people'), { recursive: true });
    own.write('people/new.yaml', 'login: new\ngithubId: 4711\nname: New\nplatformRoles: [owner]\n');
    own.commit({ by: 'new' });
    own.git('merge', '-q', '-s', 'ours', '--allow-unrelated-histories', '-m', 'Merge', 'main');
    expect((await bothSay()).findings).toEqual([]);
    own.git('checkout', '-q', 'main', '--', 'config/miniapps');
    own.commit({ by: 'new' });
    const { findings } = await bothSay();
    const codes = findings.flatMap(({ problems }: any) => problems.map(({ code }: any) => code));
    expect(codes).toContain('beginning-apart');
  });

  test('is neither used nor kept for part of the history', async () => {
    allowed();
    refused();
    expect(await bothSay('--since', 'HEAD~1')).toMatchObject({ judged: 1 });
    expect(await bothSay()).toMatchObject({ judged: 2 });
    marked();
    expect(await bothSay('--since', 'HEAD~2')).toMatchObject({ judged: 2 });
    expect(await bothSay('--since', 'HEAD')).toMatchObject({ judged: 0, findings: [] });
  });
});

test('whatever becomes of a history, both say the same', async () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  const random = randomFrom(seed);
  const steps: Record<string, () => unknown> = {
    allowed,
    refused,
    nothing: () => own.commit({ by: 'alice', message: 'nothing' }),
    amended: () => own.git('commit', '-q', '--amend', '--allow-empty', '-m', `other words ${(notes += 1)}`),
    back: () => own.git('reset', '-q', '--hard', own.git('rev-parse', '-q', '--verify', 'HEAD~1') || 'HEAD'),
    merged() {
      own.git('switch', '-q', '-C', 'side', 'HEAD');
      refused();
      own.git('switch', '-q', 'main');
      own.git('merge', '-q', '--no-ff', '-m', 'brought together', 'side');
    },
  };
  const names = Object.keys(steps);
  const done: string[] = [];
  allowed();
  allowed();
  for (let step = 0; step < 24; step += 1) {
    const name = names[Math.floor(random() * names.length)]!;
    // The commit that brought the configuration stays.
    const isShort = name !== 'allowed' && Number(own.git('rev-list', '--count', '--first-parent', 'HEAD')) < 3;
    done.push(isShort ? 'allowed' : name);
    steps[done.at(-1)!]!();
    // Not after each step, so that several are new at once.
    if (random() < 0.3) continue;
    const [kept, whole] = [await audit(), await audit('--no-cache')];
    expect(kept, `SEED=${seed}: ${done.join(', ')}`).toEqual(whole);
  }
}, 300_000);

describe('a merge that Git cannot make again in time', () => {
  const ENDED = 'case "$*" in *merge-tree*) kill -9 $$;; esac';
  /** The merge of a branch with a change that its author may make, onto a change of another. */
  const merge = (): string => {
    own.git('switch', '-q', '-c', 'branch');
    allowed();
    own.git('switch', '-q', 'main');
    own.write('people/zed.yaml', 'login: zed\ngithubId: 900\nname: Zed\n');
    own.commit();
    own.git('merge', '-q', '--no-ff', '-m', 'Merge branch', 'branch');
    return own.git('rev-parse', 'HEAD');
  };

  test('is told as one that could not be looked at, is nobody’s fault, and is looked at the next time', async () => {
    const commit = merge();
    const { code, out } = await withGit(ENDED, () => audit());
    expect({ code, ...JSON.parse(out) }).toMatchObject({
      code: 2,
      ok: false,
      judged: 2,
      findings: [],
      unseen: [{ commit, subject: 'Merge branch' }],
    });
    expect(written().text).not.toContain(commit);
    expect(await bothSay()).toEqual({ ok: true, judged: 2, bootstrap: own.git('rev-parse', 'HEAD~2'), findings: [] });
    expect(written().text).toContain(commit);
    const said = await withGit(ENDED, () => own.run('audit', '--no-cache'));
    expect(said.out).toMatch(/Merge branch\n {2}could not be looked at: Git could not make this merge again in time/);
    expect(said.out).not.toMatch(/refused|contradiction/);
  });

  test('is kept from none that come before it: those are not judged again', async () => {
    refused();
    const before = own.git('rev-parse', 'HEAD');
    merge();
    refused();
    await withGit(ENDED, () => audit());
    marked();
    const { judged, findings } = JSON.parse((await audit()).out);
    expect([judged, findings.length, findings[0].commit]).toEqual([1002, 2, before]);
  });

  test('passes where an owner acknowledged it, and not by its own word', async () => {
    const commit = merge();
    const [first] = [own.git('rev-parse', 'HEAD~1')];
    const rows = (...commits: string[]) =>
      `${read('platform.yaml').split('\nacknowledged:')[0]}\nacknowledged:\n${commits.map((one) => `  - { commit: ${one}, reason: Seen }\n`).join('')}`;
    own.write('platform.yaml', rows(commit));
    own.commit();
    const { code, out } = await withGit(ENDED, () => audit());
    expect([code, JSON.parse(out)]).toMatchObject([0, { ok: true, acknowledged: [{ commit, unseen: 'time' }] }]);
    own.git('reset', '-q', '--hard', first!);
    own.git('switch', '-q', '-c', 'other');
    own.write('platform.yaml', rows(first!));
    own.commit();
    own.git('switch', '-q', 'main');
    refused();
    own.git('merge', '-q', '--no-ff', '-m', 'Merge rows', 'other');
    const merged = own.git('rev-parse', 'HEAD');
    const answer = JSON.parse((await withGit(ENDED, () => audit())).out);
    expect(answer.acknowledged).toMatchObject([{ commit: first, refused: merged }]);
  });
});
