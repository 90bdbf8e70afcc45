/** Commits may claim any time: whatever tells of history goes on. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { storyOf } from '../../commands/history/timeline.ts';
import { removeRepositories, repository } from '../../fixtures/repository.ts';
import { SMART } from '../../fixtures/workspace.ts';
import { diskSource } from '../../read/disk.ts';
import { load } from '../../read/load.ts';
import { timeOf } from './time.ts';

afterAll(removeRepositories);

test.each([
  ['0', '1970-01-01T00:00:00.000Z'],
  ['1793534400', '2026-11-01T12:00:00.000Z'],
  ['9224318015999', '9999-12-31T23:59:59.000Z'],
  ['18446744073709551615', '9999-12-31T23:59:59.000Z'],
  ['-1', '1970-01-01T00:00:00.000Z'],
  ['', '1970-01-01T00:00:00.000Z'],
  ['soon', '1970-01-01T00:00:00.000Z'],
])('%s seconds', (seconds, time) => {
  expect(new Date(timeOf(seconds)).toISOString()).toBe(time);
});

test.each([
  ['the year 292,277', '9224318015999 +0000'],
  ['more than a number holds', '99999999999999999999999 +0000'],
  ['before 1970', '-86400 +0000'],
  ['nothing', ''],
  ['no number', 'soon +0000'],
  ['another zone than there is', '1793534400 +9999'],
])('a commit of %s: history, audit, the portal’s story and --at answer', async (_, date) => {
  const own = repository();
  own.edit(`miniapps/${SMART}/release.yaml`, 'enabled: true', 'enabled: false');
  own.commit({ by: 'alice' });
  const [tree, parent] = ['HEAD^{tree}', 'HEAD~1'].map((name) => own.git('rev-parse', name));
  const who = `Alice <103+alice@users.noreply.github.com> ${date}`;
  const text = `tree ${tree}\nparent ${parent}\nauthor ${who}\ncommitter ${who}\n\nstop\n`;
  const args = ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'];
  const commit = execFileSync('git', args, { cwd: own.home, input: text, encoding: 'utf8' }).trim();
  own.git('reset', '-q', '--soft', commit);
  const { code, value } = await own.runJson('history');
  expect({ code, kind: value.entries[0].kind }).toEqual({ code: 0, kind: 'disable' });
  expect(Date.parse(value.entries[0].when)).not.toBeNaN();
  expect((await own.runJson('audit')).value.judged).toBe(1);
  const config = join(own.home, 'config');
  const { head, events } = await storyOf(config, load(diskSource(config)).workspace);
  for (const time of [head.time, ...events.map(({ record }) => record.time)])
    expect(new Date(time).toISOString()).toMatch(/^\d{4}-/);
  const where = [SMART, '--app', 'smart-life', '--region', 'EU'];
  expect((await own.runJson('resolve', ...where, '--at', 'HEAD')).value.code).toBe('service-disabled');
  expect((await own.runJson('resolve', ...where, '--at', '2026-12-01')).value.trace).toBeDefined();
  own.edit(`miniapps/${SMART}/release.yaml`, 'enabled: false', 'enabled: true');
  expect((await own.runJson('plan', '--actor', 'alice')).code).toBe(0);
});
