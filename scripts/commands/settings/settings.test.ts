/**
 * The settings commands, black-box: what each writes, line by line, and when it is refused. Longer than most files, because it is one
 * table: a row a setting.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { fixtureFiles, PANEL, SMART } from '../../fixtures/workspace.ts';

const S = `miniapps/${SMART}`;
const P = `miniapps/${PANEL}`;
const { changes, home, remove, reset, run, runJson, text } = cliHarness('settings');
afterAll(remove);
beforeEach(() => reset());

type State = Record<string, string | null>;
const whitelist = (rows: string): State => ({ [`${S}/whitelist.yaml`]: `# who tests\nwhitelist:\n${rows}` });
const two = '  - { app: smart-life, account: qa@example.com } # phone 3\n';
const ended = whitelist(`${two}  - { app: smart-life, account: old@example.com, note: Agency, expires: 2026-10-01 }\n`);
const noPromises: State = { [`${S}/scenarios.yaml`]: null };

const held: State = {
  'apps/oem-home.yaml': `${fixtureFiles()['apps/oem-home.yaml']}runtimes:
  - { appVersion: 6.6.0, baseLibrary: 2.26.7, kits: { BaseKit: 3.10.4 }, share: 12.5 } # most
  - { appVersion: 6.0.0, baseLibrary: 2.14.2 }
`,
};

const svg = (colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="${colour}"/></svg>\n`;

type Line = string | string[];
/** `ID` is the smart miniapp, `PANEL` the panel. */
const wordsOf = (line: Line) =>
  (typeof line === 'string' ? line.split(' ') : line).map((word) =>
    word === 'ID' ? SMART : word === 'PANEL' ? PANEL : word,
  );

