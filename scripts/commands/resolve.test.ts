/** `miniapp resolve` and `miniapp qr`, black-box: what opens for whom and why, and the code that leads there. */
import fs, { readFileSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../fixtures/run-command.ts';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { PANEL, SMART } from '../fixtures/workspace.ts';

const { home, remove, reset, run, runJson } = cliHarness('resolve');
const config = join(home, 'config');
afterAll(remove);
beforeEach(() => reset());

describe('resolve', () => {
  test('opens', async () => {
    const { code, out } = await run(
      `resolve ${SMART} --app smart-life --region EU --account QA@example.com --entry experience --page pages/alarm/index`,
    );
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "opens 1.2.0 (experience)
        smartlife://miniApp?url=godzilla%3A%2F%2Ftysmart0000000001%2Fpages%2Falarm%2Findex&experience=1.2.0

        · the miniapp tysmart0000000001 exists
        · the app smart-life exists
        · smart-life serves EU
        · no device is missing
        ▸ experience code, experience version 1.2.0, whitelisted, delivered to smart-life in EU
        · 1.2.0 has pages/alarm/index
      "
    `);
  });

  test('by the names that people read, from files that are read once', async () => {
    const { openSync } = fs;
    const opened: string[] = [];
    fs.openSync = (...args) => (opened.push(String(args[0])), openSync(...args));
    syncBuiltinESMExports();
    const words = ['resolve', SMART, '--app', 'Smart Life', '--region', 'Central Europe'];
    const { code, value } = await runJson(words).finally(() => {
      fs.openSync = openSync;
      syncBuiltinESMExports();
    });
    expect([code, value.version]).toEqual([0, '1.1.0']);
    expect(opened.filter((path) => path.endsWith('platform.yaml'))).toHaveLength(1);
  });

  test('an error with its fixes', async () => {
    const { code, out } = await run(`resolve ${SMART} --app smart-life --region AZ --entry experience`);
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "app-not-associated: Mini Program has not been associated with an App

        · the miniapp tysmart0000000001 exists
        · the app smart-life exists
        · smart-life serves AZ
        · no device is missing
        · not the experience version: no account was given
        ▸ not delivered to smart-life in AZ

      to fix it, one of:
        Put the account on the whitelist of smart-life: a row in miniapps/tysmart0000000001/whitelist.yaml
          npx miniapp whitelist add tysmart0000000001 --app smart-life --account ACCOUNT
        Deliver the miniapp to smart-life in AZ: a row in miniapps/tysmart0000000001/trafficking.yaml
        It breaks what was promised: “Not in America”. --update-scenarios changes that with this step.
          npx miniapp trafficking add tysmart0000000001 --app smart-life --region AZ --update-scenarios
      "
    `);
  });

  test('unknown names are answers, not failures', async () => {
    for (const [line, expected] of [
      ['resolve tynobody00000000 --app smart-life --region EU', 'unknown-miniapp'],
      [`resolve ../x --app smart-life --region EU`, 'unknown-miniapp'],
      [`resolve ${SMART} --app nobody --region EU`, 'unknown-app'],
      [`resolve ${SMART} --app smart-life --region toString`, 'unknown-region'],
    ] as const) {
      const { code, value } = await runJson(line);
      expect({ line, code, answer: value.code }).toEqual({ line, code: 1, answer: expected });
    }
  });

  test('answers beside mistakes that do not bear on it, and refuses beside those that do', async () => {
    writeFileSync(join(config, `miniapps/${PANEL}/release.yaml`), 'x: [');
    writeFileSync(join(config, `miniapps/${SMART}/languages.yaml`), 'x: [');
    expect((await runJson(`resolve ${SMART} --app smart-life --region EU`)).value).toMatchObject({
      outcome: 'opens',
      version: '1.1.0',
    });
    const { code, value } = await runJson(`resolve ${PANEL} --app smart-life --region EU`);
    expect(code).toBe(1);
    expect(value).toMatchObject({ ok: false, problems: [{ code: 'yaml-syntax' }] });
  });

  test('expiry by the given clock', async () => {
    writeFileSync(
      join(config, `miniapps/${SMART}/whitelist.yaml`),
      'whitelist: [{ app: smart-life, account: qa@example.com, expires: 2026-11-20 }]\n',
    );
    writeFileSync(join(config, `miniapps/${SMART}/scenarios.yaml`), 'scenarios: []\n');
    const line = `resolve ${SMART} --app smart-life --region EU --account qa@example.com --entry experience`;
    expect((await runJson(`${line} --now 2026-11-20T23:59:59Z`)).value.version).toBe('1.2.0');
    expect((await runJson(`${line} --now 2026-11-21T00:00:00Z`)).value.version).toBe('1.1.0');
  });
});

