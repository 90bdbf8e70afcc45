/**
 * One step of a version or release at a time, black-box: what it writes, line by line, and when it is refused. Longer than most files,
 * because it is one table: a row a step and state.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { runCommand } from '../../fixtures/run-command.ts';
import { fixtureFiles, SMART } from '../../fixtures/workspace.ts';

const S = `miniapps/${SMART}`;
const files = fixtureFiles();
const version = (number: string) => `${S}/versions/${number}.yaml`;
const { changes, home, remove, reset, run, runJson } = cliHarness('transitions');
afterAll(remove);

type State = Record<string, string | null>;
/** The promises of the fixture are about its own release; here releases change. */
const calm: State = { [`${S}/scenarios.yaml`]: null };
const reviewed = (review: string): State => ({
  ...calm,
  [version('1.2.0')]: files[version('1.2.0')]!.replace('review: { status: pending, submittedBy: bob }\n', review),
});
const development = reviewed('');
const formerly: State = {
  ...development,
  'people/bob.yaml': `${files['people/bob.yaml']!}formerLogins: [bob-old]\n`,
  'people/lena.yaml': 'login: lena\ngithubId: 110\nname: Lena\nleft: 2026-10-01\n',
};
const approved = reviewed('review: { status: approved, submittedBy: bob, reviewedBy: rita } # looked at twice\n');
const rejected = reviewed(
  'review:\n  status: rejected\n  submittedBy: bob\n  reviewedBy: rita\n  # said by phone\n  reason: No\n',
);
const released = (text: string): State => ({ ...approved, [`${S}/release.yaml`]: text });
const commented = released(
  '# head\nonline:\n  version: 1.1.0 # since May\n  enabled: true\nexperience: { version: 1.2.0 }\nprevious:\n  - 1.0.0 # the first\n',
);
const stopped = released('online: { version: 1.1.0, enabled: false } # too slow\nprevious: [1.0.0]\n');
const unreleased: State = { ...development, [`${S}/release.yaml`]: null };

const ROLLED_OUT =
  'online: { version: 1.1.0, enabled: true }\nrollout: { version: 1.2.0, percent: 10, apps: [smart-life], regions: [EU] }\nsequence: 7\n';
/** A release with a number, 1.2.0 approved. */
const numbered = (release: string): State => ({ ...approved, [`${S}/release.yaml`]: release });
beforeEach(() => reset());
afterEach(() => vi.unstubAllEnvs());

/** What becomes of the promise for the tester's account. */
const qaGets = (mark: '-' | '+', version: string): string =>
  `${mark}  - { name: QA scans the experience code, app: smart-life, region: EU, account: qa@example.com, entry: experience, expect: { opens: ${version} } }`;

