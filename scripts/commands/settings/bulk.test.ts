/**
 * Settings in bulk: entries from files, and one change of many miniapps. Longer than most files, because it is one table of files and
 * what each gives.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { FIXTURE, PANEL, SMART } from '../../fixtures/workspace.ts';

const S = `miniapps/${SMART}`;
const P = `miniapps/${PANEL}`;
const { changes, home, remove, reset, run, runJson, text } = cliHarness('bulk');
afterAll(remove);
beforeEach(() => reset());

const write = (name: string, content: string) => writeFileSync(join(home, name), content);
type Found = { code: string; file: string; line: number };
const problems = ({ problems: all }: { problems: Found[] }) => all.map((one) => `${one.code} ${one.file}:${one.line}`);
const noPromises = { [`${S}/scenarios.yaml`]: null };

describe('entries from a file', () => {
  test.each([
    ['whitelist', '[{ "account": "a@example.com", "app": null }]'],
    ['trafficking', '[{ "app": "oem-home", "regions": null }]'],
  ])('null is told as null, and not as missing besides: %s', async (noun, content) => {
    write('null.json', content);
    const { code, value } = await runJson(`${noun} add ${SMART} --file null.json --actor alice --no-pr`);
    const said = value.problems.map(({ message }: any) => message);
    expect([code, said]).toEqual([1, [expect.stringMatching(/ is null/)]]);
  });

  const added = [
    `${S}/whitelist.yaml`,
    '+  - { app: smart-life, account: a@example.com, note: QA }',
    '+  - { app: oem-home, account: "+4917012345", expires: 2027-01-31 }',
  ];
  test.each([
    ['accounts.csv', 'account,app,note,expires\nA@example.com,,QA,\n+49 170 12345,oem-home,,2027-01-31\n'],
    [
      'accounts.csv',
      "\uFEFFexpires;account;app;note\r\n;a@example.com;smart-life;QA\r\n2027-01-31;'+4917012345;oem-home;\r\n",
    ],
    [
      'accounts.yaml',
      '- { account: a@example.com, note: QA }\n- account: +49 170 12345\n  app: oem-home\n  expires: 2027-01-31\n',
    ],
    [
      'accounts.json',
      '[{"account": "a@example.com", "note": "QA"}, {"account": "004917012345", "app": "oem-home", "expires": "2027-01-31"}]',
    ],
    [
      'whitelist.yaml',
      'whitelist: # as the file of another\n  - { app: smart-life, account: a@example.com, note: QA }\n  - { app: oem-home, account: "+4917012345", expires: 2027-01-31 }\n',
    ],
  ])('whitelist: %s', async (name, content) => {
    write(name, content);
    const words = `whitelist add ${SMART} --file ${name} --app smart-life --actor bob`;
    expect((await run(`${words} --dry-run`)).code).toBe(0);
    expect(changes()).toEqual([]);
    expect(await runJson(`${words} --no-pr`)).toMatchObject({ code: 0 });
    expect(changes()).toEqual(added);
    expect((await run(words)).out).toContain('nothing to do: all 2 accounts');
    expect((await run(`whitelist remove ${SMART} --file ${name} --actor bob --no-pr`)).code).toBe(0);
    expect(changes()).toEqual([]);
  });

  test('lines of plain text, and options for all of them', async () => {
    write('accounts.txt', '# testers\na@example.com # the first\n\n+49 170 12345\n');
    const words = ['whitelist', 'add', SMART, '--file', 'accounts.txt', '--app', 'smart-life', '--note', 'All'];
    expect((await run([...words, '--expires', '2027-01-31', '--actor', 'bob', '--no-pr'])).code).toBe(0);
    expect(text(`${S}/whitelist.yaml`).match(/note: All, expires: 2027-01-31/g)).toHaveLength(2);
  });

  test('several words, or an option several times, are as many entries', async () => {
    const line = `whitelist add ${SMART} a@example.com --account b@example.com --account c@example.com --app smart-life --actor bob --no-pr`;
    expect((await run(line)).code).toBe(0);
    expect(text(`${S}/whitelist.yaml`).match(/account: [abc]@example\.com/g)).toHaveLength(3);
    expect(
      (await run(`whitelist remove ${SMART} a@example.com b@example.com c@example.com --actor bob --no-pr`)).code,
    ).toBe(0);
    expect(changes()).toEqual([]);
  });

  test('standard input', () => {
    reset(noPromises);
    const words = [
      'trafficking',
      'add',
      SMART,
      '--file',
      '-',
      '--actor',
      'alice',
      '--no-pr',
      '--config',
      join(home, 'config'),
    ];
    const cli = ["import('./cli.ts').then(async ({ main }) => process.exit(await main(process.argv.slice(1))))"];
    execFileSync(process.execPath, ['-e', ...cli, '--', ...words], {
      cwd: join(FIXTURE, '../..'),
      input: 'app,regions\nsmart-life,AZ\n',
      stdio: 'pipe',
      env: { PATH: process.env['PATH'], GH_TOKEN: '' },
    });
    expect(text(`${S}/trafficking.yaml`)).toContain('{ app: smart-life, regions: [AY, EU, AZ] }');
  });

  test.each<[line: string, name: string, content: string, path: string, lines: string[]]>([
    [
      'trafficking add ID --actor alice',
      'apps.csv',
      'app,regions\nsmart-life,"AZ, EU"\n',
      'trafficking',
      ['-  - { app: smart-life, regions: [AY, EU] }', '+  - { app: smart-life, regions: [AY, EU, AZ] }'],
    ],
    [
      'member add ID --role tester --actor alice',
      'members.yaml',
      'members:\n  - rita\n  - { login: bob, role: operator }\n',
      'members',
      [
        '-  - { login: bob, role: developer }',
        '+  - { login: bob, role: operator }',
        '+  - { login: rita, role: tester }',
      ],
    ],
    [
      'domain add ID --api upload --actor bob',
      'origins.csv',
      'origin,api,regions\nhttps://UP.example.com/,,EU AY\nhttps://up.example.com:443,download,EU\n',
      'domains',
      [
        '+  upload: { EU: [https://up.example.com], AY: [https://up.example.com] }',
        '+  download: { EU: [https://up.example.com] }',
      ],
    ],
    [
      'trafficking add ID --actor alice',
      'names.csv',
      'app,regions\nSmart Life,"Western America, EU"\n',
      'trafficking',
      ['-  - { app: smart-life, regions: [AY, EU] }', '+  - { app: smart-life, regions: [AY, EU, AZ] }'],
    ],
    [
      'domain add ID --api upload --actor bob',
      'names.yaml',
      '- { origin: https://up.example.com, regions: [central europe, China] }\n',
      'domains',
      ['+  upload: { EU: [https://up.example.com], AY: [https://up.example.com] }'],
    ],
    [
      'cloud add ID --actor bob',
      'names.txt',
      'm.one\nm.two\n',
      'domains',
      ['-cloud: [tuya.m.app.panel.url.get]', '+cloud: [tuya.m.app.panel.url.get, m.one, m.two]'],
    ],
  ])('%s --file %s', async (line, name, content, path, lines) => {
    reset(noPromises);
    write(name, content);
    const { code, value } = await runJson(`${line.replaceAll('ID', SMART)} --file ${name} --no-pr`);
    expect({ code, errors: value.problems.filter((one: { severity: string }) => one.severity === 'error') }).toEqual({
      code: 0,
      errors: [],
    });
    expect(changes()).toEqual([`${S}/${path}.yaml`, ...lines]);
  });

  test('an app and a miniapp by their names, as words, in files that add and in files that remove', async () => {
    reset(noPromises);
    const before = changes();
    const [row] = ['+  - { app: smart-life, account: a@example.com }'];
    write('named.csv', 'account,app\na@example.com,SMART LIFE\n');
    expect((await run(`whitelist add ${SMART} --file named.csv --actor bob --no-pr`)).code).toBe(0);
    expect(changes()).toContain(row);
    expect((await run(`whitelist remove ${SMART} --file named.csv --actor bob --no-pr`)).code).toBe(0);
    expect(changes()).toEqual(before);
    const word = [
      'trafficking',
      'add',
      SMART,
      '智能生活',
      '--region',
      'Western America',
      '--actor',
      'alice',
      '--no-pr',
    ];
    expect((await run(word)).code).toBe(0);
    expect(changes()).toContain('+  - { app: smart-life, regions: [AY, EU, AZ] }');
    const edit = ['app', 'edit', 'oem home', '--scheme', 'oemnew', '--actor', 'olga', '--no-pr'];
    expect((await run(edit)).code).toBe(0);
    expect(text('apps/oem-home.yaml')).toContain('scheme: oemnew');
  });

  test('a name that two share stands for none', async () => {
    reset({ ...noPromises, 'apps/oem-home.yaml': text('apps/oem-home.yaml').replace('OEM Home', 'Smart Life') });
    write('named.csv', 'account,app\na@example.com,Smart Life\n');
    const { code, value } = await runJson(`whitelist add ${SMART} --file named.csv --actor bob --no-pr`);
    expect([code, problems(value)]).toEqual([1, ['field-pattern named.csv:2']]);
  });

  test('people and apps, each a file', async () => {
    write(
      'people.csv',
      'login,githubId,name,internal,roles\ncarol,105,Carol Example,true,reviewer\ndave,106,Dave Example,,\n',
    );
    expect((await run('person add --file people.csv --actor olga --no-pr')).code).toBe(0);
    expect(changes().filter((line) => line.startsWith('people/'))).toEqual(['people/carol.yaml', 'people/dave.yaml']);
    expect(text('people/carol.yaml')).toContain('internal: true\nplatformRoles: [reviewer]');
    expect((await run('person add --file people.csv --actor olga')).out).toContain('nothing to do');
    write('apps.yaml', '- { id: casa-viva, name: Casa Viva, scheme: casaviva, regions: [AZ, EU], managers: rita }\n');
    expect((await run('app add --file apps.yaml --actor olga --no-pr')).code).toBe(0);
    expect(text('apps/casa-viva.yaml')).toContain('regions: [AZ, EU]\nscheme: casaviva\nmanagers: [rita]');
  });

  test('names of miniapps', async () => {
    write(
      'names.csv',
      `miniapp,language,name,description\n${SMART},en,Clock,\n${SMART},zh,钟,叫醒\n${PANEL},en,Lights,\n`,
    );
    expect((await run('edit --file names.csv --actor bob --no-pr')).code).toBe(0);
    expect(text(`${S}/miniapp.yaml`)).toContain(
      'name: { en: Clock, zh: 钟 }\ndescription: { en: Wakes you up, zh: 叫醒 }',
    );
    expect(text(`${P}/miniapp.yaml`)).toContain('en: Lights');
  });

  test.each<[line: string, name: string, content: string, found: string[]]>([
    [
      'whitelist add ID --actor bob',
      'in.csv',
      'account,app,expires\na@example.com,smart-life,2026-02-30\nnot an account,smart-life,\nb@example.com,smart-lif,\nc@example.com,,\n',
      ['table-value in.csv:5'],
    ],
    [
      'whitelist add ID --app oem-home --actor bob',
      'in.csv',
      'account,app,expires\na@example.com,smart-life,2026-02-30\nnot an account,smart-life,\nb@example.com,smart-lif,\nc@example.com,,\n',
      ['date-invalid in.csv:2', 'field-pattern in.csv:3', 'reference-unknown in.csv:4'],
    ],
    [
      'trafficking add ID --actor alice',
      'in.yaml',
      '- { app: oem-home, regions: [AY] }\n- { app: smart-life, regions: [XX] }\n',
      ['region-outside-app in.yaml:1', 'reference-unknown in.yaml:2'],
    ],
    ['member add ID --role boss --actor alice', 'in.txt', 'rita\n', ['field-value in.txt:1']],
    [
      'domain add ID --api request --region EU --actor bob',
      'in.txt',
      'http://a.example.com\nhttps://a.example.com/x\nhttps://co.uk\n',
      ['domain-scheme in.txt:1', 'domain-extra in.txt:2', 'domain-public-suffix in.txt:3'],
    ],
    [
      'domain add ID --region EU --actor bob',
      'in.csv',
      'origin,api\nhttps://a.example.com,ftp\n',
      ['field-unknown in.csv:2'],
    ],
    [
      'trafficking remove ID --actor alice',
      'in.csv',
      'app,regions\nsmart-life,EU\noem-home,\nsmart-life," , "\n',
      ['table-value in.csv:3', 'table-value in.csv:4'],
    ],
    [
      'cloud remove ID --actor bob',
      'in.yaml',
      '- ""\n- { name: "" }\n',
      ['table-value in.yaml:1', 'table-value in.yaml:2'],
    ],
    ['cloud add ID --actor bob', 'in.txt', '/api\n', ['field-pattern in.txt:1']],
    ['cloud add ID --actor bob', 'in.txt', '\n# nothing\n', ['table-empty in.txt:1']],
    ['cloud add ID --actor bob', 'in.yaml', '- &a x\n- *a\n', ['table-value in.yaml:2']],
    [
      'cloud add ID --actor bob',
      'in.yaml',
      '- { nam: x }\n- [y]\n',
      ['table-column in.yaml:1', 'table-value in.yaml:2'],
    ],
    ['cloud add ID --actor bob', 'in.yaml', '- "x\n', ['table-unreadable in.yaml:2']],
    ['cloud add ID --actor bob', 'in.yaml', `- ${'['.repeat(900_000)}`, ['table-unreadable in.yaml:1']],
    ['cloud add ID --actor bob', 'in.yaml', '- { name: x, name: y }\n', ['table-column in.yaml:1']],
    ['cloud add ID --actor bob', 'in.yaml', 'a: [x]\nb: [y]\n', ['table-value in.yaml:1']],
    [
      'person add --actor olga',
      'in.csv',
      'login,githubId,name\ncarol,x,Carol\nbob,107,Bob\n',
      ['field-type in.csv:2', 'already-there in.csv:3'],
    ],
    [
      'person add --actor olga',
      'in.csv',
      'login,githubId,name\ncarol,105,Carol\ncarol,106,Carol\n',
      ['row-duplicate in.csv:3'],
    ],
    ['edit --actor bob', 'in.csv', 'miniapp,name\nnobody00,X\n', ['reference-unknown in.csv:2']],
  ])('%s: what is wrong in %s is told with its line, and nothing is written', async (line, name, content, found) => {
    write(name, content);
    const { code, value } = await runJson(`${line.replace('ID', SMART)} --file ${name} --no-pr`);
    expect({ code, found: problems(value) }).toEqual({ code: 1, found });
    expect(changes()).toEqual([]);
  });

  test.each(['in.yaml', 'in.json'])('%s nested too deep is told in words', async (name) => {
    write(name, '['.repeat(900_000));
    const { value } = await runJson(`cloud add ${SMART} --file ${name} --actor bob --no-pr`);
    expect(value.problems[0].message).toBe('not a table that can be read: it is nested too deep');
  });
});

describe('many miniapps in one change', () => {
  const everywhere = {
    [`${P}/members.yaml`]:
      'members:\n  - { login: alice, role: admin }\n  - { login: bob, role: developer }\n  - { login: rita, role: tester }\n',
  };

  test('an origin for all, by the name of the call', async () => {
    const line = 'domain add --all --request https://API.example.com --region EU --region AZ --actor bob --no-pr';
    const { code, value } = await runJson(line);
    expect({ code, notes: value.notes }).toEqual({
      code: 0,
      notes: ['https://API.example.com is written https://api.example.com', '2 of 2 miniapps changed, 0 left alone'],
    });
    expect(value.transitions.map(({ kind }: { kind: string }) => kind)).toEqual(['edit-domains', 'edit-domains']);
    expect(text(`${P}/domains.yaml`)).toContain('EU: [https://api.example.com]');
    expect((await run(line)).out).toContain('nothing to do: none of 2 miniapps needs it');
  });

  test('those that need nothing are left alone, and counted', async () => {
    reset(everywhere);
    const { code, value } = await runJson('member remove --all rita --actor alice --no-pr');
    expect({ code, notes: value.notes }).toEqual({ code: 0, notes: ['1 of 2 miniapps changed, 1 left alone'] });
    expect(changes()).toEqual([`${P}/members.yaml`, '-  - { login: rita, role: tester }']);
  });

  test('an account leaves every whitelist, in whatever app', async () => {
    reset(noPromises);
    expect((await run('whitelist remove --all QA@example.com +491701234567 --actor bob --no-pr')).code).toBe(0);
    expect(text(`${S}/whitelist.yaml`)).toBe('whitelist: []\n');
  });

  test('of one type, or those that are named', async () => {
    expect((await run('cloud add --all --type panel m.one --actor bob --no-pr')).code).toBe(0);
    expect(changes()[0]).toBe(`${P}/domains.yaml`);
    reset();
    expect((await run(`cloud add --miniapp ${SMART} m.one m.two --actor bob --no-pr`)).code).toBe(0);
    expect(changes()[0]).toBe(`${S}/domains.yaml`);
    expect(
      (await runJson(`cloud add --miniapp ${SMART} --miniapp nobody00 m.one --actor bob`)).value.problems,
    ).toMatchObject([{ code: 'reference-unknown' }]);
  });

  test('is refused as a whole where one of them may not change', async () => {
    const { code, value } = await runJson('member remove --all alice --actor alice --no-pr');
    expect(code).toBe(1);
    expect(value.problems.map((one: Found) => one.code)).toContain('admin-missing');
    expect(new Set(value.problems.map((one: Found) => one.file)).size).toBe(2);
    expect(changes()).toEqual([]);
  });

  test.each([
    ['cloud add --all --actor bob', 'NAME is missing'],
    ['cloud add --actor bob', 'ID is missing'],
    ['cloud add --type panel ID m.one --actor bob', '--type goes with --all'],
    ['cloud add --all --type game m.one --actor bob', '--type game'],
    ['cloud add --all --miniapp ID m.one --actor bob', 'exclude each other'],
    ['cloud add ID m.one --all --actor bob', `${SMART} is a miniapp, and --all says which it is`],
    ['whitelist add ID me --miniapp ID --app smart-life --actor bob', `${SMART} is a miniapp, and --miniapp says`],
    ['whitelist remove ID --all --actor bob', `${SMART} is a miniapp`],
    ['edit --all more --category x --actor bob', 'one word too many'],
    ['cloud add ID --file nowhere.txt --actor bob', 'cannot be read'],
    ['domain add --all --request https://a.example.com --actor bob', '--region is missing'],
  ])('%s is wrong usage', async (line, why) => {
    const { code, err } = await run(line.replace('ID', SMART));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(why) });
    expect(changes()).toEqual([]);
  });

  test('a category for all', async () => {
    expect((await run('edit --all --category home --actor bob --no-pr')).code).toBe(0);
    expect(text(`${P}/miniapp.yaml`)).toContain('category: home');
  });
});

test('domain add tells in which spelling it writes, and refuses the rest', async () => {
  for (const [typed, written] of [
    ['https://API.Example.org', 'https://api.example.org'],
    ['https://api.example.org/', 'https://api.example.org'],
    ['HTTPS://api.example.org:443/', 'https://api.example.org'],
    ['https://bücher.example.org', 'https://xn--bcher-kva.example.org'],
    ['https://api.example.org.', 'https://api.example.org'],
  ]) {
    reset();
    const { code, value } = await runJson([
      'domain',
      'add',
      PANEL,
      typed!,
      '--api',
      'request',
      '--region',
      'EU',
      '--actor',
      'bob',
      '--no-pr',
    ]);
    expect({ code, notes: value.notes }).toEqual({ code: 0, notes: [`${typed} is written ${written}`] });
    expect(text(`${P}/domains.yaml`)).toContain(`[${written}]`);
  }
  for (const typed of [
    'https://api.example.org:8443/',
    'https://api.example.org/v1',
    'https://a@api.example.org',
    'api.example.org',
    'https://*.example.org',
    'https://10.0.0.1/',
    'https://localhost/',
  ]) {
    reset();
    const { code, value } = await runJson([
      'domain',
      'add',
      PANEL,
      typed,
      '--api',
      'request',
      '--region',
      'EU',
      '--actor',
      'bob',
    ]);
    expect(code).toBe(1);
    expect(value.problems[0].code).toMatch(/^domain-/);
    expect(value.problems[0].hint).not.toBe('');
    expect(changes()).toEqual([]);
  }
});

test('people and apps are listed', async () => {
  const { value } = await runJson('person list');
  expect(value.people.map(({ login }: { login: string }) => login)).toEqual(['alice', 'bob', 'olga', 'rita']);
  expect((await run('person list')).out).toMatch(/olga +101 +external +owner +Olga Example/);
  expect((await runJson('app list')).value.apps.map(({ id }: { id: string }) => id)).toEqual([
    'oem-home',
    'smart-life',
  ]);
  expect((await run('app list')).out).toMatch(/smart-life +default +/);
});
