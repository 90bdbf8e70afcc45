/** Uploads, black-box: what is recorded, what is warned of, and when nothing is written. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { NATIVE, RAY_BUILT, write, type ProjectFiles } from '../../fixtures/projects/write.ts';
import { main } from '../../cli.ts';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { fixtureFiles, NOW, PANEL, SMART } from '../../fixtures/workspace.ts';

const { changes, home, remove, reset, run, runJson, text } = cliHarness('upload');
afterAll(remove);

const VERSION = `miniapps/${SMART}/versions/1.4.0.yaml`;
/** The version under review is one that nobody submitted, and no promise is about it. */
const CALM = {
  [`miniapps/${SMART}/scenarios.yaml`]: null,
  [`miniapps/${SMART}/versions/1.2.0.yaml`]: fixtureFiles()[`miniapps/${SMART}/versions/1.2.0.yaml`]!.replace(
    'review: { status: pending, submittedBy: bob }\n',
    '',
  ),
};
beforeEach(() => reset(CALM));

let made = 0;
/** A project in a folder of its own; its name. */
function project(files: ProjectFiles): string {
  const name = `project-${(made += 1)}`;
  write(join(home, name), files);
  return name;
}
const words = (name: string, ...more: string[]) => [
  ...['upload', SMART, name, '--version', '1.4.0', '--description', 'New alarm page', '--actor', 'bob', '--no-pr'],
  ...more,
];

const CALLING: ProjectFiles = {
  ...NATIVE,
  'pages/index/index.js': [
    "const HOST = 'https://eu.example.org';",
    'Page({ onLoad() {',
    "  ty.request({ url: 'https://api.example.com/v1' });",
    '  ty.request({ url: `${HOST}/v1` });',
    '  ty.uploadFile({ url: HOST });',
    "  ty.downloadFile({ url: 'http://192.168.1.1/a.zip' });",
    "  ty.requestCloud({ api: 'm.smart.operate.log' });",
    "  ty.requestCloud({ api: 'tuya.m.app.panel.url.get' });",
    '  ty.request({ url: this.somewhere });',
    '} });',
  ].join('\n'),
};