describe('writes', () => {
  const written: [line: Line, state: State, lines: string[]][] = [
    [
      ['edit', 'ID', '--name', 'Alarm, the clock', '--actor', 'bob'],
      {},
      [`${S}/miniapp.yaml`, '-name: { en: Alarm clock, zh: 闹钟 }', "+name: { en: 'Alarm, the clock', zh: 闹钟 }"],
    ],
    [
      ['edit', 'ID', '--description', '准时叫醒', '--language', 'zh', '--category', 'tools', '--actor', 'bob'],
      {},
      [
        `${S}/miniapp.yaml`,
        '-description: { en: Wakes you up, zh: 叫你起床 }',
        '+description: { en: Wakes you up, zh: 准时叫醒 }',
        '-category: lifestyle',
        '+category: tools',
      ],
    ],
    ['edit PANEL --description Light --actor bob', {}, [`${P}/miniapp.yaml`, '+description: { en: Light }']],
    [
      'whitelist add ID --app smart-life --account New@Example.com --expires 2027-01-31 --actor bob',
      whitelist(`${two}  # the agency comes next\n`),
      [`${S}/whitelist.yaml`, '+  - { app: smart-life, account: new@example.com, expires: 2027-01-31 }'],
    ],
    [
      ['whitelist', 'add', 'ID', '--app', 'smart-life', '--account', '+49 (170) 123-45', '--actor', 'bob'],
      whitelist('  - app: smart-life # default\n    account: qa@example.com\n'),
      [`${S}/whitelist.yaml`, '+  - app: smart-life', "+    account: '+4917012345'"],
    ],
    [
      'whitelist add ID --app smart-life --account old@example.com --actor bob',
      ended,
      [
        `${S}/whitelist.yaml`,
        '-  - { app: smart-life, account: old@example.com, note: Agency, expires: 2026-10-01 }',
        '+  - { app: smart-life, account: old@example.com, note: Agency }',
      ],
    ],
    [
      'whitelist add ID --app smart-life --account old@example.com --note Again --expires 2027-01-01 --actor bob',
      ended,
      [
        `${S}/whitelist.yaml`,
        '-  - { app: smart-life, account: old@example.com, note: Agency, expires: 2026-10-01 }',
        '+  - { app: smart-life, account: old@example.com, note: Again, expires: 2027-01-01 }',
      ],
    ],
    [
      'whitelist remove ID --app smart-life --account QA@example.com --actor bob',
      { ...noPromises, ...whitelist(two) },
      [
        `${S}/whitelist.yaml`,
        '-whitelist:',
        '-  - { app: smart-life, account: qa@example.com } # phone 3',
        '+whitelist: []',
      ],
    ],
    [
      'trafficking add ID --app smart-life --region AZ --region EU --actor alice',
      noPromises,
      [
        `${S}/trafficking.yaml`,
        '-  - { app: smart-life, regions: [AY, EU] }',
        '+  - { app: smart-life, regions: [AY, EU, AZ] }',
      ],
    ],
    [
      'trafficking add ID --app smart-life --region AY --actor alice',
      { ...noPromises, [`${S}/trafficking.yaml`]: null },
      [`${S}/trafficking.yaml`, '+trafficking:', '+  - { app: smart-life, regions: [AY] }'],
    ],
    [
      'trafficking remove ID --app smart-life --region EU --actor alice',
      noPromises,
      [
        `${S}/trafficking.yaml`,
        '-  - { app: smart-life, regions: [AY, EU] }',
        '+  - { app: smart-life, regions: [AY] }',
      ],
    ],
    [
      'trafficking remove ID --app smart-life --actor alice',
      noPromises,
      [`${S}/trafficking.yaml`, '-  - { app: smart-life, regions: [AY, EU] }'],
    ],
    [
      'member add ID --login rita --role tester --actor alice',
      { [`${S}/members.yaml`]: 'members:\n- login: alice\n  role: admin # for now\n' },
      [`${S}/members.yaml`, '+- login: rita', '+  role: tester'],
    ],
    [
      'member add ID --login bob --role operator --actor alice',
      {},
      [`${S}/members.yaml`, '-  - { login: bob, role: developer }', '+  - { login: bob, role: operator }'],
    ],
    ['member remove ID --login bob --actor alice', {}, [`${S}/members.yaml`, '-  - { login: bob, role: developer }']],
    [
      'domain add ID https://API.example.com --api upload --region EU --region AY --actor bob',
      {},
      [`${S}/domains.yaml`, '+  upload: { EU: [https://api.example.com], AY: [https://api.example.com] }'],
    ],
    [
      'domain add PANEL https://api.example.com --api static --region EU --actor bob',
      {},
      [`${P}/domains.yaml`, '+domains:', '+  static:', '+    EU: [https://api.example.com]'],
    ],
    [
      'domain remove ID https://api.example.com --actor bob',
      {},
      [
        `${S}/domains.yaml`,
        '-  request: { AY: [https://api.example.com], EU: [https://api.example.com, https://eu.example.org] }',
        '+  request: { EU: [https://eu.example.org] }',
      ],
    ],
    [
      'domain remove ID https://static.example.com --api static --region EU --actor bob',
      {},
      [`${S}/domains.yaml`, '-  static: { EU: [https://static.example.com] }'],
    ],
    [
      'cloud add ID m.smart.log --actor bob',
      {},
      [`${S}/domains.yaml`, '-cloud: [tuya.m.app.panel.url.get]', '+cloud: [tuya.m.app.panel.url.get, m.smart.log]'],
    ],
    [
      'cloud remove ID tuya.m.app.panel.url.get --actor bob',
      {},
      [`${S}/domains.yaml`, '-cloud: [tuya.m.app.panel.url.get]'],
    ],
    [
      'language add ID --language en --key alarm.on --text On --actor bob',
      {},
      [
        `${S}/languages.yaml`,
        '-  en: { alarm.title: Alarm, alarm.off: "Off" }',
        '+  en: { alarm.title: Alarm, alarm.off: "Off", alarm.on: "On" }',
      ],
    ],
    [
      'language add PANEL --language zh --key off --text 关 --actor bob',
      {},
      [`${P}/languages.yaml`, '+strings:', "+  zh: { 'off': 关 }"],
    ],
    [
      'language remove ID --language zh --key alarm.off --actor bob',
      {},
      [`${S}/languages.yaml`, '-  zh: { alarm.title: 闹钟, alarm.off: 关 }', '+  zh: { alarm.title: 闹钟 }'],
    ],
    [
      'language remove ID --language zh --actor bob',
      {},
      [`${S}/languages.yaml`, '-  zh: { alarm.title: 闹钟, alarm.off: 关 }'],
    ],
    [
      [
        'person',
        'add',
        'carol',
        '--github-id',
        '105',
        '--name',
        'Carol Example',
        '--internal',
        '--role',
        'reviewer',
        '--actor',
        'olga',
      ],
      {},
      [
        'people/carol.yaml',
        '+login: carol',
        '+githubId: 105',
        '+name: Carol Example',
        '+internal: true',
        '+platformRoles: [reviewer]',
      ],
    ],
    [
      'person edit rita --role reviewer --role owner --internal --actor olga',
      {
        'people/rita.yaml':
          'login: rita\ngithubId: 102\nname: Rita Example\nplatformRoles:\n  - reviewer # since May\n',
      },
      ['people/rita.yaml', '+internal: true', '+  - owner'],
    ],
    [
      'person edit rita --no-role --left 2026-11-01 --actor olga',
      {},
      ['people/rita.yaml', '-platformRoles: [reviewer]', '+left: 2026-11-01'],
    ],
    [
      [
        'app',
        'add',
        'casa-viva',
        '--name',
        'Casa Viva',
        '--scheme',
        'casaviva',
        '--region',
        'AZ',
        '--manager',
        'rita',
        '--actor',
        'olga',
      ],
      {},
      [
        'apps/casa-viva.yaml',
        '+id: casa-viva',
        '+name: { en: Casa Viva }',
        '+regions: [AZ]',
        '+scheme: casaviva',
        '+managers: [rita]',
      ],
    ],
    [
      'app edit oem-home --add-region AY --remove-region AZ --remove-manager olga --actor olga',
      {},
      ['apps/oem-home.yaml', '-regions: [EU, AZ]', '+regions: [EU, AY]', '-managers: [olga]'],
    ],
    [
      'app edit oem-home --runtime 6.6.0 --base-library 2.26.7 --kit BaseKit=3.10.4 --share 12.5 --actor olga',
      {},
      [
        'apps/oem-home.yaml',
        '+runtimes:',
        '+  - { appVersion: 6.6.0, baseLibrary: 2.26.7, kits: { BaseKit: 3.10.4 }, share: 12.5 }',
      ],
    ],
    [
      'app edit oem-home --runtime 6.6.0 --share 10 --remove-kit BaseKit --remove-runtime 6.0.0 --actor olga',
      held,
      [
        'apps/oem-home.yaml',
        '-  - { appVersion: 6.6.0, baseLibrary: 2.26.7, kits: { BaseKit: 3.10.4 }, share: 12.5 } # most',
        '-  - { appVersion: 6.0.0, baseLibrary: 2.14.2 }',
        '+  - { appVersion: 6.6.0, baseLibrary: 2.26.7, share: 10 } # most',
      ],
    ],
    [
      'app edit oem-home --runtime 6.4.0 --base-library 2.20.0 --actor olga',
      held,
      ['apps/oem-home.yaml', '+  - { appVersion: 6.4.0, baseLibrary: 2.20.0 }'],
    ],
    [
      'app edit oem-home --remove-runtime 6.0.0 --remove-runtime 6.6.0 --actor olga',
      held,
      [
        'apps/oem-home.yaml',
        '-runtimes:',
        '-  - { appVersion: 6.6.0, baseLibrary: 2.26.7, kits: { BaseKit: 3.10.4 }, share: 12.5 } # most',
        '-  - { appVersion: 6.0.0, baseLibrary: 2.14.2 }',
      ],
    ],
    [
      'app edit oem-home --default --actor olga',
      noPromises,
      ['apps/oem-home.yaml', '+default: true', 'apps/smart-life.yaml', '-default: true'],
    ],
  ];
  test.each(written)('%s', async (line, state, expected) => {
    reset(state);
    const words = wordsOf(line);
    expect((await run([...words, '--dry-run'])).code).toBe(0);
    expect(changes()).toEqual([]);
    const { code, value } = await runJson([...words, '--no-pr']);
    expect(value.problems.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    expect(code).toBe(0);
    expect(changes()).toEqual(expected);
    const { value: again } = await runJson(words);
    expect(again).toMatchObject({ ok: true, files: [] });
    expect((await runJson('validate')).value.counts.errors).toBe(0);
  });

  test('an avatar of another kind takes the place of the former', async () => {
    writeFileSync(join(home, 'new.svg'), svg('red'));
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR4nGP4z8BAEmIY1TCqYfhqAACQ+f8B8u7oVwAAAABJRU5ErkJggg==',
      'base64',
    );
    writeFileSync(join(home, 'New.PNG'), png);
    expect((await run(`edit ${SMART} --avatar new.svg --actor bob`)).code).toBe(0);
    expect(text(`${S}/avatar.svg`)).toBe(svg('red'));
    expect(await run(`edit ${SMART} --avatar new.svg --actor bob`)).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing to do'),
    });
    expect((await run(`edit ${SMART} --avatar New.PNG --actor bob --no-pr`)).code).toBe(0);
    expect(changes().map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining([`${S}/avatar.svg`, `${S}/avatar.png`, '-avatar: avatar.svg', '+avatar: avatar.png']),
    );
    expect((await run('validate')).code).toBe(0);
  });
});