describe('is taken, and writes', () => {
  const taken: [line: string, state: State, lines: string[]][] = [
    ['submit ID 1.2.0 --actor bob', development, [version('1.2.0'), '+review: { status: pending, submittedBy: bob }']],
    ['withdraw ID 1.2.0 --actor alice', calm, [version('1.2.0'), '-review: { status: pending, submittedBy: bob }']],
    [
      'withdraw ID 1.2.0 --actor bob',
      rejected,
      [
        version('1.2.0'),
        '-review:',
        '-  status: rejected',
        '-  submittedBy: bob',
        '-  reviewedBy: rita',
        '-  # said by phone',
        '-  reason: No',
      ],
    ],
    [
      'approve ID 1.2.0 --actor rita',
      calm,
      [
        version('1.2.0'),
        '-review: { status: pending, submittedBy: bob }',
        '+review: { status: approved, submittedBy: bob, reviewedBy: rita }',
      ],
    ],
    [
      'reject ID 1.2.0 --reason Crashes --actor rita',
      reviewed('review:\n  status: pending # since Monday\n  submittedBy: bob\n'),
      [
        version('1.2.0'),
        '-  status: pending # since Monday',
        '+  status: rejected # since Monday',
        '+  reviewedBy: rita',
        '+  reason: Crashes',
      ],
    ],
    [
      'revoke ID 1.0.0 --reason Leaks --actor rita',
      calm,
      [
        `${S}/release.yaml`,
        '-previous: [1.0.0]',
        version('1.0.0'),
        '-review: { status: approved, submittedBy: alice, reviewedBy: rita }',
        '+review: { status: rejected, submittedBy: alice, reviewedBy: rita, reason: Leaks }',
      ],
    ],
    [
      'revoke ID 1.1.0 --reason Leaks --actor rita',
      calm,
      [
        `${S}/release.yaml`,
        '-online: { version: 1.1.0, enabled: true }',
        '+sequence: 1',
        version('1.1.0'),
        '-review: { status: approved, submittedBy: alice, reviewedBy: rita }',
        '+review: { status: rejected, submittedBy: alice, reviewedBy: rita, reason: Leaks }',
      ],
    ],
    [
      'publish ID 1.2.0 --actor alice',
      commented,
      [
        `${S}/release.yaml`,
        '-  version: 1.1.0 # since May',
        '+  version: 1.2.0 # since May',
        '-experience: { version: 1.2.0 }',
        '+  - 1.1.0',
        '+sequence: 1',
      ],
    ],
    [
      'publish ID 1.2.0 --actor alice',
      { ...approved, [`${S}/release.yaml`]: null },
      [`${S}/release.yaml`, '+online: { version: 1.2.0, enabled: true }', '+sequence: 1'],
    ],
    [
      'rollback ID 1.0.0 --actor alice',
      stopped,
      [
        `${S}/release.yaml`,
        '-online: { version: 1.1.0, enabled: false } # too slow',
        '-previous: [1.0.0]',
        '+online: { version: 1.0.0, enabled: true } # too slow',
        '+previous: [1.1.0]',
        '+sequence: 1',
      ],
    ],
    [
      'rollback ID 1.0.0 --actor alice',
      commented,
      [
        `${S}/release.yaml`,
        '-  version: 1.1.0 # since May',
        '+  version: 1.0.0 # since May',
        '-  - 1.0.0 # the first',
        '+  - 1.1.0',
        '+sequence: 1',
      ],
    ],
    [
      'disable ID --actor alice',
      commented,
      [`${S}/release.yaml`, '-  enabled: true', '+  enabled: false', '+sequence: 1'],
    ],
    [
      'enable ID --actor alice',
      stopped,
      [
        `${S}/release.yaml`,
        '-online: { version: 1.1.0, enabled: false } # too slow',
        '+online: { version: 1.1.0, enabled: true } # too slow',
        '+sequence: 1',
      ],
    ],
    [
      'rollout start ID 1.2.0 --percent 12.5 --app smart-life --region EU,AY --actor alice',
      numbered('online: { version: 1.1.0, enabled: true }\nsequence: 7\n'),
      [
        `${S}/release.yaml`,
        '-sequence: 7',
        '+rollout: { version: 1.2.0, percent: 12.5, apps: [smart-life], regions: [EU, AY] }',
        '+sequence: 8',
      ],
    ],
    [
      'rollout widen ID --percent 20% --app oem-home --region all --actor alice',
      numbered(ROLLED_OUT),
      [
        `${S}/release.yaml`,
        '-rollout: { version: 1.2.0, percent: 10, apps: [smart-life], regions: [EU] }',
        '-sequence: 7',
        '+rollout: { version: 1.2.0, percent: 20, apps: [smart-life, oem-home] }',
        '+sequence: 8',
      ],
    ],
    [
      'rollout stop ID --actor alice',
      numbered(ROLLED_OUT),
      [
        `${S}/release.yaml`,
        '-rollout: { version: 1.2.0, percent: 10, apps: [smart-life], regions: [EU] }',
        '-sequence: 7',
        '+sequence: 8',
      ],
    ],
    [
      'rollout finish ID --actor alice',
      numbered(ROLLED_OUT),
      [
        `${S}/release.yaml`,
        '-online: { version: 1.1.0, enabled: true }',
        '-rollout: { version: 1.2.0, percent: 10, apps: [smart-life], regions: [EU] }',
        '-sequence: 7',
        '+online: { version: 1.2.0, enabled: true }',
        '+previous: [1.1.0]',
        '+sequence: 8',
      ],
    ],
    [
      'publish ID 1.2.0 --actor alice',
      numbered(ROLLED_OUT),
      [
        `${S}/release.yaml`,
        '-online: { version: 1.1.0, enabled: true }',
        '-rollout: { version: 1.2.0, percent: 10, apps: [smart-life], regions: [EU] }',
        '-sequence: 7',
        '+online: { version: 1.2.0, enabled: true }',
        '+previous: [1.1.0]',
        '+sequence: 8',
      ],
    ],
    [
      'experience set ID 1.3.0 --actor bob',
      commented,
      [`${S}/release.yaml`, '-experience: { version: 1.2.0 }', '+experience: { version: 1.3.0 }'],
    ],
    ['experience set ID 1.3.0 --actor bob', unreleased, [`${S}/release.yaml`, '+experience: { version: 1.3.0 }']],
    ['experience clear ID --actor bob', commented, [`${S}/release.yaml`, '-experience: { version: 1.2.0 }']],
    [
      'experience set ID 1.3.0 --update-scenarios --actor bob',
      {},
      [
        `${S}/release.yaml`,
        '-experience: { version: 1.2.0 }',
        '+experience: { version: 1.3.0 }',
        `${S}/scenarios.yaml`,
        qaGets('-', '1.2.0'),
        qaGets('+', '1.3.0'),
      ],
    ],
    [
      'experience clear ID --update-scenarios --actor bob',
      {},
      [
        `${S}/release.yaml`,
        '-experience: { version: 1.2.0 }',
        `${S}/scenarios.yaml`,
        qaGets('-', '1.2.0'),
        qaGets('+', '1.1.0'),
      ],
    ],
    [
      'experience clear ID --actor bob',
      released('# nothing online yet\nexperience: { version: 1.2.0 }\n'),
      [`${S}/release.yaml`, '-experience: { version: 1.2.0 }', '+{}'],
    ],
    [
      'experience clear ID --actor bob',
      released(
        '# yaml-language-server: $schema=../../../schemas/release.schema.json\nexperience: { version: 1.2.0 }\n',
      ),
      [
        `${S}/release.yaml`,
        '-# yaml-language-server: $schema=../../../schemas/release.schema.json',
        '-experience: { version: 1.2.0 }',
      ],
    ],
  ];
  test.each(taken)('%s', async (line, state, expected) => {
    reset(state);
    const words = `${line.replace('ID', SMART)}`;
    const dry = await run(`${words} --dry-run`);
    expect(dry.code, dry.out).toBe(0);
    expect(changes()).toEqual([]);
    const { code, value } = await runJson(`${words} --no-pr`);
    expect(value.problems).toEqual([]);
    expect({ code, ok: value.ok, miniapp: value.miniapp }).toEqual({ code: 0, ok: true, miniapp: SMART });
    expect(changes()).toEqual(expected);
    expect(value.files.map((file: string) => file.replace('config/', '')).sort()).toEqual(
      expected.filter((entry) => entry.startsWith('miniapps/')).sort(),
    );
    const kinds = value.transitions.map(({ kind }: { kind: string }) => kind);
    const [verb = '', second = ''] = words.split(' ');
    const isNoun = verb === 'experience' || verb === 'rollout';
    expect(kinds).toContain(second === 'finish' ? 'publish' : isNoun ? `${second}-${verb}` : verb);
    for (const diffLine of expected.filter((entry) => /^[+-]/.test(entry)))
      expect(dry.out).toContain(`\n${diffLine}\n`);
  });

  test('delete takes the file away', async () => {
    expect((await run(`delete ${SMART} 1.3.0 --actor bob`)).code).toBe(0);
    const [path, ...lines] = changes();
    expect(path).toBe(version('1.3.0'));
    expect(lines.every((line) => line.startsWith('-'))).toBe(true);
    expect(lines).toHaveLength(files[version('1.3.0')]!.trimEnd().split('\n').length);
  });
});

