/** Regions in words, fields taken back, and a miniapp given up: edits whose words mean more than they say. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { cliHarness } from '../../fixtures/cli-harness.ts';
import { fixtureFiles, PANEL, SMART } from '../../fixtures/workspace.ts';

const S = `miniapps/${SMART}`;
const files = fixtureFiles();
const { changes, remove, reset, run, runJson } = cliHarness('words');
afterAll(remove);
beforeEach(() => reset());

test.each([
  ['several with commas', `trafficking add ${PANEL} --app oem-home --region EU,AZ`, 'oem-home, regions: [EU, AZ]'],
  ['all, of the app', `trafficking add ${PANEL} --app smart-life --region all`, 'smart-life, regions: [AY, EU, AZ]'],
])('regions: %s', async (_, line, written) => {
  expect((await run(`${line} --actor alice --no-pr`)).code).toBe(0);
  expect(changes()).toEqual([`miniapps/${PANEL}/trafficking.yaml`, '+trafficking:', `+  - { app: ${written} }`]);
});

test('a server for all regions is listed in each', async () => {
  await run(`domain add ${SMART} https://new.example.com --api request --region all --actor alice --no-pr`);
  const { value } = await runJson(`domain list ${SMART}`);
  const listed = Object.entries(value.domains.request as Record<string, string[]>);
  const regions = listed.flatMap(([region, origins]) => (origins.includes('https://new.example.com') ? [region] : []));
  expect(regions.sort()).toEqual(['AY', 'AZ', 'EU']);
});

test.each([
  ['--unset category', ['-category: lifestyle']],
  [
    '--unset description --language zh',
    ['-description: { en: Wakes you up, zh: 叫你起床 }', '+description: { en: Wakes you up }'],
  ],
])('edit ID %s', async (options, lines) => {
  expect((await run(`edit ${SMART} ${options} --actor alice --no-pr`)).code).toBe(0);
  expect(changes()).toEqual([`${S}/miniapp.yaml`, ...lines]);
});

test.each([
  ['--unset avatar', 'it is one of'],
  ['--unset category --category x', 'exclude each other'],
  ['--archive --unarchive', 'exclude each other'],
  ['', 'nothing to edit is named'],
])('edit ID %s is wrong usage', async (options, why) => {
  const { code, err } = await run([
    'edit',
    SMART,
    ...options.split(' ').filter(Boolean),
    '--actor',
    'alice',
    '--no-pr',
  ]);
  expect({ code, says: err.includes(why) }).toEqual({ code: 2, says: true });
  expect(changes()).toEqual([]);
});

test('a miniapp in use is not given up; one at rest is, and comes back', async () => {
  const { code, value } = await runJson(`edit ${SMART} --archive --actor alice --no-pr`);
  expect({ code, codes: value.problems.map((found: { code: string }) => found.code) }).toMatchObject({
    code: 1,
    codes: expect.arrayContaining(['archived-in-use']),
  });
  reset({
    [`${S}/release.yaml`]: null,
    [`${S}/scenarios.yaml`]: null,
    [`${S}/versions/1.2.0.yaml`]: files[`${S}/versions/1.2.0.yaml`]!.replace(/review: .*\n/, ''),
  });
  expect((await run(`edit ${SMART} --archive --actor alice --no-pr`)).code).toBe(0);
  expect(changes()).toEqual([`${S}/miniapp.yaml`, '+archived: true']);
  expect((await run(`edit ${SMART} --unarchive --actor alice --no-pr`)).code).toBe(0);
  expect(changes()).toEqual([]);
});

test('whether a miniapp is given up stays as it is written, where the edit is about something else', async () => {
  reset({ [`${S}/miniapp.yaml`]: `${files[`${S}/miniapp.yaml`]!}archived: false\n` });
  expect((await run(`edit ${SMART} --category travel --actor alice --no-pr`)).code).toBe(0);
  expect(changes()).toEqual([`${S}/miniapp.yaml`, '-category: lifestyle', '+category: travel']);
});

test.each<[string, string, string[]]>([
  [
    'the actor',
    `member remove ${SMART} bob --actor ALICE`,
    [`${S}/members.yaml`, '-  - { login: bob, role: developer }'],
  ],
  [
    'a member',
    `member remove ${SMART} BOB --actor alice`,
    [`${S}/members.yaml`, '-  - { login: bob, role: developer }'],
  ],
  [
    'a member whose role changes',
    `member add ${SMART} Bob --role tester --actor alice`,
    [`${S}/members.yaml`, '-  - { login: bob, role: developer }', '+  - { login: bob, role: tester }'],
  ],
  [
    'a manager',
    'app edit oem-home --add-manager RITA --actor olga',
    ['apps/oem-home.yaml', '-managers: [olga]', '+managers: [olga, rita]'],
  ],
  ['a person', 'person edit BOB --name Bobby --actor olga', ['people/bob.yaml', '-name: Bob Example', '+name: Bobby']],
])('a login may be written in any letter case: %s', async (_, line, lines) => {
  expect((await run(`${line} --no-pr`)).code).toBe(0);
  expect(changes()).toEqual(lines);
});

test.each([
  ['app add', 'app add third --name Third --scheme third --region all', 'apps/third.yaml'],
  ['app edit', 'app edit oem-home --add-region all', 'apps/oem-home.yaml'],
])('all regions of an app: %s', async (_, line, file) => {
  expect((await run(`${line} --actor olga --no-pr`)).code).toBe(0);
  expect(changes()[0]).toBe(file);
  const { value } = await runJson('app list');
  const app = value.apps.find(({ id }: { id: string }) => file.includes(id));
  expect([...app.regions].sort()).toEqual(['AY', 'AZ', 'EU']);
});
