/** `miniapp export`: what it writes, and where it refuses to. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { RESOLVE_FILE } from '../fixtures/bare-engine.ts';
import { fixtureFiles, fixtureWorkspace, NOW, SMART } from '../fixtures/workspace.ts';
import { exportOf, type Exported } from '../core/hosts/exported.ts';
import { digester } from '../core/hosts/keyed-digest.ts';
import type { resolver as Resolver } from '../core/hosts/resolve-entry.ts';
import { queryIn } from '../core/resolution/query-string.ts';
import { digestOf, keyId, keyText, newKey } from '../read/account-digest.ts';

const S = `miniapps/${SMART}`;
const files = fixtureFiles();
const { home, remove, reset, run, runJson } = cliHarness('export');
afterAll(remove);

const approved = (number: string, needs: string) =>
  files[`${S}/versions/1.0.0.yaml`]!.replaceAll('1.0.0', number).replace('2.14.2', needs);
const app = 'apps/smart-life.yaml';
const runtimes =
  'runtimes:\n  - { appVersion: 6.0.0, baseLibrary: 2.10.0, kits: { BaseKit: 3.10.4 } }\n  - { appVersion: 6.1.0, baseLibrary: 2.14.2, kits: { BaseKit: 3.10.4 } }\n  - { appVersion: 6.2.0, baseLibrary: 2.20.0, kits: { BaseKit: 3.11.0 } }\n';
const CHANGES: Record<string, string> = {
  [`${S}/scenarios.yaml`]: 'scenarios: []\n',
  [`${S}/versions/1.2.0.yaml`]: approved('1.2.0', '2.20.0'),
  [`${S}/release.yaml`]:
    'online: { version: 1.1.0, enabled: true }\nrollout: { version: 1.2.0, percent: 50, regions: [EU] }\nexperience: { version: 1.3.0 }\nprevious: [1.0.0]\nsequence: 4\n',
  [`${S}/versions/1.0.0.yaml`]: approved('1.0.0', '2.9.0'),
  [app]: `${files[app]}${runtimes}`,
  'platform.yaml': `${files['platform.yaml']}compatibility: newest-fitting\n`,
};

const { resolver } = (await import(RESOLVE_FILE)) as { readonly resolver: typeof Resolver };

describe('what is exported', () => {
  beforeEach(() => reset(CHANGES));

  test('is all that resolution reads, and the resolution that core/hosts/resolve-file.thorough.test.ts proves', async () => {
    const { code, value } = await runJson('export --out out');
    expect({ code, value }).toMatchObject({ code: 0, value: { ok: true, miniapps: 2, warnings: [] } });
    const data = JSON.parse(readFileSync(join(home, 'out/data.json'), 'utf8')) as Exported;
    expect(data).toEqual(JSON.parse(JSON.stringify(exportOf(fixtureWorkspace(CHANGES)))));
    expect(readFileSync(join(home, 'out/resolve.mjs'))).toEqual(readFileSync(RESOLVE_FILE));
  });

  test('is what the command line prints, word for word', async () => {
    await run('export --out out');
    const data = JSON.parse(readFileSync(join(home, 'out/data.json'), 'utf8')) as Exported;
    const words = `--app smart-life --region EU --account user3@example.com --app-version 6.0.0 --now 2026-11-20T12:00:00Z`;
    const { value } = await runJson(`resolve ${SMART} ${words}`);
    const question = {
      miniapp: SMART,
      app: 'smart-life',
      region: 'EU',
      account: 'user3@example.com',
      appVersion: '6.0.0',
      now: '2026-11-20T12:00:00Z',
    };
    expect(JSON.parse(JSON.stringify(resolver(data)(question)))).toEqual(value);
  });

  test('is a program too, in the words of the command, and no other program’s', async () => {
    await run('export --out out');
    const asked = (...words: string[]) => {
      const env = { PATH: process.env['PATH'] };
      const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: home, env, encoding: 'utf8' });
      return { code: status, out: stdout, err: stderr };
    };
    const now = '--now=2026-11-20T12:00:00Z';
    for (const words of [
      `${SMART} --app smart-life --region EU --account user3@example.com --app-version 6.0.0 ${now}`,
      `${SMART} --app=smart-life --region=EU --account qa@example.com --entry experience --page nowhere ${now}`,
      `${SMART} --app smart-life --region EU --audience rollout --format json ${now}`,
      `nothing --app smart-life --region EU ${now}`,
    ]) {
      const { code, out, err } = asked('out/resolve.mjs', ...words.split(' '));
      expect({ code, value: JSON.parse(out) as unknown, err }).toEqual({
        ...(await runJson(`resolve ${words.replace(' --format json', '')}`)),
        err: '',
      });
    }
    const wrong = (words: string) => asked('out/resolve.mjs', ...words.split(' '));
    expect(wrong(`${SMART} --app smart-life`)).toEqual({ code: 2, out: '', err: 'resolve.mjs: --region is missing\n' });
    expect(wrong(SMART).err).toBe('resolve.mjs: --app, --region are missing\n');
    expect(wrong(`${SMART} --app a --region r --at main`).err).toMatch(
      /^resolve\.mjs: there is no option --at\nusage: /,
    );
    expect(wrong(`${SMART} --app a --app b`).err).toBe('resolve.mjs: --app is given twice\n');
    expect(wrong('--app a --region r')).toMatchObject({ code: 2, err: expect.stringContaining('one miniapp') });
    expect(wrong(`${SMART} --app a --region r --entry scan`).err).toBe(
      'resolve.mjs: entry: it is link or experience\n',
    );
    const question = `${SMART} --app a --region r`;
    for (const [words, why] of [
      [`${question} --account=`, '--account is empty'],
      [`${question} --account `, '--account is empty'],
      [` --app a --region r`, 'a word is empty'],
      [`${question} --account`, '--account lacks its value'],
      [`${question} --account --entry=experience`, '--account lacks its value'],
      [`${question} --account a --audience rollout`, '--account and --audience exclude each other'],
      [`${question} -x`, 'there is no option -x'],
    ] as const) {
      expect(wrong(words)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(why) });
      expect((await run(`resolve ${words}`)).code).toBe(2);
    }
    expect(wrong('-h').code).toBe(0);
    // A variable that is empty is none, as for the command.
    const env = { PATH: process.env['PATH'], MINIAPP_ACCOUNTS_KEY: '' };
    const words = ['out/resolve.mjs', SMART, '--app', 'smart-life', '--region', 'EU', '--account', 'qa@example.com'];
    expect(spawnSync(process.execPath, words, { cwd: home, env }).status).toBe(0);
    expect(wrong('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/^usage: node resolve\.mjs ID /) });
    mkdirSync(join(home, 'caller'));
    writeFileSync(join(home, 'caller/resolve.mjs'), "import '../out/resolve.mjs';\nconsole.log('a host');\n");
    expect(asked('caller/resolve.mjs', SMART)).toEqual({ code: 0, out: 'a host\n', err: '' });
  });

  test('holds no note and nobody else’s business', async () => {
    await run('export --out out');
    const text = readFileSync(join(home, 'out/data.json'), 'utf8');
    expect(text).toContain('qa@example.com');
    expect(text).not.toMatch(/QA phone|alice|rita|api\.example\.com/);
    expect(statSync(join(home, 'out/data.json')).mode & 0o077).toBe(0);
  });
});

test('with digests in the files, an account is found by the key', () => {
  const key = newKey();
  const named = keyId(key);
  expect(digester(keyText(key), named)(' QA@example.com')).toBe(digestOf('qa@example.com', key));
  const kept = digestOf('qa@example.com', key);
  const data = exportOf(
    fixtureWorkspace({
      'platform.yaml': `${files['platform.yaml']}accounts: digest\naccountsKey: "${named}"\n`,
      [`${S}/whitelist.yaml`]: `whitelist:\n  - { app: smart-life, account: ${kept} }\n`,
    }),
  );
  const question = {
    miniapp: SMART,
    app: 'smart-life',
    region: 'EU',
    entry: 'experience',
    account: 'QA@example.com',
    now: NOW,
  } as const;
  expect(resolver(data, { accountsKey: keyText(key) }).decide(question)).toMatchObject({
    version: '1.2.0',
  });
  expect(() => resolver(data).decide(question)).toThrow(/set MINIAPP_ACCOUNTS_KEY .*\{ accountsKey \} .*accounts hash/);
  expect(() => resolver(data, { accountsKey: 'x' })).toThrow('the key of accounts is none');
  expect(() => resolver(data, { accountsKey: keyText(newKey()) })).toThrow(named);
});

test('a query is read as browsers do', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary-ascii' }),
    fc
      .array(fc.constantFrom('%', '%E2', '%82', '%AC', '%F0', '%9F', '%zz', '+', '&', '=', 'a', '%ED', '%A0', '%C0'))
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (query) => {
      expect(queryIn(query)).toEqual(Object.fromEntries(new URLSearchParams(query)));
    }),
    { numRuns: 500 },
  );
});

describe('nothing is written where accounts would get out', () => {
  beforeEach(() => reset());
  const git = (...words: string[]) => execFileSync('git', words, { cwd: home });
  const portalAt = (folder: string) => {
    mkdirSync(join(home, folder, 'api/v1'), { recursive: true });
    for (const file of ['index.html', 'api/v1/index.json']) writeFileSync(join(home, folder, file), '{}');
  };

  test('over what a killed one left, which goes; what one at work has is left to it', async () => {
    const out = join(home, 'out');
    mkdirSync(out, { recursive: true });
    const { pid } = spawnSync(process.execPath, ['--version']);
    for (const [i, owner] of [pid, process.ppid].entries())
      writeFileSync(join(out, `.miniapp-export-${owner}`), `${i}`);
    expect(await runJson('export --out out')).toMatchObject({ code: 0 });
    const left = [`.miniapp-export-${process.ppid}`, 'README.md', 'data.json', 'resolve.mjs'];
    expect(readdirSync(out).toSorted()).toEqual(left);
    rmSync(out, { recursive: true });
  });

  test.each<[string, string, () => void, string]>([
    ['in the configuration', 'config/out', () => {}, 'in the configuration'],
    ['where the portal is built', 'dist/host', () => {}, 'where the portal is built'],
    ['in a portal', 'www/private/out', () => portalAt('www'), 'is a portal'],
    [
      'in a portal, by a link',
      'link/out',
      () => (portalAt('www'), symlinkSync(join(home, 'www'), join(home, 'link'))),
      'is a portal',
    ],
    [
      'over something else',
      'mine',
      () => (mkdirSync(join(home, 'mine')), writeFileSync(join(home, 'mine/x'), '')),
      'something else',
    ],
    ['where a file is', 'plain', () => writeFileSync(join(home, 'plain'), ''), 'no folder'],
    ['where Git would track it', 'out', () => git('init', '-q'), 'Git tracks it'],
  ])('%s', async (_, out, prepare, why) => {
    prepare();
    try {
      const { code, err } = await run(`export --out ${out}`);
      expect({ code, says: err.includes(why) }).toEqual({ code: 2, says: true });
    } finally {
      for (const made of ['.git', 'www', 'link', 'mine', 'plain', 'out', 'dist'])
        rmSync(join(home, made), { recursive: true, force: true });
    }
  });

  test('but where Git ignores it, and with a warning where others may read it', async () => {
    git('init', '-q');
    writeFileSync(join(home, '.gitignore'), 'host/\n');
    mkdirSync(join(home, 'host'), { mode: 0o755 });
    expect((await runJson('export --out host')).value.warnings).toEqual([]);
    chmodSync(join(home, 'host/data.json'), 0o644);
    const { code, value } = await runJson('export --out host');
    expect({ code, warnings: value.warnings }).toEqual({ code: 0, warnings: [expect.stringContaining('data.json')] });
    for (const made of ['.git', '.gitignore', 'host']) rmSync(join(home, made), { recursive: true, force: true });
  });

  test('nor through a link, or into a file that has another name elsewhere', async () => {
    mkdirSync(join(home, 'mine'));
    for (const file of ['public.json', 'other.mjs']) writeFileSync(join(home, file), 'public');
    symlinkSync(join(home, 'public.json'), join(home, 'mine/data.json'));
    linkSync(join(home, 'other.mjs'), join(home, 'mine/resolve.mjs'));
    expect((await run('export --out mine')).code).toBe(0);
    for (const file of ['public.json', 'other.mjs']) expect(readFileSync(join(home, file), 'utf8')).toBe('public');
    expect(lstatSync(join(home, 'mine/data.json')).isFile()).toBe(true);
    expect(statSync(join(home, 'mine/resolve.mjs')).mode & 0o077).toBe(0);
    chmodSync(join(home, 'mine'), 0o777);
    expect((await runJson('export --out mine')).value.warnings).toEqual([expect.stringContaining('replace')]);
    for (const made of ['mine', 'public.json', 'other.mjs']) rmSync(join(home, made), { recursive: true });
  });

  test('nor of a configuration with errors', async () => {
    reset({ [`${S}/release.yaml`]: 'online: { version: 9.9.9, enabled: true }\n' });
    expect((await run('export --out out')).code).toBe(1);
  });
});