describe('is refused, and writes nothing', () => {
  const refused: [line: string, state: State, code: string, says: string][] = [
    ['submit ID 1.9.0 --actor bob', {}, 'reference-unknown', 'It has 1.3.0, 1.2.0, 1.1.0, 1.0.0'],
    ['submit ID 1.0.0 --actor bob', {}, 'step-not-now', `rollback ${SMART} 1.0.0`],
    ['submit ID 1.3.0 --actor bob', {}, 'step-not-now', `withdraw ${SMART} 1.2.0`],
    ['submit ID 1.2.0 --actor rita', development, 'actor-not-allowed', 'alice, bob'],
    ['submit ID 1.2.0 --actor carol', development, 'actor-unknown', 'person add carol'],
    ['submit ID 1.2.0 --actor bob-old', formerly, 'actor-unknown', 'bob-old is bob here'],
    ['submit ID 1.2.0 --actor lena', formerly, 'actor-unknown', 'lena left on 2026-10-01'],
    ['withdraw ID 1.2.0 --actor bob', approved, 'step-not-now', `publish ${SMART} 1.2.0`],
    ['approve ID 1.3.0 --actor rita', {}, 'step-not-now', `delete ${SMART} 1.3.0`],
    ['approve ID 1.2.0 --actor alice', {}, 'review-by-author', 'another'],
    ['approve ID 1.2.0 --actor olga', {}, 'actor-not-allowed', 'rita'],
    ['reject ID 1.1.0 --reason No --actor rita', {}, 'step-not-now', `disable ${SMART}`],
    ['revoke ID 1.2.0 --reason No --actor rita', {}, 'step-not-now', `reject ${SMART} 1.2.0`],
    ['revoke ID 1.1.0 --reason No --actor alice', {}, 'actor-not-allowed', 'rita'],
    ['publish ID 1.3.0 --actor alice', {}, 'step-not-now', '1.3.0'],
    ['publish ID 1.2.0 --actor bob', approved, 'actor-not-allowed', 'alice'],
    ['publish ID 1.1.0 --actor alice', stopped, 'step-not-now', `enable ${SMART}`],
    ['rollback ID 1.2.0 --actor alice', approved, 'step-not-now', `publish ${SMART} 1.2.0`],
    ['enable ID --actor alice', unreleased, 'step-not-now', `submit ${SMART} 1.3.0`],
    ['disable ID --actor bob', {}, 'actor-not-allowed', 'alice'],
    ['experience set ID 1.1.0 --actor bob', {}, 'step-not-now', 'online'],
    ['experience clear ID --actor bob', {}, 'scenario-broken', 'QA scans the experience code'],
    ['delete ID 1.2.0 --actor bob', {}, 'step-not-now', 'the experience version'],
    ['delete ID 1.0.0 --actor bob', {}, 'step-not-now', 'superseded'],
    ['rollout start ID 1.2.0 --percent 10 --actor alice', {}, 'step-not-now', `approve ${SMART} 1.2.0`],
    ['rollout start ID 1.2.0 --percent 10 --actor bob', approved, 'actor-not-allowed', 'alice'],
    ['rollout start ID 1.2.0 --percent 100 --actor alice', approved, 'field-limit', 'percent'],
    ['rollout start ID 1.2.0 --percent 0.5 --actor alice', approved, 'field-limit', 'percent'],
    ['rollout start ID 1.2.0 --percent 1.125 --actor alice', approved, 'rollout-percent', '1.13'],
    ['rollout start ID 1.2.0 --percent 10 --app nobody --actor alice', approved, 'reference-unknown', 'nobody'],
    ['rollout start ID 1.0.0 --percent 10 --actor alice', approved, 'step-not-now', `rollback ${SMART} 1.0.0`],
    ['rollout start ID 1.2.0 --percent 20 --actor alice', numbered(ROLLED_OUT), 'step-not-now', 'rollout widen'],
    ['rollout widen ID --percent 20 --actor alice', approved, 'step-not-now', 'nothing is rolled out'],
    ['rollout widen ID --percent 20 --actor alice', {}, 'step-not-now', `show ${SMART}`],
    ['rollout widen ID --percent 5 --actor alice', numbered(ROLLED_OUT), 'rollout-narrowed', 'only widens'],
    ['rollout finish ID --actor alice', approved, 'step-not-now', 'nothing is rolled out'],
    ['publish ID 1.2.0 --actor alice', { ...approved, [`${S}/miniapp.yaml`]: 'id: x\n' }, 'field-missing', 'name'],
  ];
  test.each(refused)('%s', async (line, state, code, says) => {
    reset(state);
    const words = line.replace('ID', SMART);
    const { code: exit, value } = await runJson(words);
    expect(exit).toBe(1);
    expect(value).toMatchObject({ ok: false, miniapp: SMART, files: [] });
    expect(value.problems.map((found: { code: string }) => found.code)).toContain(code);
    const pretty = await run(words);
    expect(pretty.code).toBe(1);
    expect(pretty.out).toContain(code);
    expect(pretty.out).toContain(says);
    expect(changes()).toEqual([]);
  });

  test('a miniapp that is not there', async () => {
    const { code, out } = await run('submit nobody00 1.0.0 --actor bob');
    expect(code).toBe(1);
    expect(out).toContain('there is no miniapp "nobody00"');
  });

  test.each([
    ['reject ID 1.2.0 --actor rita', '--reason is missing'],
    ['delete ID --actor bob', 'VERSION is missing'],
    ['experience take ID 1.2.0 --actor bob', 'set, clear'],
    ['experience', 'a word is missing'],
    ['rollout start ID 1.2.0 --actor alice', '--percent is missing'],
    ['rollout start ID 1.2.0 --percent ten --actor alice', 'write a number'],
    ['rollout stop ID --percent 10 --actor alice', 'rollout stop takes no --percent'],
  ])('%s is wrong usage', async (line, why) => {
    const { code, err } = await run(line.replace('ID', SMART));
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(changes()).toEqual([]);
  });
});