describe('an upload', () => {
  test('records what was uploaded', async () => {
    const { code, out } = await run(words(project(CALLING)));
    expect(code).toBe(0);
    expect(out).toContain(`upload ${SMART} 1.4.0`);
    expect(parse(text(VERSION))).toEqual({
      version: '1.4.0',
      description: 'New alarm page',
      uploadedBy: 'bob',
      uploadedAt: '2026-11-20T12:00:00Z',
      package: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), bytes: expect.any(Number), files: 10, reader: 1 },
      baseLibrary: '2.14.2',
      kits: { BaseKit: '3.10.4', MiniKit: '3.9.8' },
      pages: ['pages/index/index', 'pages/alarm/index'],
      origins: ['http://192.168.1.1', 'https://api.example.com', 'https://eu.example.org'],
      apis: ['ty.downloadFile', 'ty.request', 'ty.requestCloud', 'ty.uploadFile'],
      analysis: { found: { literal: 4, followed: 2 }, unknown: 1, shownUnknown: 0 },
    });
    expect(changes().filter((line) => line.startsWith('miniapps/'))).toEqual([VERSION]);
    expect((await run('validate')).code).toBe(0);
  });

  test('warns of what domains.yaml does not allow, with place, region and the command that allows it', async () => {
    const name = project(CALLING);
    const { code, value } = await runJson(words(name));
    expect(code).toBe(0);
    expect(value.ok).toBe(true);
    const told = value.problems.map(
      ({ severity, file, line, code: kind }: Record<string, string>) => `${severity} ${file}:${line} ${kind}`,
    );
    expect(told).toEqual(
      [
        [4, 'origin'],
        [5, 'origin'],
        [6, 'refused'],
        [7, 'cloud'],
        [9, 'unresolved'],
      ].map(([line, kind]) => `warning ${name}/pages/index/index.js:${line} upload-${kind}`),
    );
    const [request, upload, refused, cloud] = value.problems;
    expect(request.message).toContain('https://eu.example.org is used by ty.request()');
    expect(request.message).toContain(' in AY');
    expect(request.hint).toContain(`npx miniapp domain add ${SMART} https://eu.example.org --api request --region AY`);
    expect(upload.hint).toContain('--api upload --region AY --region EU');
    expect(refused.message).toContain('http://192.168.1.1 is used by ty.downloadFile()');
    expect(cloud.hint).toContain(`npx miniapp cloud add ${SMART} m.smart.operate.log`);
    expect(value.recorded.origins).toContain('https://eu.example.org');
    expect(value.calls).toContainEqual({
      api: 'upload',
      origin: 'https://eu.example.org',
      how: 'followed',
      refusedIn: ['AY', 'EU'],
      file: 'pages/index/index.js',
      line: 5,
      column: 19,
    });
    expect(value.unresolved).toEqual([{ api: 'request', file: 'pages/index/index.js', line: 9, column: 16 }]);
    expect(value.analysis).toEqual(value.recorded.analysis);
    expect(value.apis).toEqual(value.recorded.apis);
  });

  test('says once why a host can never be allowed', async () => {
    const page = "Page({ onLoad() { ty.request({ url: 'https://10.0.0.1/x' }) } });";
    const { value } = await runJson(words(project({ ...NATIVE, 'pages/index/index.js': page })));
    expect(value.problems[0]).toMatchObject({
      code: 'upload-refused',
      message:
        'https://10.0.0.1 is used by ty.request(), and no setting can allow it: "https://10.0.0.1" is an IP address; a host name is needed',
    });
  });

  test('the command that a warning names allows it', async () => {
    const name = project(CALLING);
    const { value } = await runJson(words(name));
    for (const { hint } of value.problems.slice(0, 2)) {
      const line = /npx miniapp (.*)$/.exec(hint)![1]!;
      expect((await run(`${line} --actor bob --no-pr`)).code).toBe(0);
    }
    reset({ ...CALM, [`miniapps/${SMART}/domains.yaml`]: text(`miniapps/${SMART}/domains.yaml`) });
    const again = await runJson(words(name));
    expect(again.value.problems.map(({ code }: { code: string }) => code)).not.toContain('upload-origin');
  });

  test('one command allows all that one list lacks', async () => {
    const page = `Page({ onLoad() { ty.request({ url: 'https://b.example.org/x' }); ty.request({ url: 'https://c.example.org/x' }); ty.request({ url: 'https://c.example.org/y' });
      ty.request({ url: 'https://10.0.0.1/x' }); ty.uploadFile({ url: 'https://d.example.org' }) } })`;
    const name = project({ ...NATIVE, 'pages/index/index.js': page });
    const { out } = await run(words(name));
    const lines = out.split('\n').filter((line) => line.includes('to allow all'));
    expect(lines).toEqual([
      `  to allow all 2 for ty.request(), once they are looked at: npx miniapp domain add ${SMART} https://b.example.org https://c.example.org --api request --region AY --region EU`,
    ]);
  });

  test('of a panel counts in every region', async () => {
    const line = words(project({ ...RAY_BUILT, 'src/pages/home/index.tsx': 'fetch("https://api.example.com")' }));
    const { value } = await runJson(line.map((word) => (word === SMART ? PANEL : word)));
    const told = value.problems.find(({ code }: { code: string }) => code === 'upload-origin');
    expect(told.message).toContain('in AY, EU, AZ');
    expect(value.project).toBe('ray');
  });

  test('--submit begins the review too', async () => {
    const { code, value } = await runJson(words(project(NATIVE), '--submit'));
    expect(code).toBe(0);
    expect(value.transitions.map(({ kind }: { kind: string }) => kind)).toEqual(['upload', 'submit']);
    expect(parse(text(VERSION)).review).toEqual({ status: 'pending', submittedBy: 'bob' });
  });

  test('--dry-run shows all and writes nothing', async () => {
    const { code, value } = await runJson(words(project(CALLING), '--dry-run'));
    expect(code).toBe(0);
    expect(value.diff).toContain('+origins:');
    expect(value.recorded.package.files).toBe(10);
    expect(changes()).toEqual([]);
  });

  test('again with the same content has nothing to do, and with other content is refused', async () => {
    const name = project(NATIVE);
    await run(words(name));
    const { code, out } = await run(words(name));
    expect(code).toBe(0);
    expect(out).toContain('nothing to do: 1.4.0 is uploaded with this content already');
    const other = await runJson(words(project({ ...NATIVE, 'app.js': 'App({})' })));
    expect(other.code).toBe(1);
    expect(other.value.problems.map(({ code: kind }: { code: string }) => kind)).toEqual(['version-not-higher']);
  });
});