test('an avatar that is none is cured by another', async () => {
  reset({ [`${S}/avatar.svg`]: 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n' });
  writeFileSync(join(home, 'new.svg'), svg('red'));
  expect((await runJson(`edit ${SMART} --name Clock --actor bob`)).value.problems[0].code).toBe('lfs-pointer');
  expect((await run(`edit ${SMART} --avatar new.svg --actor bob`)).code).toBe(0);
  expect((await run('validate')).code).toBe(0);
});

test('a file that cannot be read is reported, and left alone', async () => {
  reset({ [`${S}/whitelist.yaml`]: 'whitelist:\r\n  - { app: smart-life, account: a@example.com }\r\n' });
  const { value } = await runJson(`whitelist add ${SMART} --app smart-life --account b@example.com --actor bob`);
  expect(value.problems.map(({ code }: { code: string }) => code)).toEqual(['carriage-return-found']);
  expect(changes()).toEqual([]);
});

describe('approvals that the pull request needs', () => {
  test.each<[line: Line, required: number, from: string]>([
    ['domain add ID https://new.example.com --api request --region EU --actor bob', 1, 'rita'],
    ['trafficking add ID --app oem-home --region AZ --actor alice', 1, 'olga'],
    ['trafficking add ID --app oem-home --region AZ --actor olga', 0, ''],
  ])('%s: %i', async (line, required, from) => {
    reset(noPromises);
    const { code, out } = await run([...wordsOf(line), '--dry-run']);
    expect({ code, out }).toMatchObject({ code: 0 });
    const { value } = await runJson(wordsOf(line));
    expect(value.approvals).toEqual({ required, given: [], missing: required });
    reset(noPromises);
    const pretty = await run(wordsOf(line));
    if (required > 0) expect(pretty.out).toContain(`1 needed, 1 missing, by ${from}`);
    else expect(pretty.out).not.toContain('needed');
  });
});

describe('list', () => {
  test.each([
    ['whitelist', 'qa@example.com', 'whitelist'],
    ['trafficking', 'AY, EU', 'trafficking'],
    ['member', 'developer', 'members'],
    ['domain', 'https://eu.example.org', 'domains'],
    ['cloud', 'tuya.m.app.panel.url.get', 'cloud'],
    ['language', '闹钟', 'strings'],
  ])('%s list', async (name, says, field) => {
    const { code, out, err } = await run(`${name} list ${SMART}`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(says);
    expect((await runJson(`${name} list ${SMART}`)).value).toMatchObject({
      miniapp: SMART,
      [field]: expect.anything(),
    });
  });

  test.each([
    ['trafficking', 'every app, as a panel'],
    ['domain', 'no server'],
    ['cloud', 'no cloud API'],
    ['language', 'no texts'],
  ])('%s list of nothing says so', async (name, says) => {
    expect((await run(`${name} list ${PANEL}`)).out).toContain(says);
  });

  test('language list shows what is not translated', async () => {
    reset({ [`${S}/languages.yaml`]: 'strings:\n  en: { a: A, b: B }\n  zh: { a: 甲 }\n' });
    expect((await run(`language list ${SMART}`)).out).toMatch(/b +B +—/);
    expect((await runJson(`language list ${SMART}`)).value.missing).toEqual({ zh: ['b'] });
  });
});
