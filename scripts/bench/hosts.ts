/**
 * The cost for a host: answers of resolve.mjs beside an OpenFeature evaluation of an equal rule set; and the time that the runtime
 * documents add to a portal's build.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Exported } from '../core/hosts/exported.ts';
import type { Question, resolver } from '../core/hosts/resolve-entry.ts';
import { documentText, runtimeDocument, runtimeIndex, type IndexEntry } from '../core/hosts/runtime-document.ts';
import type { Workspace } from '../core/model.ts';
import { versionOrCode } from '../core/resolution/resolution.ts';
import { median, rates, type Rate } from './measure.ts';

const REGIONS = ['AY', 'EU', 'WE', 'AZ', 'UE', 'IN', 'SG'];
const APPS = ['smart-life', 'oem-home', 'oem-care', 'oem-light'];
const DELIVERED = { apps: APPS.slice(0, 3), regions: REGIONS.slice(0, 5) };
const RUNTIMES = [
  { appVersion: '6.0.0', baseLibrary: '2.14.2' },
  { appVersion: '6.1.0', baseLibrary: '2.20.0' },
];
const NEEDS = { '1.0.0': '2.10.0', '1.1.0': '2.14.2', '1.2.0': '2.20.0' };
const idOf = (n: number): string => `tyrate${String(n).padStart(10, '0')}`;
const percentOf = (n: number): number => 10 + (n % 80);

/** Miniapps that are delivered to part of the apps and regions, with a version rolled out that needs a newer app. */
const exported = (miniapps: number): Exported => ({
  format: 1,
  platform: {
    link: { link: '{scheme}://miniApp?url={url}', experience: '{scheme}://miniApp?url={url}&experience={version}' },
    regions: Object.fromEntries(REGIONS.map((region) => [region, true])),
  },
  apps: APPS.map((id) => ({ id, regions: REGIONS, scheme: id.replace('-', ''), runtimes: RUNTIMES })),
  miniapps: Array.from({ length: miniapps }, (_, n) => ({
    id: idOf(n),
    type: 'smart',
    release: {
      online: { version: '1.1.0', enabled: true },
      previous: ['1.0.0'],
      rollout: { version: '1.2.0', percent: percentOf(n) },
    },
    trafficking: DELIVERED.apps.map((app) => ({ app, regions: DELIVERED.regions })),
    whitelist: [],
    versions: Object.entries(NEEDS).map(([version, baseLibrary]) => ({ version, baseLibrary })),
  })),
});

/** The same rules as flags: each miniapp is a flag, each answer a variant. */
const flags = (miniapps: number) => ({
  flags: Object.fromEntries(
    Array.from({ length: miniapps }, (_, n) => {
      const bucket = [
        { cat: [idOf(n), ':1.2.0:', { var: 'account' }] },
        ['in', percentOf(n)],
        ['out', 100 - percentOf(n)],
      ];
      const runs = (version: keyof typeof NEEDS) => ({ sem_ver: [{ var: 'baseLibrary' }, '>=', NEEDS[version]] });
      const isDelivered = {
        and: [{ in: [{ var: 'app' }, DELIVERED.apps] }, { in: [{ var: 'region' }, DELIVERED.regions] }],
      };
      const isIn = { and: [runs('1.2.0'), { '==': [{ fractional: bucket }, 'in'] }] };
      const opens = { if: [isIn, 'rollout', { if: [runs('1.1.0'), 'online', 'misfit'] }] };
      const variants = { online: '1.1.0', rollout: '1.2.0', misfit: 'host-incompatible', none: 'app-not-associated' };
      return [
        idOf(n),
        { state: 'ENABLED', variants, defaultVariant: 'none', targeting: { if: [isDelivered, opens, 'none'] } },
      ];
    }),
  ),
});

interface Flagd {
  setConfigurations(text: string): void;
  resolveStringEvaluation(flag: string, otherwise: string, context: object, logger: object): { readonly value: string };
}
/** Pinned here and no dependency, because only this comparison uses it. */
const FLAGD = ['@openfeature/flagd-core@4.0.1', '@openfeature/core@1.10.0'];

