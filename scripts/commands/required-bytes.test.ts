/**
 * A platform that requires bytes, and lacks some, as people and programs meet it: everything that reads answers, as its schema has it, and
 * every command that is printed as a next step is one that the platform takes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepsOf } from '../core/lifecycle/lifecycle.ts';
import { resolver } from '../core/hosts/resolve-entry.ts';
import { judgeByBytes, type Projects } from '../fixtures/judging-platform.ts';
import { removeRepositories, repository, temporaryFolder, type TestRepository } from '../fixtures/repository.ts';
import { NOW, PANEL, SMART } from '../fixtures/workspace.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';

afterAll(removeRepositories);

let own: TestRepository;
let projects: Projects;
beforeAll(async () => {
  own = repository();
  // What it promises is about other versions.
  own.remove(`miniapps/${SMART}/scenarios.yaml`);
  projects = await judgeByBytes(own);
});

const PANEL_OPENED = ['resolve', PANEL, '--app', 'smart-life', '--region', 'EU'];

test.each<[number, string[]]>([
  [0, ['validate']],
  [0, ['list']],
  [0, ['show', SMART]],
  [0, ['show', PANEL]],
  ...['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0', '1.5.0'].map((version): [number, string[]] => [
    0,
    ['show', SMART, version],
  ]),
  [0, ['reviews']],
  [0, ['reviews', '--for', 'rita']],
  [0, ['whoami', '--actor', 'alice']],
  [0, ['resolve', SMART, '--app', 'smart-life', '--region', 'EU']],
  [1, PANEL_OPENED],
  // Other bytes are kept of one version.
  [1, ['package', 'list']],
  [1, ['package', 'verify', SMART]],
  [0, ['package', 'diff', SMART, '1.1.0', '1.2.0']],
  [0, ['plan', '--base', 'HEAD', '--actor', 'alice']],
  [0, ['history', SMART]],
])('ends with %i, and answers as its schema has it: %j', async (code, words) => {
  expect([(await own.run(...words)).code, (await own.runJson(...words)).code]).toEqual([code, code]);
});

/** Words as they are printed, with what a person fills in. */
const filled = (command: string, folder = ''): string[] =>
  command
    .replace(/^npx miniapp /, '')
    .split(' ')
    .map((word) => ({ PERCENT: '10', REASON: 'No', DIR: folder })[word] ?? word);

const ACTORS: Readonly<Record<string, string>> = { approve: 'rita', reject: 'rita', revoke: 'rita' };

/** What the platform says of a step, without taking it. */
async function judged(command: string): Promise<{ code: number; codes: string[]; command: string }> {
  const words = filled(command);
  const { code, value } = await own.runJson(...words, '--actor', ACTORS[words[0]!] ?? 'alice', '--dry-run');
  return { command, code, codes: (value.problems ?? []).map((one: { code: string }) => one.code) };
}

interface Offered {
  readonly version: string;
  readonly command: string;
}

const offered = async (id: string): Promise<Offered[]> => (await own.runJson('show', id)).value.transitions;

describe('the next steps', () => {
  test('that are offered are taken, and those that are not, though the stage has them, are refused for bytes', async () => {
    const { miniapps } = loadWorkingTree(own.file('')).workspace;
    const refused: string[] = [];
    for (const id of [SMART, PANEL]) {
      const shown = (await offered(id)).map(({ command }) => command);
      expect(shown.length).toBeGreaterThan(2);
      for (const command of shown)
        expect(await judged(command)).toEqual({ command, code: 0, codes: expect.anything() });
      const miniapp = miniapps.get(id)!;
      const others = [...miniapp.versions.values()]
        .flatMap((version) => stepsOf(miniapp, version))
        .filter(({ command }) => !shown.includes(command));
      for (const { command } of others) {
        const { code, codes } = await judged(command);
        expect({ command, code }).toEqual({ command, code: 1 });
        refused.push(`${filled(command).slice(0, 3).join(' ')}: ${codes.filter((one) => one.startsWith('package-'))}`);
      }
    }
    expect(refused.sort()).toEqual([
      `approve ${PANEL} 1.0.0: package-missing`,
      `publish ${SMART} 1.4.0: package-missing`,
      `publish ${SMART} 1.5.0: package-missing`,
      `rollback ${SMART} 1.0.0: package-differs`,
      `rollout start ${SMART}: package-missing`,
      `rollout start ${SMART}: package-missing`,
    ]);
  });

  test('are named by reviews, resolve, and what is exported for hosts, as show names them', async () => {
    const push = `npx miniapp package push ${PANEL} 1.0.0 DIR`;
    expect((await own.run('show', PANEL)).out).toContain(push);
    expect((await own.run('show', PANEL, '1.0.0')).out).toContain(push);
    const reviews = await own.run('reviews');
    expect(reviews.out).toContain(`${PANEL} 1.0.0: no bytes of it are kept`);
    expect(reviews.out.match(/package push .*/g)).toEqual([`package push ${PANEL} 1.0.0 DIR`]);
    const { value } = await own.runJson('reviews');
    expect(value.reviews.map((one: any) => [one.miniapp, one.bytesLack])).toEqual([
      [PANEL, 'missing'],
      [SMART, undefined],
    ]);
    const answer = (await own.runJson(...PANEL_OPENED)).value;
    expect(answer.fix.map((one: any) => one.command)).toEqual([push]);
    const out = join(temporaryFolder('exported'), 'hosts');
    await own.run('export', '--out', out);
    const ask = resolver(JSON.parse(readFileSync(join(out, 'data.json'), 'utf8')));
    expect(ask({ miniapp: PANEL, app: 'smart-life', region: 'EU', now: NOW })).toEqual(answer);
    // A past state is what it was, and nobody looks for its bytes.
    expect((await own.run(...PANEL_OPENED, '--at', 'HEAD')).out).toContain(`npx miniapp approve ${PANEL} 1.0.0`);
  });

  test('where nobody asked the store, stand beside what is not known', async () => {
    own.git('remote', 'add', 'origin', temporaryFolder('store'));
    try {
      const asks = `npx miniapp package list ${PANEL} asks`;
      for (const words of [['show', PANEL], ['reviews'], PANEL_OPENED]) {
        const { out } = await own.run(...words);
        expect(out).toContain(`npx miniapp ${words[0] === 'reviews' ? 'show ID' : `approve ${PANEL} 1.0.0`}`);
        expect(out, words.join(' ')).toContain(asks);
      }
    } finally {
      own.git('remote', 'remove', 'origin');
    }
  });

  // Last, as it brings what the others look for.
  test('are there once the bytes are brought, as it is printed', async () => {
    for (const [id, version, next] of [
      [PANEL, '1.0.0', 'approve'],
      [SMART, '1.5.0', 'publish'],
      [SMART, '1.0.0', 'rollback'],
    ] as const) {
      const { out } = await own.run('show', id);
      const [push] = new RegExp(`npx miniapp package push ${id} ${version} DIR`).exec(out)!;
      const { code, err } = await own.run(...filled(push, projects.get(`${id} ${version}`)), '--no-push');
      expect({ push, code, err }).toEqual({ push, code: 0, err: '' });
      expect((await own.run('show', id)).out).not.toContain(push);
      const step = (await offered(id)).find(({ command }) => command === `npx miniapp ${next} ${id} ${version}`)!;
      expect(await judged(step.command)).toMatchObject({ code: 0 });
    }
    expect((await own.runJson(...PANEL_OPENED)).value.fix[0].command).toBe(`npx miniapp approve ${PANEL} 1.0.0`);
  });
});