describe('has nothing to do, and says so', () => {
  test.each<[line: string, state: State, says: string]>([
    ['submit ID 1.2.0 --actor bob', {}, '1.2.0 is under review'],
    ['withdraw ID 1.3.0 --actor bob', {}, '1.3.0 is in development'],
    ['approve ID 1.2.0 --actor rita', approved, '1.2.0 is approved'],
    ['reject ID 1.2.0 --reason No --actor rita', rejected, '1.2.0 is rejected'],
    ['revoke ID 1.2.0 --reason No --actor rita', rejected, '1.2.0 is rejected'],
    ['publish ID 1.1.0 --actor alice', {}, '1.1.0 is online'],
    ['rollback ID 1.1.0 --actor alice', {}, '1.1.0 is online'],
    ['enable ID --actor alice', {}, '1.1.0 is enabled'],
    ['disable ID --actor alice', stopped, '1.1.0 is disabled'],
    ['experience set ID 1.2.0 --actor bob', {}, 'the experience version'],
    ['experience clear ID --actor bob', unreleased, 'no experience version'],
    ['rollout stop ID --actor alice', approved, 'nothing of'],
    ['rollout widen ID --percent 10 --actor alice', numbered(ROLLED_OUT), '1.2.0 to 10 %'],
  ])('%s', async (line, state, says) => {
    reset(state);
    const { code, out } = await run(line.replace('ID', SMART));
    expect(code).toBe(0);
    expect(out).toContain('nothing to do: ');
    expect(out).toContain(says);
    const { value } = await runJson(line.replace('ID', SMART));
    expect(value).toMatchObject({ ok: true, files: [], transitions: [], problems: [] });
    expect(changes()).toEqual([]);
  });
});

