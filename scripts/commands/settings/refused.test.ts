/** Settings that commands refuse, and that nothing is written then. */
import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { PANEL, SMART } from '../../fixtures/workspace.ts';

const S = `miniapps/${SMART}`;
const { changes, home, remove, reset, run, runJson, text } = cliHarness('refused');
afterAll(remove);
beforeEach(() => reset());

type Line = string | string[];
/** `ID` is the smart miniapp, `PANEL` the panel. */
const wordsOf = (line: Line) =>
  (typeof line === 'string' ? line.split(' ') : line).map((word) =>
    word === 'ID' ? SMART : word === 'PANEL' ? PANEL : word,
  );

describe('is refused, and writes nothing', () => {
  test.each<[line: Line, code: string]>([
    ['edit ID --name Clock --actor rita', 'actor-not-allowed'],
    [['edit', 'ID', '--name', ' ', '--actor', 'bob'], 'field-pattern'],
    ['whitelist add ID --app smart-lif --account a@example.com --actor bob', 'reference-unknown'],
    [
      ['whitelist', 'add', 'ID', '--app', 'smart-life', '--account', 'not an account', '--actor', 'bob'],
      'field-pattern',
    ],
    ['whitelist add ID --app smart-life --account a@example.com --expires 2026-02-30 --actor bob', 'date-invalid'],
    ['trafficking add ID --app smart-life --region XX --actor alice', 'reference-unknown'],
    ['trafficking add ID --app oem-home --region AY --actor alice', 'region-outside-app'],
    ['trafficking add ID --app smart-life --region AZ --actor alice', 'scenario-broken'],
    ['trafficking add ID --app smart-life --region AZ --actor bob', 'actor-not-allowed'],
    ['member add ID --login nobody --role tester --actor alice', 'reference-unknown'],
    ['member add ID --login rita --role boss --actor alice', 'field-value'],
    ['member remove ID --login alice --actor alice', 'admin-missing'],
    ['member add ID --login alice --role tester --actor alice', 'admin-missing'],
    ['domain add ID http://api.example.com --api request --region EU --actor bob', 'domain-scheme'],
    ['domain add ID https://api.example.com/v1 --api request --region EU --actor bob', 'domain-extra'],
    ['domain add ID https://co.uk --api request --region EU --actor bob', 'domain-public-suffix'],
    ['domain add ID https://api.example.com --api request --region XX --actor bob', 'reference-unknown'],
    ['domain add PANEL https://api.example.com --api request --region __proto__ --actor bob', 'yaml-key-reserved'],
    ['domain add PANEL https://api.example.com --api request --region constructor --actor bob', 'reference-unknown'],
    ['cloud add ID /api --actor bob', 'field-pattern'],
    ['language add PANEL --language __proto__ --key a --text b --actor bob', 'yaml-key-reserved'],
    ['language add ID --language en --key __proto__ --text b --actor bob', 'yaml-key-reserved'],
    [['edit', 'ID', '--name', 'a\u202Eb', '--actor', 'bob'], 'field-pattern'],
    [['edit', 'ID', '--name', 'a\nb', '--actor', 'bob'], 'field-pattern'],
    ['language add ID --language xx-yy --key a --text b --actor bob', 'field-pattern'],
    ['person add carol --github-id 104 --name Carol --actor olga', 'github-id-duplicate'],
    ['person add carol --github-id 105 --name Carol --actor bob', 'actor-not-allowed'],
    ['person add ../x --github-id 105 --name Carol --actor olga', 'file-unknown'],
    ['person add bob --github-id 105 --name Bob --actor olga', 'already-there'],
    ['person edit carol --name Carol --actor olga', 'reference-unknown'],
    ['person edit olga --no-role --actor olga', 'owner-last'],
    ['app add ../../x --name X --scheme x --region EU --actor olga', 'file-unknown'],
    ['app add oem-home --name X --scheme x --region EU --actor olga', 'already-there'],
    ['app edit smart-live --add-region EU --actor olga', 'reference-unknown'],
    ['app edit smart-life --add-region XX --actor olga', 'reference-unknown'],
    ['app edit smart-life --runtime 6.6.0 --actor olga', 'field-missing'],
    ['app edit smart-life --runtime 6.6 --base-library 2.0.0 --actor olga', 'field-pattern'],
    ['app edit smart-life --runtime 6.6.0 --base-library 2.0.0 --share 101 --actor olga', 'field-limit'],
    ['whitelist add nobody00 --app smart-life --account a@example.com --actor bob', 'reference-unknown'],
  ])('%s', async (line, code) => {
    const { code: exit, value } = await runJson(wordsOf(line));
    expect(value.problems?.map((found: { code: string }) => found.code)).toContain(code);
    expect({ exit, ok: value.ok, files: value.files }).toEqual({ exit: 1, ok: false, files: [] });
    expect(changes()).toEqual([]);
  });

  test.runIf(existsSync('/dev/zero'))('what never ends is not read to its end', async () => {
    symlinkSync('/dev/zero', join(home, 'zero.png'));
    for (const line of ['edit ID --avatar zero.png', 'language import ID /dev/zero']) {
      const { code, err } = await run(wordsOf(`${line} --actor bob`));
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('has more than 16777216 bytes') });
    }
    expect(changes()).toEqual([]);
  });

  test.each<[line: Line, why: string]>([
    ['edit ID --actor bob', 'nothing to edit is named'],
    ['edit ID --avatar nowhere.png --actor bob', 'cannot be read'],
    ['edit ID --avatar cli.ts --actor bob', '.svg file'],
    ['whitelist ID --actor bob', 'add, remove, list'],
    ['whitelist add ID --app smart-life --actor bob', '--account is missing'],
    ['domain add ID https://a.example.com --api ftp --region EU --actor bob', '--api ftp'],
    ['domain add ID https://a.example.com --api request --actor bob', '--region is missing'],
    ['create --name X --type game --actor bob', '--type game'],
    ['create --name X --type smart --id ../../x --actor bob', '--id ../../x'],
    ['person add carol --github-id x --name Carol --actor olga', '--github-id x'],
    ['app add x --name X --scheme x --actor olga', '--region is missing'],
    ['app edit smart-life --kit BaseKit=3.0.6 --actor olga', '--kit goes with --runtime'],
    ['app edit smart-life --runtime 6.6.0 --kit BaseKit --actor olga', 'NAME=VERSION'],
    ['app edit smart-life --runtime 6.6.0 --share much --actor olga', '--share much'],
    ['whitelist list nobody00', 'no miniapp "nobody00"'],
  ])('%s is wrong usage', async (line, why) => {
    const { code, err } = await run(wordsOf(line));
    expect(code).toBe(2);
    expect(err).toContain(why);
    expect(changes()).toEqual([]);
  });

  test.each<[line: Line, says: string]>([
    ['whitelist add ID --app smart-life --account qa@example.com --actor bob', 'on the whitelist'],
    ['whitelist remove ID --app smart-life --account x@example.com --actor bob', 'not on the whitelist'],
    ['trafficking add ID --app smart-life --region EU --actor alice', 'delivered'],
    ['trafficking remove ID --app smart-life --region AZ --actor alice', 'not delivered'],
    ['member remove ID --login rita --actor alice', 'no member'],
    ['domain remove ID https://x.example.com --actor bob', 'not listed'],
    ['cloud remove ID x.y --actor bob', 'not listed'],
    ['language remove ID --language en --key nope --actor bob', 'no nope'],
  ])('%s has nothing to do', async (line, says) => {
    const { code, out } = await run(wordsOf(line));
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(says) });
    expect(changes()).toEqual([]);
  });
});

describe('promises that a list of settings would break', () => {
  test.each([
    ['trafficking remove ID smart-life --region EU --actor olga', '{ error: app-not-associated }'],
    ['whitelist remove ID qa@example.com --app smart-life --actor olga', 'entry: experience, expect: { opens: 1.1.0 }'],
  ])('%s: refused, and met where asked for', async (line, expected) => {
    const refused = await runJson(line.replace('ID', SMART).split(' '));
    expect(refused.code).toBe(1);
    expect(refused.value.problems.map(({ code }: any) => code)).toContain('scenario-broken');
    expect(refused.value.problems.find(({ code }: any) => code === 'scenario-broken').hint).toContain(
      '--update-scenarios',
    );
    const { code, value } = await runJson([...line.replace('ID', SMART).split(' '), '--update-scenarios']);
    expect(code, JSON.stringify(value.problems)).toBe(0);
    expect(value.transitions.map(({ kind }: any) => kind).sort()).toEqual(
      ['edit-scenarios', `edit-${line.split(' ')[0]}`].sort(),
    );
    expect(text(`${S}/scenarios.yaml`)).toContain(expected);
  });
});