function flagd(folder: string): Flagd {
  const home = join(folder, 'flagd');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  const words = ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', ...FLAGD];
  execFileSync('npm', words, { cwd: home, stdio: 'pipe' });
  const { FlagdCore } = createRequire(join(home, 'package.json'))('@openfeature/flagd-core') as {
    FlagdCore: new () => Flagd;
  };
  return new FlagdCore();
}

const ASKED = 4096;
const questions = (miniapps: number): Question[] =>
  Array.from({ length: ASKED }, (_, i) => ({
    miniapp: idOf((i * 7919) % miniapps),
    app: APPS[i % 4]!,
    region: REGIONS[(i >> 2) % 7]!,
    account: `user${i}@example.com`,
    appVersion: RUNTIMES[i % 3 === 0 ? 0 : 1]!.appVersion,
    now: 0,
  }));

export interface Rates {
  readonly decision: Rate;
  readonly whole: Rate;
  /** Over 10,000 miniapps. */
  readonly many: Rate;
  readonly flagd: Rate;
}

/** Answers per second on one core. Throws when the other evaluation gives other answers, or cannot be installed. */
export async function measureQuestions(folder: string, rounds: number): Promise<Rates> {
  const { resolver: make } = (await import('../core/hosts/resolve.generated.mjs' as string)) as {
    resolver: typeof resolver;
  };
  const [ask, askMany] = [make(exported(100)), make(exported(10_000))];
  const core = flagd(folder);
  core.setConfigurations(JSON.stringify(flags(100)));
  const silent = { error() {}, warn() {}, info() {}, debug() {} };
  const [few, many] = [questions(100), questions(10_000)];
  const contexts = few.map(({ app, region, account, appVersion }) => {
    const { baseLibrary } = RUNTIMES.find((one) => one.appVersion === appVersion)!;
    return { targetingKey: account, app, region, account, baseLibrary };
  });
  const evaluate = (i: number) => core.resolveStringEvaluation(few[i]!.miniapp, '', contexts[i]!, silent).value;
  few.forEach((question, i) => {
    const ours = versionOrCode(ask.decide(question));
    // Its buckets use another hash, so a rollout reaches other accounts.
    const isEither = (answer: string) => answer === '1.1.0' || answer === '1.2.0';
    const theirs = evaluate(i);
    if (ours !== theirs && !(isEither(ours) && isEither(theirs))) throw new Error(`flagd: ${theirs}, resolve: ${ours}`);
  });
  const each = (run: (i: number) => unknown) => (count: number) => {
    for (let i = 0; i < count; i += 1) run(i % ASKED);
  };
  const found = rates(
    {
      decision: each((i) => ask.decide(few[i]!)),
      flagd: each(evaluate),
      whole: each((i) => ask(few[i]!)),
      many: each((i) => askMany.decide(many[i]!)),
    },
    rounds,
  );
  return found;
}

/** Milliseconds of processor time and of elapsed time in which a portal's build makes and writes all runtime documents and their index. */
export function measureDocuments(folder: string, workspace: Workspace, rounds: number): { cpu: number; wall: number } {
  const out = join(folder, 'runtime');
  const times: { cpu: number; wall: number }[] = [];
  for (let round = -1; round < rounds; round += 1) {
    mkdirSync(out);
    const [started, before] = [performance.now(), process.cpuUsage()];
    const entries = new Map<string, IndexEntry>();
    for (const [id, { release }] of workspace.miniapps) {
      const text = documentText(runtimeDocument(workspace, id));
      entries.set(id, { sequence: release.sequence ?? 0, sha256: createHash('sha256').update(text).digest('hex') });
      writeFileSync(join(out, `${id}.json`), text);
    }
    writeFileSync(join(out, 'index.json'), documentText(runtimeIndex(null, entries)));
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) times.push({ cpu: (user + system) / 1000, wall: performance.now() - started });
    rmSync(out, { recursive: true });
  }
  return { cpu: median(times.map(({ cpu }) => cpu)), wall: median(times.map(({ wall }) => wall)) };
}
