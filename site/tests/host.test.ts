/** A host app, by the lines of README.md: against a served portal, and as a fleet of devices over the life of a release. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { documentText, runtimeDocument, runtimeIndex } from '../../scripts/core/hosts/runtime-document.ts';
import type { Miniapp, Workspace } from '../../scripts/core/model.ts';
import { resolutionTable } from '../../scripts/core/resolution/resolution-table.ts';
import { versionOrCode } from '../../scripts/core/resolution/resolution.ts';
import { resolve } from '../../scripts/core/resolution/resolve.ts';
import type { EditState, FileEdit } from '../../scripts/edit/edit.ts';
import { disable, enable, publish, rollOut, stopRollout } from '../../scripts/edit/release.ts';
import { evaluateFiles } from '../../scripts/fixtures/story.ts';
import { FIXTURE, fixtureFiles, NOW, SMART } from '../../scripts/fixtures/workspace.ts';
import { servePortal } from '../../scripts/portal/serve.ts';
import { load } from '../../scripts/read/load.ts';
import { memorySource } from '../../scripts/read/source.ts';
import { built } from './built.ts';

type Runtime = { readonly baseLibrary: string; readonly kits?: Readonly<Record<string, string>> };
interface Host {
  readonly held: ReadonlyMap<string, { readonly sequence: number }>;
  poll(): Promise<void>;
  decide(id: string, app: string, region: string, account?: string): string;
}

const folder = mkdtempSync(join(tmpdir(), 'miniapp-host-'));
let host: (api: string, runtime?: Runtime) => Host;
beforeAll(async () => {
  const page = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const [, code] = /```js\n(import \{ createHash \}.*?)```/s.exec(page)!;
  const file = join(folder, 'host.mjs');
  writeFileSync(file, code!);
  ({ host } = (await import(file)) as { host: typeof host });
});
afterAll(() => rmSync(folder, { recursive: true }));

test('a host polls a served portal, and decides as the registry does in every app and region', async () => {
  const site = await built({ config: FIXTURE, now: NOW, base: '/portal/' });
  const server = await servePortal({ dir: site.dir, port: 0, base: '/portal/' });
  try {
    const one = host(`${server.url}api/v1/runtime/`);
    await one.poll();
    expect([...one.held.keys()]).toEqual([...site.workspace.miniapps.keys()]);
    for (const id of one.held.keys()) {
      const cells = resolutionTable(site.workspace, id, NOW).filter((cell) => cell.audience === 'everyone');
      for (const cell of cells)
        if (cell.entry === 'link') expect(one.decide(id, cell.app, cell.region)).toBe(versionOrCode(cell));
    }
  } finally {
    await server.close();
  }
});

/** What a server hands out at one moment, by name below the API's folder; made once, however many ask. */
type Served = ReadonlyMap<string, { readonly value: unknown; readonly bytes: ArrayBuffer }>;

function servedOf(workspace: Workspace): Served {
  const texts = [...workspace.miniapps].map(([id, { release }]) => {
    const text = documentText(runtimeDocument(workspace, id));
    const sha256 = createHash('sha256').update(text).digest('hex');
    return { id, text, entry: { sequence: release.sequence ?? 0, sha256 } };
  });
  const index = documentText(runtimeIndex(null, new Map(texts.map(({ id, entry }) => [id, entry]))));
  const files = [['index.json', index] as const, ...texts.map(({ id, text }) => [`${id}.json`, text] as const)];
  return new Map(
    files.map(([name, text]) => [name, { value: JSON.parse(text), bytes: new TextEncoder().encode(text).buffer }]),
  );
}

/** Answers every request of the API from what is handed out at that moment. */
function answerFrom(served: () => Served): void {
  vi.stubGlobal('fetch', async (address: string) => {
    const { value, bytes } = served().get(address.slice(address.lastIndexOf('/') + 1))!;
    return { json: async () => value, arrayBuffer: async () => bytes };
  });
}

const S = `miniapps/${SMART}`;
const files = fixtureFiles();
const approved = (number: string, baseLibrary: string) =>
  files[`${S}/versions/1.0.0.yaml`]!.replaceAll('1.0.0', number).replace('2.14.2', baseLibrary);