describe('nothing is written', () => {
  test('of a project that is broken: every mistake, with its line', async () => {
    const name = project({
      ...NATIVE,
      'app.json': '{\n  "pages": ["pages/index/index",\n    "pages/gone/index"]\n}',
      'project.tuya.json': '{\n  "baseversion": "2.14.2",\n  "dependencies": 3 }',
    });
    const { code, out } = await run(words(name));
    expect(code).toBe(1);
    expect(out).toContain(`${name}/app.json:3:5 error the page pages/gone/index is listed`);
    expect(out).toContain('  3 |     "pages/gone/index"]');
    expect(out).toContain(`${name}/project.tuya.json:3:19 error dependencies is 3`);
    expect(changes()).toEqual([]);
  });

  test.each<[string, () => string[], number, string]>([
    ['of a folder that is no miniapp', () => words(project({ 'README.md': '' })), 1, 'project-none'],
    ['of a folder that is not there', () => words('nowhere'), 2, 'there is no folder nowhere'],
    ['of a file', () => words(join(project(NATIVE), 'app.json')), 1, 'project-none'],
    [
      'under a number that is none',
      () => words(project(NATIVE)).map((word) => (word === '1.4.0' ? '1.3' : word)),
      2,
      'MAJOR.MINOR.PATCH',
    ],
    [
      'under a number that is not higher',
      () => words(project(NATIVE)).map((word) => (word === '1.4.0' ? '1.1.1' : word)),
      1,
      'version-not-higher',
    ],
    [
      'by somebody who may not',
      () => words(project(NATIVE)).map((word) => (word === 'bob' ? 'rita' : word)),
      1,
      'actor-not-allowed',
    ],
    [
      'of a miniapp that is not there',
      () => words(project(NATIVE)).map((word) => (word === SMART ? 'tynobody00000001' : word)),
      1,
      'reference-unknown',
    ],
    [
      'without a description',
      () => ['upload', SMART, project(NATIVE), '--version', '1.4.0', '--actor', 'bob'],
      2,
      '--description is missing',
    ],
    [
      'with a description that hides something',
      () => words(project(NATIVE)).map((word) => (word === 'New alarm page' ? 'a\u202Eb' : word)),
      1,
      'field-pattern',
    ],
  ])('%s', async (_, line, code, expected) => {
    const { code: given, out, err } = await run(line());
    expect(out + err).toContain(expected);
    expect(given).toBe(code);
    expect(changes()).toEqual([]);
  });
});

test('names and addresses of a project do not move the cursor', async () => {
  const name = project({ ...NATIVE, 'pages/index/index.js': 'ty.requestCloud({ api: "a\\u001b[2Jb" })' });
  symlinkSync('app.js', join(home, name, 'a\u202Eb.js'));
  const { code, out } = await run(words(name));
  expect(code).toBe(0);
  expect(out).toContain('a\\u001B[2Jb');
  expect(out).toContain('a\\u202Eb.js');
});

test('progress is drawn on a terminal alone, and wiped', async () => {
  const draw = async (showsProgress: boolean) => {
    let err = '';
    const io = {
      stdout: () => {},
      stderr: (said: string) => void (err += said),
      env: {},
      cwd: home,
      isColoured: false,
    };
    await main(words(project(NATIVE), '--dry-run'), { ...io, showsProgress, now: NOW });
    return err;
  };
  expect(await draw(true)).toContain('\r\u001B[K');
  expect(await draw(false)).not.toContain('\r');
});

test('an upload that needs more than what is online names the versions of the apps that it shuts out', async () => {
  const app = 'apps/smart-life.yaml';
  const held = (appVersion: string, baseLibrary: string) =>
    `  - { appVersion: ${appVersion}, baseLibrary: ${baseLibrary}, kits: { BaseKit: 3.10.4 }, share: 2.5 }\n`;
  const rows = `${held('6.0.0', '2.10.0')}${held('6.1.0', '2.14.2')}${held('6.2.0', '2.18.0')}${held('6.3.0', '2.20.0')}`;
  reset({ ...CALM, [app]: `${fixtureFiles()[app]}runtimes:\n${rows}` });
  const settings = { ...JSON.parse(String(NATIVE['project.tuya.json'])), baseversion: '2.20.0', dependencies: {} };
  const name = project({ ...NATIVE, 'project.tuya.json': JSON.stringify(settings) });
  const { code, value } = await runJson(words(name));
  const found = value.problems.find((one: { code: string }) => one.code === 'upload-shuts-out');
  expect(code).toBe(0);
  expect(found.message).toContain('needs baseLibrary 2.20.0; smart-life 6.1.0, 6.2.0 cannot run that (5 %)');
});
