/** Commands that answer people: what waits for a review, one version in full, who somebody is; and words that name a miniapp. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { fixtureFiles, PANEL, SMART } from '../fixtures/workspace.ts';

const files = fixtureFiles();
const { remove, reset, run, runJson } = cliHarness('questions');
afterAll(remove);
beforeEach(() => reset());

describe('a word that names a miniapp', () => {
  test.each([
    ['the id', SMART],
    ['the beginning of one id alone', SMART.slice(0, 4)],
    ['more of it', SMART.slice(0, 12)],
    ['its name', 'Alarm clock'],
    ['its name in another case', 'alarm CLOCK'],
    ['its name in another language', '闹钟'],
  ])('may be %s', async (_, word) => {
    expect((await runJson(['show', word])).value.id).toBe(SMART);
  });

  test('that means several is refused, and names them', async () => {
    const basics = `miniapps/${PANEL}/miniapp.yaml`;
    reset({ [basics]: files[basics]!.replace(/^name:.*$/m, 'name: { en: Alarm clock }') });
    const { code, err } = await run(['show', 'alarm clock']);
    expect(code).toBe(2);
    expect(err).toContain(`${PANEL}, ${SMART}`);
  });

  test.each(['clock', 'ty', SMART.slice(0, -1)])(
    'is neither a part of a name, nor a few letters, nor an id with a slip: %s',
    async (word) => {
      const { code, value } = await runJson(['resolve', word, '--app', 'smart-life', '--region', 'EU']);
      expect([code, value.code]).toEqual([1, 'unknown-miniapp']);
      expect((await run(['disable', word, '--no-pr', '--actor', 'alice'])).code).toBe(1);
    },
  );

  test.each(['nothing', 'constructor', '__proto__', '../people'])(
    'that means none (%s) stays as it is',
    async (word) => {
      const { code, err } = await run(['show', word]);
      expect({ code, says: err.includes('npx miniapp list shows all of them') }).toEqual({ code: 2, says: true });
    },
  );

  test('is understood where it follows another word, and in --miniapp', async () => {
    expect((await runJson('whitelist list tysm')).value.miniapp).toBe(SMART);
    const line = 'whitelist add --miniapp tysm --miniapp typa new@example.com --app smart-life --actor alice --dry-run';
    expect((await runJson(line)).value.files).toEqual([
      `config/miniapps/${PANEL}/whitelist.yaml`,
      `config/miniapps/${SMART}/whitelist.yaml`,
    ]);
  });
});

describe('an account that is none', () => {
  test.each([
    ['qa@example.com', ''],
    ['QA@Example.com', ''],
    ['eu1623847561029abcde', ''],
    ['+49 170 1234567', ''],
    ['qa@', expect.stringContaining('"qa@" is no account')],
    ['not an account!', expect.stringContaining('"not an account!" is no account')],
  ])('%s', async (account, warning) => {
    const words = ['resolve', SMART, '--app', 'smart-life', '--region', 'EU', '--account', account];
    expect(await run(words)).toMatchObject({ code: 0, err: warning });
  });
});

describe('list', () => {
  test.each([
    ['--type panel', [PANEL]],
    ['--app oem-home', [PANEL, SMART]],
    ['--under-review', [SMART]],
    ['--member alice --type smart', [SMART]],
    ['--out-of-service --type smart', []],
  ])('%s', async (filters, ids) => {
    const { code, value } = await runJson(`list ${filters}`);
    expect({ code, ids: value.miniapps.map(({ id }: { id: string }) => id) }).toEqual({ code: 0, ids });
  });

  test.each(['--app smartlife', '--member nobody', '--category none', '--type big'])('%s is a slip', async (filter) => {
    expect((await run(`list ${filter}`)).code).toBe(2);
  });
});

test('a miniapp says what comes next where it has no version, and which rows of its whitelist have ended', async () => {
  const whitelist = `miniapps/${PANEL}/whitelist.yaml`;
  reset({
    [whitelist]: `${files[whitelist]}  - { app: smart-life, account: old@example.com, expires: 2020-01-01 }\n`,
  });
  expect((await run(`show ${PANEL}`)).out).toMatch(
    /cde in smart-life; old@example\.com in smart-life \(ended 2020-01-01\)/,
  );
  const [id] = (await run('create --name New --type smart --actor bob --no-pr')).out.split('\n');
  expect((await run(['show', id!])).out).toContain(`npx miniapp upload ${id} DIR --version 1.0.0`);
  expect((await run(`show ${PANEL}`)).out).not.toContain('no version yet');
});

test('what is given up is listed only when it is asked for', async () => {
  reset({
    [`miniapps/${PANEL}/miniapp.yaml`]: `${files[`miniapps/${PANEL}/miniapp.yaml`]!}archived: true\n`,
    [`miniapps/${PANEL}/release.yaml`]: null,
  });
  const ids = async (line: string) => (await runJson(line)).value.miniapps.map(({ id }: { id: string }) => id);
  expect(await ids('list')).toEqual([SMART]);
  expect(await ids('list --archived')).toEqual([PANEL]);
  expect((await run(`show ${PANEL}`)).out).toMatch(
    new RegExp(`archived: given up[^\\n]*\\n +npx miniapp edit ${PANEL} --unarchive`),
  );
});

test('of what is given up no step towards people is offered, and one that is asked for says why not', async () => {
  const own = `miniapps/${SMART}`;
  reset({
    [`${own}/miniapp.yaml`]: `${files[`${own}/miniapp.yaml`]!}archived: true\n`,
    [`${own}/release.yaml`]: null,
    [`${own}/scenarios.yaml`]: null,
    [`${own}/versions/1.2.0.yaml`]: files[`${own}/versions/1.2.0.yaml`]!.replace(/^review: .*\n/m, ''),
  });
  const { transitions } = (await runJson(`show ${SMART}`)).value;
  expect(new Set(transitions.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['revoke', 'delete']));
  const { code, value } = await runJson(`submit ${SMART} 1.2.0 --actor bob --no-pr`);
  expect([code, value.problems[0].code]).toEqual([1, 'step-not-now']);
  const why = `archived (npx miniapp edit ${SMART} --unarchive)`;
  expect(value.problems[0].message).toContain(why);
  const asked = (await runJson(`resolve ${SMART} --app smart-life --region EU`)).value;
  expect(asked.fix).toEqual([expect.objectContaining({ command: `npx miniapp edit ${SMART} --unarchive` })]);
  // Without a version none is found that could take it, for the same reason.
  expect((await run(`publish ${SMART} --actor alice --no-pr`)).err).toContain(why);
  expect((await runJson(`rollout finish ${SMART} --actor alice --no-pr`)).value.problems[0].message).toContain(why);
});

describe('resolve LINK', () => {
  const link = async (options: string) => (await runJson(`qr ${SMART} ${options}`)).value.url as string;

  test('a scanned code is the miniapp, app, entry and page that it was made of', async () => {
    const url = await link('--entry experience --app smart-life --page pages/index/index');
    const { code, value } = await runJson(['resolve', url, '--region', 'EU', '--account', 'qa@example.com']);
    expect({ code, value }).toMatchObject({
      code: 0,
      value: { outcome: 'opens', version: '1.2.0', channel: 'experience' },
    });
  });

  test('a normal link is one', async () => {
    const { value } = await runJson(['resolve', await link('--app smart-life'), '--region', 'EU']);
    expect(value).toMatchObject({ outcome: 'opens', version: '1.1.0', channel: 'online' });
  });

  test('the vendor’s own link, which no app’s scheme wraps, is of the app that is named', async () => {
    const bare = `godzilla://${SMART}/pages/index/index?deviceId=d1`;
    const { value } = await runJson(['resolve', bare, '--region', 'EU', '--app', 'smart-life']);
    expect(value).toMatchObject({ outcome: 'opens', version: '1.1.0', channel: 'online' });
    expect((await run(['resolve', bare, '--region', 'EU'])).err).toContain('the link names no app: --app says which');
  });

  test.each(['https://example.com/x', 'nobody://miniApp?url=x'])('%s is none of this platform', async (url) => {
    expect((await run(['resolve', url, '--region', 'EU'])).code).toBe(2);
  });
});

describe('--app and --region', () => {
  const asked = async (app: string, region: string) =>
    (await runJson(['resolve', SMART, '--app', app, '--region', region])).value;
  test.each([
    ['smart-life', 'EU'],
    ['Smart Life', 'Central Europe'],
    ['智能生活', 'EU'],
  ])('may be written as people read them: %s, %s', async (app, region) => {
    expect(await asked(app, region)).toMatchObject({ outcome: 'opens', version: '1.1.0' });
  });

  test.each([
    ['Smart', 'EU', 'unknown-app'],
    ['SMART-LIFE', 'EU', 'unknown-app'],
    ['smart-life', 'eu', 'unknown-region'],
    ['Smart Life', 'Europe', 'unknown-region'],
    ['constructor', '__proto__', 'unknown-app'],
  ])('that name none stay as they are: %s, %s', async (app, region, code) => {
    expect(await asked(app, region)).toMatchObject({ outcome: 'error', code });
  });

  test.each(['EU,AZ', 'all'])('a promise is of one region, not of %s', async (regions) => {
    const promise = ['--name', 'New', '--app', 'smart-life', '--region', regions, '--opens', 'online'];
    const { code, err } = await run(['scenario', 'add', SMART, ...promise, '--actor', 'alice', '--dry-run']);
    expect([code, err]).toEqual([2, expect.stringContaining(`--region ${regions}: a promise is of one region`)]);
  });

  test('several with commas', async () => {
    const words = ['trafficking', 'add', PANEL, '--app', 'oem home', '--region', 'western america,Central Europe'];
    const { out } = await run([...words, '--actor', 'alice', '--dry-run']);
    expect(out).toContain('regions: [AZ, EU]');
  });
});

describe('reviews', () => {
  test('names who may review, never who submitted or uploaded', async () => {
    const { value } = await runJson('reviews');
    expect(value.reviews).toMatchObject([
      { miniapp: SMART, version: '1.2.0', submittedBy: 'bob', submittedAt: null, isLate: false, reviewers: ['rita'] },
    ]);
  });

  test('--for leaves what somebody else must do', async () => {
    expect((await runJson('reviews --for rita')).value.reviews).toHaveLength(1);
    expect((await runJson('reviews --for bob')).value.reviews).toEqual([]);
    expect((await run('reviews --for nobody')).code).toBe(2);
  });
});

describe('show ID VERSION', () => {
  test('compares with what people have, and says what would change', async () => {
    const { value } = await runJson(`show ${SMART} 1.2.0`);
    expect(value).toMatchObject({
      miniapp: SMART,
      version: '1.2.0',
      stage: 'review',
      experience: true,
      comparedWith: '1.1.0',
      waiting: { reviewers: ['rita'] },
    });
    expect(value.effects.map(({ after }: { after: string }) => after)).toContain('1.2.0');
  });

  test('of the online version nothing is compared', async () => {
    const { value } = await runJson(`show ${SMART} 1.1.0`);
    expect(value).toMatchObject({ stage: 'online', comparedWith: null, effects: [] });
    expect(value).not.toHaveProperty('waiting');
  });

  test('a version that is not there is named with those that are', async () => {
    const { code, err } = await run(`show ${SMART} 9.9.9`);
    expect(code).toBe(2);
    expect(err).toContain('1.3.0, 1.2.0, 1.1.0, 1.0.0');
  });

  test('the pretty form has every part', async () => {
    const { out } = await run(`show ${SMART} 1.2.0`);
    for (const part of ['SHA-256', 'under review', 'if it is published', 'what can be done now'])
      expect(out).toContain(part);
  });
});

describe('whoami', () => {
  const release = (miniapp: string, role: string, ...kinds: string[]) =>
    expect.objectContaining({ miniapp, role, release: kinds.length > 0 ? expect.arrayContaining(kinds) : [] });
  test.each([
    ['alice', 0, { known: true, memberships: expect.arrayContaining([release(SMART, 'admin', 'start-rollout')]) }],
    ['bob', 0, { known: true, memberships: expect.arrayContaining([release(SMART, 'developer')]) }],
    ['rita', 0, { known: true, may: expect.arrayContaining(['approve']) }],
    ['nobody', 1, { known: false, roles: [], may: [] }],
  ])('%s', async (login, expected, found) => {
    const { code, value } = await runJson(`whoami --actor ${login}`);
    expect(code).toBe(expected);
    expect(value).toMatchObject(found);
  });
});

describe('what a version of the app can run', () => {
  const app = 'apps/smart-life.yaml';
  const held = (appVersion: string, baseLibrary: string, share = '') =>
    `  - { appVersion: ${appVersion}, baseLibrary: ${baseLibrary}, kits: { BaseKit: 3.10.4 }${share} }\n`;
  const runtimes = `runtimes:\n${held('6.0.0', '2.10.0', ', share: 4')}${held('6.9.0', '2.20.0')}${held('6.2.0', '2.14.2')}`;
  const ASK = `resolve ${SMART} --app smart-life --region EU --app-version`;
  beforeEach(() => reset({ [app]: `${files[app]}${runtimes}` }));

  test.each<[string, number, object]>([
    ['6.2.0', 0, { outcome: 'opens', version: '1.1.0', channel: 'online' }],
    ['5.0.0', 1, { outcome: 'error', code: 'unknown-app-version' }],
    ['6.0.0', 1, { outcome: 'error', code: 'host-incompatible' }],
  ])('%s', async (version, expected, answer) => {
    const { code, value } = await runJson(`${ASK} ${version}`);
    expect({ code, value }).toMatchObject({ code: expected, value: answer });
  });

  test('what is missing is named, and the lowest version of the app that would do; its command opens', async () => {
    const { value } = await runJson(`${ASK} 6.0.0`);
    expect(value.fix[0].text).toMatch(/baseLibrary 2\.14\.2.*baseLibrary 2\.10\.0.*6\.2\.0/);
    expect((await run(value.fix[0].command.replace('npx miniapp ', ''))).code).toBe(0);
  });

  test('nothing is asked of an app that does not say', async () => {
    expect((await runJson(`resolve ${SMART} --app oem-home --region EU --app-version 1.0.0`)).code).toBe(0);
  });

  test('a code says in which versions of the app it does not open', async () => {
    const { code, out, err } = await run(`qr ${SMART}`);
    expect({ code, hasLink: out.includes('smartlife://') }).toEqual({ code: 0, hasLink: true });
    expect(err).toContain('6.0.0, 4 % of its users (host-incompatible)');
    expect((await runJson(`qr ${SMART}`)).value.incompatible).toEqual(['6.0.0']);
    // Of the experience code that is said of those who get the experience version: everybody else gets another, which may run.
    const tried = await run(`qr ${SMART} --entry experience`);
    expect(tried.err).toContain('For whitelisted accounts it does not open in smart-life ');
    expect(tried.err).not.toContain('of its users');
  });
});