/** 6.0.0 runs no version that needs 2.20.0 or more. */
const RUNTIMES = [
  { appVersion: '6.0.0', baseLibrary: '2.14.2', kits: { BaseKit: '3.10.4' } },
  { appVersion: '6.1.0', baseLibrary: '2.20.0', kits: { BaseKit: '3.11.0' } },
] as const;
const runtimesText = `runtimes:\n${RUNTIMES.map((one) => `  - { appVersion: ${one.appVersion}, baseLibrary: ${one.baseLibrary}, kits: { BaseKit: ${one.kits.BaseKit} } }\n`).join('')}`;

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['2.14.2', '2.14.2'],
  ['2.14.20261101', '2.15.0'],
  ['2.15.0', '2.14.20261101'],
  ['2.99999.999999999', '2.100000.0'],
  ['2.100000.0', '2.99999.999999999'],
  ['2.14.2', '02.014.2'],
  ['3.0.0', '2.14.2'],
  ['2.14.2', '3.0.0'],
])('a device that holds %s decides as the registry does on what asks for %s', async (held, asked) => {
  const runtime = { appVersion: '6.0.0', baseLibrary: held };
  const { workspace } = load(
    memorySource({
      ...files,
      [`${S}/versions/1.0.0.yaml`]: approved('1.0.0', asked).replace(/^kits:.*\n/m, ''),
      [`${S}/release.yaml`]: 'online: { version: 1.0.0, enabled: true }\n',
      'apps/smart-life.yaml': `${files['apps/smart-life.yaml']}runtimes: [{ appVersion: 6.0.0, baseLibrary: ${held} }]\n`,
    }),
  );
  const served = servedOf(workspace);
  answerFrom(() => served);
  const device = host('https://registry.example/', runtime);
  await device.poll();
  const query = { miniapp: SMART, app: 'smart-life', region: 'EU', entry: 'link', now: NOW } as const;
  const expected = versionOrCode(resolve(workspace, { ...query, appVersion: '6.0.0' }));
  expect(['1.0.0', 'host-incompatible']).toContain(expected);
  expect(device.decide(SMART, 'smart-life', 'EU')).toBe(expected);
});