describe('around a step', () => {
  test('what changes for whom is shown, and that no pull request was opened', async () => {
    reset(approved);
    const { out, err } = await run(`publish ${SMART} 1.2.0 --actor alice`);
    expect(out).toContain(`publish ${SMART} 1.2.0\n  wrote config/${S}/release.yaml\n`);
    expect(out).toMatch(/everyone in Smart Life, China, Central Europe.*: 1\.1\.0 → 1\.2\.0/);
    expect(err).toContain('no pull request was opened');
    expect(err).toContain('history is left out: this is no Git repository');
  });

  test('--no-pr says nothing of a pull request', async () => {
    const { err } = await run(`delete ${SMART} 1.3.0 --actor bob --no-pr`);
    expect(err).not.toContain('pull request');
  });

  test('without an actor it is wrong usage, unless nothing asks for one', async () => {
    vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
    const { code, err } = await run(`submit ${SMART} 1.3.0`);
    expect(code).toBe(2);
    expect(err).toContain('--actor is missing: who makes the change? (git');
    // A token that nobody was asked about is said, so that nobody looks for the fault in it.
    const told = await runCommand(['submit', SMART, '1.3.0'], { cwd: home, env: { GITHUB_TOKEN: 'of-somebody' } });
    expect(told.err).toContain('Nobody was asked whose the token is, as this is no Git repository');
    expect((await run(`whitelist list ${SMART}`)).code).toBe(0);
  });

  test('an option without its value is told in one sentence', async () => {
    const { value } = await runJson(`submit ${SMART} 1.3.0 --actor`);
    expect(value).toMatchObject({ ok: false, code: 'option-value' });
    expect(value.error).toMatch(/^--actor lacks its value: [^\n]*--actor=-VALUE\)$/);
  });

  test('plan says of what was written what the command said before', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: home,
        stdio: 'pipe',
      });
    reset(approved);
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'base');
    for (const line of [`publish ${SMART} 1.2.0 --actor alice`, `rollback ${SMART} 1.1.0 --actor alice`]) {
      const { value: said } = await runJson(line);
      const { value: planned } = await runJson('plan --actor alice');
      const { ok, transitions, problems, approvals } = said;
      expect({ ok, transitions, problems, approvals }).toEqual({
        ok: planned.ok,
        transitions: planned.transitions,
        problems: planned.problems,
        approvals: planned.approvals,
      });
      expect(ok).toBe(true);
      git('commit', '-q', '-a', '-m', line);
    }
    rmSync(join(home, '.git'), { recursive: true });
  });

  test('--dry-run as JSON has the diff', async () => {
    const { value } = await runJson(`delete ${SMART} 1.3.0 --actor bob --dry-run`);
    expect(value).toMatchObject({
      ok: true,
      dryRun: true,
      transitions: [{ kind: 'delete', miniapp: SMART, version: '1.3.0' }],
      approvals: { required: 0, given: [], missing: 0 },
      files: [`config/${version('1.3.0')}`],
    });
    expect(value.diff).toContain('+++ /dev/null\n');
    expect(changes()).toEqual([]);
  });
});

