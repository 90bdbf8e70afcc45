/**
 * Why the answers of the resolution table are what they are: one reason for all cells that are answered alike and cured alike,
 * with the facts that decided it, each with who made it so.
 */
import { SOME_DEVICE, type Audience } from '#core/resolution/resolution-table.ts';
import type { Entry } from '#core/model.ts';
import { pathOf } from '#core/paths.ts';
import { resolve, type Resolution, type ResolutionWorld } from '#core/resolution/resolve.ts';
import type { ChangeRecord } from '#core/history/timeline.ts';
import { newestStep, type Past } from '../history/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { standingOf, type Standing } from './coverage.ts';
import type { AppAnswers } from './view-model.ts';

export const FACTS = [
  'online',
  'unreleased',
  'disabled',
  'experience',
  'rollout',
  'whitelist',
  'delivery',
  'undelivered',
  'default-app',
  'version',
] as const;
export type FactName = (typeof FACTS)[number];

/** A file that decided an answer, and who last made it so, as far as Git told. */
export interface Fact {
  readonly name: FactName;
  readonly path: string;
  readonly version?: string;
  readonly deed?: ChangeRecord;
  /** The transition, where it is known which. */
  readonly kind?: string;
}

export interface Reason {
  /** Where it stands on the page. */
  readonly id: string;
  /** For APP and REGION, as commands write what is to be filled in. */
  readonly resolution: Resolution;
  readonly facts: readonly Fact[];
}

export interface Reasons {
  /** Each once, in the order of the table. */
  readonly all: readonly Reason[];
  /** The reason of a cell. */
  of(cell: Circumstances): Reason;
}

/** All that an answer depends on besides the miniapp. */
export interface Circumstances {
  readonly entry: Entry;
  readonly audience: Audience;
  readonly standing: Standing;
}

/** The reasons of a miniapp's table. */
export function reasonsOf(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  table: readonly AppAnswers[],
  past: Past | undefined,
  now: number,
): Reasons {
  const byCell = new Map<string, Reason>();
  const byContent = new Map<string, Reason>();
  const keyOf = ({ entry, audience, standing }: Circumstances) => `${entry} ${audience} ${standing}`;
  const defaultApp = [...workspace.apps.values()].find((app) => app.default === true)?.id ?? '';
  const seen = new Set<unknown>();
  for (const { app, rows } of table) {
    for (const { region, answers } of rows) {
      // Rows that are answered alike share their answers.
      if (seen.has(answers)) continue;
      seen.add(answers);
      const standing = standingOf(workspace, miniapp, app, region);
      for (const { entry, audience } of answers) {
        const cell = { entry, audience, standing };
        if (byCell.has(keyOf(cell))) continue;
        const resolution = resolveIn(workspace, miniapp, cell, now);
        const facts = factsOf(miniapp, resolution, standing, defaultApp, past);
        const name = resolution.outcome === 'opens' ? resolution.channel : resolution.code;
        const fixes = resolution.outcome === 'opens' ? [] : resolution.fix.map(({ code }) => code);
        const content = [name, ...fixes, ...facts.map((fact) => fact.name)].join(' ');
        let reason = byContent.get(content);
        if (!reason) {
          const alike = [...byContent.values()].filter(({ id }) => id.startsWith(`why-${name}`)).length;
          reason = { id: alike === 0 ? `why-${name}` : `why-${name}-${alike + 1}`, resolution, facts };
          byContent.set(content, reason);
        }
        byCell.set(keyOf(cell), reason);
      }
    }
  }
  return { all: [...byContent.values()], of: (cell) => byCell.get(keyOf(cell))! };
}

/** The rules, for an app and a region that stand to the miniapp as told. */
function resolveIn(
  { platform }: PublicWorkspace,
  miniapp: PublicMiniapp,
  { entry, audience, standing }: Circumstances,
  now: number,
): Resolution {
  const [app, region] = ['APP', 'REGION'];
  const { rollout, ...release } = miniapp.release;
  // Who is in is told of where it reaches; for everybody else it is as if there were none.
  const { apps: _apps, regions: _regions, ...everywhere } = rollout ?? {};
  const served = audience === 'rollout' && rollout ? { ...release, rollout: everywhere as typeof rollout } : release;
  const own = {
    id: miniapp.id,
    basics: miniapp.basics,
    release: served,
    versions: miniapp.versions,
    trafficking: standing === 'delivered' ? [{ app, regions: [region] }] : [],
    whitelist: [],
  };
  const world: ResolutionWorld = {
    platform: { link: platform.link },
    apps: new Map([[app, { id: app, regions: [region], scheme: app, default: standing === 'default' }]]),
    miniapps: new Map([[own.id, own]]),
  };
  const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
  return resolve(world, { miniapp: own.id, app, region, entry, ...who, device: SOME_DEVICE, now });
}

function factsOf(
  { id, basics, release }: PublicMiniapp,
  resolution: Resolution,
  standing: Standing,
  app: string,
  past: Past | undefined,
): Fact[] {
  const fact = (name: FactName, path: string, kinds: readonly string[] = [], version?: string): Fact => {
    const step = kinds.length > 0 ? newestStep(past, kinds, version) : undefined;
    const deed = step?.deed ?? past?.touched.get(path);
    return {
      name,
      path,
      ...(version === undefined ? {} : { version }),
      ...(deed ? { deed } : {}),
      ...(step ? { kind: step.kind } : {}),
    };
  };
  const [releaseFile, traffickingFile] = [pathOf.file(id, 'release'), pathOf.file(id, 'trafficking')];
  const delivery =
    standing === 'default'
      ? [fact('default-app', pathOf.app(app))]
      : basics.type === 'panel'
        ? []
        : [fact('delivery', traffickingFile)];
  if (resolution.outcome === 'opens') {
    const { version, channel } = resolution;
    const file = fact('version', pathOf.version(id, version), [], version);
    return channel === 'experience'
      ? [
          fact('experience', releaseFile, ['set-experience'], version),
          fact('whitelist', pathOf.file(id, 'whitelist')),
          ...delivery,
          file,
        ]
      : channel === 'rollout'
        ? [fact('rollout', releaseFile, ['start-rollout', 'widen-rollout'], version), ...delivery, file]
        : [fact('online', releaseFile, ['publish', 'rollback'], version), ...delivery, file];
  }
  switch (resolution.code) {
    case 'app-not-associated':
      return [fact('undelivered', traffickingFile)];
    case 'service-disabled':
      return [fact('disabled', releaseFile, ['disable'], release.online?.version)];
    default:
      return [fact('unreleased', releaseFile)];
  }
}