describe('10,000 devices', () => {
  const DEVICES = Array.from({ length: 10_000 }, (_, i) => ({
    app: 'smart-life',
    region: i % 3 === 0 ? 'AY' : 'EU',
    // One in ten has nobody signed in.
    account: i % 10 === 0 ? undefined : `user${i}@example.com`,
    runtime: RUNTIMES[i % 4 === 0 ? 0 : 1],
    // Polls after every so many steps.
    patience: 1 + (i % 7),
  }));
  type Step = (given: EditState, released: { readonly miniapp: Miniapp }) => FileEdit[];
  const goesOnline =
    (version: string): Step =>
    (given, released) =>
      publish(given, { ...released, version: { version } });
  const rollsOut =
    (version: string, percent: number, regions?: string[]): Step =>
    (given, released) =>
      rollOut(given, released, { version, percent, ...(regions ? { regions } : {}) });
  /** A stop that must not wait for a number: by hand, without raising it. */
  const emergencyStop: Step = (_, { miniapp }) => {
    const [path, before] = [`${S}/release.yaml`, ''];
    return [
      { path, before, after: stringify({ ...miniapp.release, online: { ...miniapp.release.online, enabled: false } }) },
    ];
  };

  /** Each step, and what part of the devices that can run a version gets it afterwards. */
  const STEPS: readonly [what: string, step: Step, share: { version: string; EU: number; AY: number }][] = [
    ['10 %', rollsOut('1.2.0', 10), { version: '1.2.0', EU: 0.1, AY: 0.1 }],
    ['50 %', rollsOut('1.2.0', 50), { version: '1.2.0', EU: 0.5, AY: 0.5 }],
    ['finished', goesOnline('1.2.0'), { version: '1.2.0', EU: 1, AY: 1 }],
    ['rolled back', goesOnline('1.1.0'), { version: '1.2.0', EU: 0, AY: 0 }],
    ['25 % in Europe', rollsOut('1.3.0', 25, ['EU']), { version: '1.3.0', EU: 0.25, AY: 0 }],
    ['stopped at once', emergencyStop, { version: '1.3.0', EU: 0, AY: 0 }],
    ['on again', enable, { version: '1.3.0', EU: 0.25, AY: 0 }],
    ['rollout stopped', stopRollout, { version: '1.3.0', EU: 0, AY: 0 }],
    ['published', goesOnline('1.3.0'), { version: '1.3.0', EU: 1, AY: 1 }],
    ['stopped', disable, { version: '1.3.0', EU: 0, AY: 0 }],
    ['on at the end', enable, { version: '1.3.0', EU: 1, AY: 1 }],
  ];

  test('end on what the registry says, through a rollout, a rollback and an emergency stop, whenever they poll', async () => {
    let configuration: Record<string, string> = {
      ...files,
      [`${S}/scenarios.yaml`]: 'scenarios: []\n',
      [`${S}/versions/1.2.0.yaml`]: approved('1.2.0', '2.20.0'),
      [`${S}/versions/1.3.0.yaml`]: approved('1.3.0', '2.16.0'),
      [`${S}/release.yaml`]: 'online: { version: 1.1.0, enabled: true }\nprevious: [1.0.0]\n',
      'apps/smart-life.yaml': `${files['apps/smart-life.yaml']}${runtimesText}`,
      'platform.yaml': `${files['platform.yaml']}compatibility: newest-fitting\n`,
    };
    let served = servedOf(load(memorySource(configuration)).workspace);
    answerFrom(() => served);
    const fleet = DEVICES.map((device) => ({ ...device, host: host('https://registry.example/', device.runtime) }));
    const pollAll = (some: typeof fleet) => Promise.all(some.map((device) => device.host.poll()));
    await pollAll(fleet);

    for (const [at, [what, step, { version, ...shares }]] of STEPS.entries()) {
      const before = served;
      const { workspace: base, texts } = load(memorySource(configuration));
      const given = { workspace: base, texts, bytes: (path: string) => configuration[path] ?? null };
      const edits = step(given, { miniapp: base.miniapps.get(SMART)! });
      const edited = { ...configuration, ...Object.fromEntries(edits.map(({ path, after }) => [path, String(after)])) };
      const { decision, workspace } = evaluateFiles(configuration, edited, { actor: 'alice' });
      expect({ what, ok: decision.ok }).toEqual({ what, ok: true });
      configuration = edited;
      const current = servedOf(workspace);

      // Some poll while the server has the new index beside old documents, or an edge has the old state still.
      const sequences = fleet.map((device) => device.host.held.get(SMART)!.sequence);
      served = new Map([...before, ['index.json', current.get('index.json')!]]);
      await pollAll(fleet.filter((_, i) => i % 11 === at % 11));
      served = current;
      const awake = fleet.filter(({ patience }) => at % patience === 0);
      await pollAll(awake);
      served = before;
      const isStop = step === emergencyStop;
      // Of equal numbers nobody can tell which is older; a device that an old edge answers stops with its next poll.
      if (!isStop) await pollAll(fleet.filter((_, i) => i % 13 === at % 13));
      served = current;
      expect(fleet.every((device, i) => device.host.held.get(SMART)!.sequence >= sequences[i]!)).toBe(true);

      const last = at === STEPS.length - 1;
      const asked = last ? fleet : awake;
      if (last) await pollAll(fleet);
      const wrong = asked.flatMap(({ host: own, app, region, account, runtime }) => {
        const query = {
          miniapp: SMART,
          app,
          region,
          account,
          appVersion: runtime.appVersion,
          entry: 'link',
          now: NOW,
        } as const;
        const expected = versionOrCode(resolve(workspace, query));
        const got = own.decide(SMART, app, region, account);
        return got === expected ? [] : [{ what, account, expected, got }];
      });
      expect(wrong.slice(0, 3)).toEqual([]);

      for (const region of ['EU', 'AY'] as const) {
        const able = asked.filter(
          (device) => device.region === region && device.account !== undefined && device.runtime === RUNTIMES[1],
        );
        const got = able.filter(
          (device) => device.host.decide(SMART, 'smart-life', region, device.account) === version,
        );
        const share = shares[region];
        // Four standard deviations of a binomial distribution.
        const bound = 4 * Math.sqrt(able.length * share * (1 - share));
        expect(Math.abs(got.length - able.length * share)).toBeLessThanOrEqual(bound);
      }
    }
  });
});
