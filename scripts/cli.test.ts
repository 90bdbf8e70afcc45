/** Conversations with the tool, black-box: words in, text and exit code out. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { VERBS } from './cli.ts';
import { runCommand, type CommandOutput } from './fixtures/run-command.ts';
import { answerOf } from './fixtures/answers.ts';
import { FIXTURE, PANEL, SMART } from './fixtures/workspace.ts';

const home = mkdtempSync(join(tmpdir(), 'miniapp-cli-'));
const config = join(home, 'config');
const release = `config/miniapps/${SMART}/release.yaml`;

beforeEach(() => {
  rmSync(config, { recursive: true, force: true });
  cpSync(FIXTURE, config, { recursive: true });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const say = (
  line: string | string[],
  options: { cwd?: string; isColoured?: boolean; env?: Record<string, string> } = {},
): Promise<CommandOutput> => runCommand(typeof line === 'string' ? line.split(' ') : line, { cwd: home, ...options });

const json = async (line: string | string[]): Promise<{ code: number; value: any }> => {
  const words = typeof line === 'string' ? line.split(' ') : line;
  const { code, out } = await say([...words, '--format', 'json']);
  return { code, value: answerOf(words[0]!, out) };
};

describe('miniapp', () => {
  test('--help lists every command', async () => {
    const { code, out } = await say('--help');
    expect(code).toBe(0);
    for (const name of Object.keys(VERBS)) expect(out).toContain(`  ${name}`);
  });

  test.each(Object.keys(VERBS))('%s --help says how', async (name) => {
    const { code, out } = await say([name, '--help']);
    expect(code).toBe(0);
    expect(out).toContain(`usage: miniapp ${name}`);
    expect(out).toContain('--config DIR');
    // A terminal breaks what is longer anywhere, and what is read first is then hardest to read.
    for (const line of out.split('\n\n')[0]!.split('\n')) {
      expect(line.length).toBeLessThanOrEqual(120);
      expect(line.match(/[[(]/g)?.length).toBe(line.match(/[\])]/g)?.length);
    }
  });

  test.each([
    ['validat', 'Did you mean validate?'],
    ['list --formt pretty', 'Did you mean --format?'],
    ['validate --nope', '--nope'],
    ['validate more', '"more" is one word too many'],
    ['validate --format xml', '--format xml'],
    ['validate --now yesterday', '--now yesterday'],
    ['validate --now 2026-02-30', '--now 2026-02-30'],
    ['validate --now 2026-02-28T25:00:00Z', '--now 2026-02-28T25'],
    ['validate --config nowhere', 'there is no folder nowhere'],
    ['validate --config=', '--config is empty'],
    ['validate --config .', 'there is no platform.yaml in ., but one in ./config: name that with --config ./config'],
    ['list --format=', '--format is empty. Give pretty|json: how to answer'],
    ['upgrade --from=', '--from is empty. Give REMOTE_OR_DIR: where the newer tool is'],
    [`resolve ${SMART} --app smart-life --region EU --account=`, '--account is empty'],
    [`whitelist add ${SMART} --app smart-life --account=a@example.com --account=`, '--account is empty'],
    [
      `edit ${SMART} --name=`,
      '--name is empty. Give NAME: what people read. Or leave the option out. To take away what is there: --unset.',
    ],
    [`reject ${SMART} 1.0.0 --reason=`, '--reason is empty. Give REASON: why, for those who made it.\n'],
    [`create --type smart --name=`, 'what people read, in the fallback language.\n'],
    [`resolve ${SMART} --app smart-life --region=`, 'the region of the account.\n'],
    [`trafficking remove ${SMART} smart-life --region ,`, '--region is empty'],
    [['trafficking', 'remove', SMART, 'smart-life', '--region', ' '], '--region is empty'],
    [['domain', 'remove', SMART, 'https://api.example.com', '--region', ' , '], '--region is empty'],
    [['whitelist', 'remove', SMART, ''], `the word after "${SMART}" is empty`],
    [['trafficking', 'remove', SMART, ' '], `the word after "${SMART}" is empty`],
    [['show', ''], 'the first word is empty'],
    [`rollout start ${SMART} 1.2.0 --percent 10 --app ,,`, '--app is empty'],
    ['show', 'ID is missing'],
    ['resolve x --app smart-life', '--region is missing: the region of the account'],
    [
      'resolve x',
      '--region, --app are missing:\n  --region REGION: the region of the account\n  --app APP: the app that opens it\n',
    ],
    ['language add x', '--language, --key, --text are missing:\n'],
    ['scenario add x --opens online', '--name, --app, --region are missing:\n'],
    ['resolve x --app smart-life --region EU --entry scan', '--entry scan'],
    [`qr ${SMART} --out code.gif`, '.svg or .png'],
    [`qr ${SMART} --query x`, 'key=value'],
    [`qr ${SMART} --app smart-lif`, 'Did you mean smart-life?'],
    ['constructor', 'there is no command "constructor"'],
  ])('%s is wrong usage', async (line, why) => {
    const { code, err, out } = await say(line);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(why);
    expect(err).not.toMatch(/\n\s+at /);
  });

  test.each([
    ['validate --format pretty --format json', '--format is given twice, and takes one pretty|json: leave one out'],
    [`resolve ${SMART} --app smart-life --app oem-home --region EU`, '--app is given twice'],
    [`resolve ${SMART} --app smart-life --app=smart-life --region EU`, '--app is given twice'],
    [`edit ${SMART} --name A --language en --name B --actor alice --no-pr`, '--name is given twice'],
    ['plan --base main --actor olga --actor alice', '--actor is given twice'],
  ])('%s: an option that takes one value is given once', async (line, why) => {
    const { code, err } = await say(line);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
  });

  test('a flag may be given twice, and an option that takes several', async () => {
    const added = `whitelist add ${SMART} --app smart-life --account a@example.com --account b@example.com`;
    expect((await say(`${added} --actor alice --no-pr --no-pr --dry-run --dry-run`)).code).toBe(0);
  });

  test.each([
    ['validat', 'command-unknown'],
    ['validate --nope', 'option-unknown'],
    ['validate --now', 'option-value'],
    ['validate --now yesterday', 'option-value'],
    ['resolve x --app smart-life --region EU --entry scan', 'option-value'],
    ['validate --base a --base b', 'option-repeated'],
    ['validate --base=', 'option-empty'],
    ['resolve x --app smart-life', 'option-missing'],
    ['whoami', 'option-missing'],
    [`whitelist add ${SMART} --app smart-life --actor alice`, 'option-missing'],
    [`edit ${SMART} --archive --unarchive`, 'options-apart'],
    ['show', 'word-missing'],
    ['edit --archive --actor alice', 'word-missing'],
    [`domain remove ${SMART} --region EU --actor alice`, 'word-missing'],
    ['accounts hash', 'word-missing'],
    [['show', ''], 'word-empty'],
    ['validate more', 'word-extra'],
    ['show nobody', 'usage'],
    ['validate --base main', 'environment'],
  ])('%j fails with the code %s', async (line, code) => {
    const { value } = await json(line);
    expect(value).toEqual({ ok: false, code, error: expect.any(String) });
  });

  test('a list of nothing in a file takes nothing away, and is told where it stands', async () => {
    writeFileSync(join(home, 'rows.csv'), 'app,regions\nsmart-life,","\n');
    const { code, out } = await say(`trafficking remove ${SMART} --file rows.csv --actor alice --no-pr`);
    expect(code).toBe(1);
    expect(out).toContain('rows.csv:2:1 error regions is a list of nothing');
    expect(readFileSync(join(config, `miniapps/${SMART}/trafficking.yaml`), 'utf8')).toContain('smart-life');
  });

  test('a text that is a comma is no empty one', async () => {
    const words = ['language', 'add', SMART, '--language', 'en', '--key', 'separator', '--text', ', '];
    expect((await say([...words, '--actor', 'alice', '--no-pr'])).code).toBe(0);
  });

  test('JSON is one document even when something fails', async () => {
    const { code, value } = await json('show nobody');
    expect(code).toBe(2);
    expect(value).toEqual({ ok: false, code: 'usage', error: expect.stringContaining('nobody') });
  });
});

describe('with Git', () => {
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'core.hooksPath=/dev/null', ...args],
      { cwd: home, encoding: 'utf8' },
    );
  beforeAll(() => void git('init', '-q', '-b', 'main'));
  beforeEach(() => {
    writeFileSync(join(config, `miniapps/${PANEL}/notes.txt`), 'an old mistake');
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'base');
  });

  test('resolve --at and show --at answer from the past, beside what is broken now', async () => {
    rmSync(join(config, `miniapps/${PANEL}/notes.txt`));
    git('add', '-A');
    git('commit', '-q', '-m', 'sound');
    writeFileSync(join(home, release), 'online: [');
    const line = `resolve ${SMART} --app smart-life --region EU`;
    expect((await json(line)).code).toBe(1);
    expect((await json(`${line} --at HEAD`)).value).toMatchObject({ outcome: 'opens', version: '1.1.0' });
    expect((await json(`show ${SMART} --at main`)).value.release.online).toEqual({ version: '1.1.0', enabled: true });
    const { code, err } = await say(`${line} --at 2001-01-01`);
    expect(code).toBe(2);
    expect(err).toContain('nothing was committed before 2001-01-01');
  });

  test('validate --base: only what changed: a tracked file, and a new one', async () => {
    expect((await json('validate')).value.problems).toHaveLength(1);
    expect((await json('validate --base HEAD')).value.problems).toEqual([]);
    writeFileSync(join(home, release), 'online: { version: 9.9.9, enabled: true }\n');
    writeFileSync(join(config, `miniapps/${SMART}/neu ü.txt`), 'x');
    const { code, value } = await json('validate --base HEAD');
    expect(code).toBe(1);
    expect(value.problems.map((problem: any) => problem.code)).toEqual(['file-unknown', 'reference-unknown']);
  });

  test('validate --base: what a change of an app breaks elsewhere, and not what was broken before', async () => {
    writeFileSync(
      join(config, 'apps/oem-home.yaml'),
      readFileSync(join(config, 'apps/oem-home.yaml'), 'utf8').replace('EU, ', ''),
    );
    const { value } = await json('validate --base main');
    expect(value.problems.map((problem: any) => problem.code)).toEqual(['region-outside-app']);
  });

  test.each(['nosuch', '--output=x', 'main:config'])('validate --base: %s is no commit', async (base) => {
    const { code, err } = await say(['validate', `--base=${base}`]);
    expect(code).toBe(2);
    expect(err).toContain('no commit, branch or tag');
  });

  test('says so where there is no Git repository', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'miniapp-nogit-'));
    cpSync(FIXTURE, join(elsewhere, 'config'), { recursive: true });
    const { code, err } = await say('validate --base main', { cwd: elsewhere });
    rmSync(elsewhere, { recursive: true });
    expect(code).toBe(2);
    expect(err).toContain('no Git repository');
  });
});
