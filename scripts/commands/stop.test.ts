/** The emergency stop: whatever else is broken, it stops, and says what is broken. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { close, prepare, putInPlace } from '../edit/journal.ts';
import { withLock } from '../edit/lock.ts';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { SMART } from '../fixtures/workspace.ts';
import { editPlace, JOURNAL, journalsIn } from '../read/edit-state.ts';

const own = cliHarness('stop');
afterAll(() => own.remove());
const IN = `miniapps/${SMART}`;
const STOP = ['disable', SMART, '--actor', 'alice', '--no-pr'];

describe('stops although', () => {
  test.each<[string, Record<string, string | null>]>([
    ['policy.yaml cannot be parsed', { 'policy.yaml': 'a: [\n' }],
    ['platform.yaml is missing', { 'platform.yaml': null }],
    ['platform.yaml is another thing', { 'platform.yaml': '- 1\n' }],
    ['a person cannot be parsed', { 'people/alice.yaml': '{{{\n' }],
    ['the members cannot be parsed', { [`${IN}/members.yaml`]: 'members: oops\n' }],
    ['miniapp.yaml is missing', { [`${IN}/miniapp.yaml`]: null }],
    ['the online version cannot be parsed', { [`${IN}/versions/1.1.0.yaml`]: '\t\n' }],
    ['another version has a wrong field', { [`${IN}/versions/1.3.0.yaml`]: 'version: 1\n' }],
    ['there is a file that does not belong', { [`${IN}/notes.txt`]: 'x' }],
    ['there is half a file of somebody', { [`${IN}/whitelist.yaml`]: 'whitelist:\n  - {app: smart' }],
    ['another miniapp is broken', { 'miniapps/typanel0000000001/release.yaml': ': : :\n' }],
  ])('%s', async (_what, changes) => {
    own.reset(changes);
    const { code, value } = await own.runJson(STOP);
    expect({
      code,
      ok: value.ok,
      errors: value.problems.filter((one: { severity: string }) => one.severity === 'error'),
    }).toEqual({
      code: 0,
      ok: true,
      errors: [],
    });
    expect(own.text(`${IN}/release.yaml`)).toContain('enabled: false');
  });

  test('its file is executable elsewhere, somebody holds the lock, and it says so', async () => {
    own.reset();
    chmodSync(join(own.home, 'config', 'README.md'), 0o755);
    mkdirSync(join(own.home, 'config/apps/apps'), { recursive: true });
    writeFileSync(join(own.home, 'config/apps/apps/x.yaml'), 'x: 1\n');
    const stopped = await withLock(editPlace(join(own.home, 'config')), () => own.run(STOP));
    expect(stopped.code).toBe(0);
    expect(stopped.err).toMatch(/process \d+ of .* edits this configuration.*going on without/);
    expect(own.text(`${IN}/release.yaml`)).toContain('enabled: false');
  });
});

test('beside somebody who edits it touches nothing of theirs, and what they put in place afterwards leaves it stopped', async () => {
  own.reset();
  const config = join(own.home, 'config');
  const [release, texts] = [`${IN}/release.yaml`, `${IN}/languages.yaml`];
  const place = editPlace(config);
  const journal = join(journalsIn(place), '1');
  const before = { release: own.text(release), texts: own.text(texts) };
  const edits = [
    { path: release, before: before.release, after: 'online: { version: 1.0.0, enabled: true }\n' },
    { path: texts, before: before.texts, after: 'strings: {}\n' },
  ];
  const stopped = await withLock(place, async () => {
    const { entries } = prepare(journal, config, edits, 'theirs');
    const draft = join(journalsIn(place), '2');
    mkdirSync(draft);
    const code = (await own.run(STOP)).code;
    const left = [existsSync(join(journal, JOURNAL)), existsSync(draft), own.text(texts) === before.texts];
    putInPlace(journal, config, entries);
    close(journal);
    rmdirSync(draft);
    return { code, left };
  });
  expect(stopped).toEqual({ code: 0, left: [true, true, true] });
  expect(own.text(release)).toContain('online: { version: 1.1.0, enabled: false }');
  expect(own.text(texts)).toBe('strings: {}\n');
});

describe('does not stop', () => {
  test('where its own file cannot be read', async () => {
    own.reset({ [`${IN}/release.yaml`]: 'online: {version: 1.1.0, enabled: true}\nonline: 1\n' });
    expect((await own.run(STOP)).code).toBe(1);
  });

  test.each(['miniapps', IN])(
    'through a link in the place of %s, which it names, as every step does',
    async (folder) => {
      own.reset();
      const [there, elsewhere] = [join(own.home, 'config', folder), join(own.home, 'elsewhere')];
      renameSync(there, elsewhere);
      symlinkSync(elsewhere, there);
      for (const step of [STOP, ['resolve', SMART, '--app', 'smart-life', '--region', 'EU']]) {
        const { code, err, out } = await own.run(step);
        expect({ code, isNamed: `${out}${err}`.includes(`config/${folder}:1:1`) }).toEqual({ code: 1, isNamed: true });
      }
      unlinkSync(there);
      renameSync(elsewhere, there);
    },
  );

  test('for somebody who may not, where that is known', async () => {
    own.reset({ [`${IN}/notes.txt`]: 'x' });
    expect((await own.run(['disable', SMART, '--actor', 'bob', '--no-pr'])).code).toBe(1);
    expect(own.changes()).toEqual([]);
  });

  test('and no other step is as lenient', async () => {
    own.reset({ [`${IN}/members.yaml`]: 'members: oops\n' });
    expect((await own.run(['enable', SMART, '--actor', 'alice', '--no-pr'])).code).toBe(1);
    expect((await own.run(['rollback', SMART, '1.0.0', '--actor', 'alice', '--no-pr'])).code).toBe(1);
  });
});
