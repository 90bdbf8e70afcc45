/** What `validate` says, black-box: words in, text and exit code out. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';

const { home, remove, reset, run, runJson } = cliHarness('validate');
const config = join(home, 'config');
const release = `config/miniapps/${SMART}/release.yaml`;

beforeEach(() => reset());
afterAll(remove);

describe('validate', () => {
  test('a sound configuration', async () => {
    expect(await run('validate')).toEqual({ code: 0, out: 'no problems\n', err: '' });
    const { code, value } = await runJson('validate');
    expect({ code, value }).toEqual({
      code: 0,
      value: { ok: true, problems: [], counts: { errors: 0, warnings: 0, files: 0 } },
    });
  });

  test('shows place, excerpt with caret, both sides and the next step', async () => {
    writeFileSync(join(home, release), 'online: { version: 1.9.0, enabled: true }\nexperience: { verison: 1.2.0 }\n');
    const { code, out } = await run('validate');
    expect(code).toBe(1);
    expect(out).toMatchInlineSnapshot(`
      "config/miniapps/tysmart0000000001/release.yaml:2:1 error "version" is missing (The version that whitelisted accounts get by the experience QR code) field-missing
        2 | experience: { verison: 1.2.0 }
            ^
        next: Add it, for example version: 1.2.0

      config/miniapps/tysmart0000000001/release.yaml:2:15 error "verison" is no field here field-unknown
        2 | experience: { verison: 1.2.0 }
                          ^
        next: Did you mean version?

      2 errors, 0 warnings in 1 file
      "
    `);
  });

  test('writes at most 50 out of 10,000 problems, counts the rest, and has all of them as JSON', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `  - { app: nowhere, account: eu${i}x, colour: red }`);
    writeFileSync(join(config, `miniapps/${SMART}/whitelist.yaml`), `whitelist:\n${rows.join('\n')}\n`);
    writeFileSync(join(config, `miniapps/${PANEL}/whitelist.yaml`), `whitelist:\n${rows.join('\n')}\n`);
    const { out } = await run('validate');
    expect(out.split('\n').length).toBeLessThan(260);
    expect(out).toContain('… and 9950 more (field-unknown × 9950); --format json has all of them');
    expect(out).toContain('10000 errors, 0 warnings in 2 files');
    const { value } = await runJson('validate');
    expect(value.problems).toHaveLength(10_000);
    expect(value.counts).toEqual({ errors: 10_000, warnings: 0, files: 2 });
  });

  test('text from a file cannot move the cursor or hide', async () => {
    writeFileSync(
      join(config, 'apps/oem-home.yaml'),
      'id: "\\e[2J\\u202Eoem"\nname: { en: "\\u0007" }\nregions: [EU]\nscheme: x\n',
    );
    const { out } = await run('validate');
    // oxlint-disable-next-line no-control-regex
    expect(out).not.toMatch(/[\x00-\x09\x0B-\x1F\u202E]/);
  });

  test('finds everything at once, sorted, and never crashes', async () => {
    writeFileSync(join(config, 'platform.yaml'), 'name: [\n');
    writeFileSync(join(config, 'notes.txt'), 'x');
    writeFileSync(join(config, `miniapps/${SMART}/members.yaml`), 'members: []\n');
    writeFileSync(join(config, 'people/bob.yaml'), '');
    symlinkSync('olga.yaml', join(config, 'people/carol.yaml'));
    chmodSync(join(config, 'people/alice.yaml'), 0o755);
    mkdirSync(join(config, 'miniapps/tyempty0000000001'));
    writeFileSync(join(config, 'miniapps/tyempty0000000001/release.yaml'), '{}\n');
    const { code, value } = await runJson('validate');
    expect(code).toBe(1);
    const brief = value.problems.map(({ code: problem, file, line }: any) => `${problem} ${file}:${line}`);
    expect(brief).toEqual([
      'file-missing config/miniapps/tyempty0000000001/members.yaml:1',
      'file-missing config/miniapps/tyempty0000000001/miniapp.yaml:1',
      `field-limit config/miniapps/${SMART}/members.yaml:1`,
      'file-unknown config/notes.txt:1',
      'file-not-plain config/people/alice.yaml:1',
      'file-empty config/people/bob.yaml:1',
      'file-not-plain config/people/carol.yaml:1',
      'yaml-syntax config/platform.yaml:2',
    ]);
    for (const line of ['list', `show ${SMART}`, `resolve ${SMART} --app smart-life --region EU`, `qr ${SMART}`]) {
      const said = await run(line);
      expect({ line, code: said.code, err: said.err }).toEqual({ line, code: 1, err: '' });
      expect(said.out).toContain('platform.yaml:2:1');
    }
  });

  test('warnings leave ok', async () => {
    writeFileSync(
      join(config, `miniapps/${PANEL}/whitelist.yaml`),
      'whitelist:\n  - { app: smart-life, account: eu1623, expires: 2026-01-01 }\n',
    );
    const { code, value } = await runJson('validate');
    expect({ code, ok: value.ok, counts: value.counts }).toEqual({
      code: 0,
      ok: true,
      counts: { errors: 0, warnings: 1, files: 1 },
    });
    expect((await runJson('validate --now 2025-12-31')).value.counts.warnings).toBe(0);
  });

  test('an absolute folder, and one with a slash at its end', async () => {
    writeFileSync(join(config, 'notes.txt'), 'x');
    for (const folder of [config, 'config/', './config']) {
      const { out } = await run(['validate', '--config', folder]);
      expect(out).toContain(`${folder.replace(/\/$/, '')}/notes.txt:1:1`);
    }
  });
});