describe('qr', () => {
  const decode = (file: string): string | undefined => {
    const png = PNG.sync.read(readFileSync(file));
    return jsQR(new Uint8ClampedArray(png.data), png.width, png.height)?.data;
  };

  test('a PNG holds exactly the link, whatever the page and query', async () => {
    const out = join(home, 'code.png');
    const words = [
      'qr',
      SMART,
      '--entry',
      'experience',
      '--page',
      'pages/alarm/index',
      '--device',
      'vdevo1',
      '--query',
      'a=1&2',
      '--query',
      'b=你',
      '--out',
      out,
    ];
    const { code, value } = await runJson(words);
    expect(code).toBe(0);
    const url = `godzilla://${SMART}/pages/alarm/index?a=1%262&b=%E4%BD%A0&deviceId=vdevo1`;
    expect(value.url).toBe(`smartlife://miniApp?url=${encodeURIComponent(url)}&experience=1.2.0`);
    expect(decode(out)).toBe(value.url);
  });

  test.each([
    (link: string) => link.replace('smartlife:', 'SMARTLIFE:'),
    (link: string) => link.replace('godzilla', 'Godzilla'),
  ])('a link whose scheme is in another letter case is the same link', async (written) => {
    const made = await runJson(['qr', SMART, '--entry', 'link', '--app', 'smart-life']);
    const asked = (link: string) => runJson(['resolve', link, '--region', 'EU']);
    expect(await asked(written(made.value.url))).toEqual(await asked(made.value.url));
  });

  test.each([
    ['link', ['--page', 'pages/alarm/index?room=1', '--query', 'b=你 &', '--device', 'vdevo1', '--group', 'g1']],
    ['link', ['--query', 'only=query']],
    ['link', []],
    ['experience', ['--page', 'pages/alarm/index', '--query', 'a=1', '--device', 'vdevo1']],
  ])('of the entry %s with %j, resolved, answers a link that holds the same', async (entry, words) => {
    const made = await runJson(['qr', SMART, '--entry', entry, ...words]);
    expect(made.code).toBe(0);
    const { value } = await runJson(['resolve', made.value.url, '--region', 'EU', '--account', 'qa@example.com']);
    expect([value.outcome, decodeURIComponent(value.url).split(/[?&]/).sort()]).toEqual([
      'opens',
      decodeURIComponent(made.value.url).split(/[?&]/).sort(),
    ]);
  });

  test('an SVG, and a code in the terminal', async () => {
    await run(['qr', SMART, '--out', 'code.svg']);
    expect(readFileSync(join(home, 'code.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\s*$/s);
    for (const isColoured of [false, true])
      expect((await runCommand(['qr', SMART], { cwd: home, isColoured })).out).toContain('smartlife://miniApp?url=');
  });

  test('the experience code of a panel refuses to be drawn without a device, and says why', async () => {
    const { code, value } = await runJson(`qr ${PANEL} --entry experience`);
    expect(code).toBe(1);
    expect(value).toMatchObject({
      ok: false,
      code: 'device-required',
      fix: [{ command: expect.stringContaining('--device') }],
    });
    expect((await runJson(`qr ${PANEL} --entry experience --device vdevo1`)).value.url).toContain('deviceId');
    expect((await runJson(`qr ${PANEL}`)).code).toBe(0);
  });

  test('says where it opens nothing, for whom it is for nobody, and a page that no version has', async () => {
    const { value } = await runJson(`qr ${SMART} --page pages/nowhere`);
    expect(new Set(value.closed.map(({ code }: { code: string }) => code))).toEqual(
      new Set(['page-not-found', 'app-not-associated']),
    );
    expect(value.isPageListed).toBe(false);
    expect((await runJson(`qr ${SMART} --page pages/index/index`)).value.isPageListed).toBe(true);
    const { code, err } = await run(['qr', SMART, '--page', 'pages/nowhere']);
    expect(code).toBe(0);
    expect(err).toContain(`No version of ${SMART} lists the page pages/nowhere. `);
    expect(err).toMatch(
      /It opens nothing in smart-life in [A-Z, ]+: .* \(page-not-found\)\n {2}next: npx miniapp resolve .* --page pages\/nowhere\n/,
    );
    // It is asked what the code asks.
    const [, next = ''] = /next: npx miniapp (resolve .*)\n/.exec(err)!;
    expect((await run(next.split(' '))).out).toContain('page-not-found');
    const open = await runJson(`qr ${SMART} --entry experience`);
    expect(open.value.isForNobody).toBe(false);
    writeFileSync(join(home, `config/miniapps/${SMART}/whitelist.yaml`), 'whitelist: []\n');
    expect((await runJson(`qr ${SMART} --entry experience`)).value.isForNobody).toBe(true);
    expect((await run(['qr', SMART, '--entry', 'experience'])).err).toContain('Nobody is whitelisted in smart-life');
  });

  test('a link that no code holds', async () => {
    const { code, err } = await run(['qr', SMART, '--query', `x=${'y'.repeat(4000)}`]);
    expect(code).toBe(2);
    expect(err).toContain('more than a QR code holds');
  });
});