test('rollout show tells what is rolled out, to whom, and what comes next', async () => {
  reset(numbered(ROLLED_OUT));
  const { code, value } = await runJson(`rollout show ${SMART}`);
  expect({ code, value }).toMatchObject({
    code: 0,
    value: {
      miniapp: SMART,
      rollout: { version: '1.2.0', percent: 10, apps: ['smart-life'], regions: ['EU'] },
      sequence: 7,
      parts: { in: 1000, of: 10000 },
      next: expect.arrayContaining([{ kind: 'stop-rollout', command: `npx miniapp rollout stop ${SMART}` }]),
    },
  });
  reset();
  expect((await runJson(`rollout show ${SMART}`)).value).toMatchObject({ rollout: null, sequence: 0 });
});

test('in Git the number follows the last commit, however many commands come before the next; what they undo counts nothing', async () => {
  reset(numbered('online: { version: 1.1.0, enabled: true }\nsequence: 7\n'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...words], { cwd: home });
  git('init', '-q');
  git('add', 'config');
  git('commit', '-qm', 'x');
  try {
    const numberAfter = async (line: string) => {
      const { code } = await run(`${line.replace('ID', SMART)} --actor alice --no-pr`);
      expect(code).toBe(0);
      return changes().find((one) => one.startsWith('+sequence'));
    };
    expect(await numberAfter('disable ID')).toBe('+sequence: 8');
    expect(await numberAfter('rollout start ID 1.2.0 --percent 10')).toBe('+sequence: 8');
    expect(await numberAfter('rollout stop ID')).toBe('+sequence: 8');
    expect(await numberAfter('enable ID')).toBeUndefined();
    expect(changes()).toEqual([]);
  } finally {
    rmSync(join(home, '.git'), { recursive: true, force: true });
  }
});

test('an approval says of which bytes it is, and whose', async () => {
  reset(calm);
  const { out } = await run(['approve', SMART, '1.2.0', '--actor', 'rita', '--dry-run']);
  const { err, code } = await run(['approve', SMART, '1.2.0', '--actor', 'rita', '--dry-run']);
  expect([code, out]).toEqual([0, expect.stringContaining('+')]);
  expect(err).toMatch(
    /approved is \d+ files?, \d+ bytes, sha256 [0-9a-f]{64}; uploaded by \w+, submitted by bob; npx miniapp show \w+ 1\.2\.0 /,
  );
  reset({ ...calm, [version('1.2.0')]: files[version('1.2.0')]!.replace(/^package:.*\n(?: .*\n)*/m, '') });
  const { err: without } = await run(['approve', SMART, '1.2.0', '--actor', 'rita', '--dry-run']);
  expect(without).toMatch(/approved is a version whose bytes are not recorded; uploaded by \w+, /);
});
