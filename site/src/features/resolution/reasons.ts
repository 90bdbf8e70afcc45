/**
 * Why the answers of the resolution table are what they are: one reason for all cells that are answered alike and cured alike,
 * with the facts that decided it, each with who made it so.
 */
import { defined } from '#core/defined.ts';
import { losesService, SOME_DEVICE, type AppAnswers, type Audience } from '#core/resolution/resolution-table.ts';
import type { Entry } from '#core/model.ts';
import { pathOf } from '#core/paths.ts';
import { resolve, type Fix, type Resolution, type ResolutionWorkspace } from '#core/resolution/resolve.ts';
import { newestStep, type Past } from '../history/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { coverageOf, type Coverage } from './coverage.ts';
import {
  deliveryChange,
  fileChange,
  whitelistChange,
  type DecidingChange,
  type AppRegion,
} from './deciding-changes.ts';

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

/** A file that decided an answer, and who made it so, as far as Git told. */
export interface DecidingFile {
  readonly name: FactName;
  readonly path: string;
  readonly version?: string;
  /** The change that made it so: one for all cells of the reason, or one for each app and its regions. */
  readonly changes: readonly FactChange[];
}

export interface FactChange extends Partial<DecidingChange> {
  /** Of the step, where the fact has none. */
  readonly version?: string;
  /** The cells that it decided; none: all of the reason. */
  readonly places?: ReadonlyMap<string, readonly string[]>;
}

export interface Reason {
  /** Where it stands on the page. */
  readonly id: string;
  /** For APP and REGION, as commands write what is to be filled in. */
  readonly resolution: Resolution;
  readonly facts: readonly DecidingFile[];
  /** Where delivering it, if that cures it, breaks something that was promised. */
  readonly brokenWhere: readonly BrokenWhere[];
}

/** What the delivery to some regions of an app breaks. */
export interface BrokenWhere {
  readonly app: string;
  readonly regions: readonly string[];
  readonly breaks: NonNullable<Fix['breaks']>;
}

export interface Reasons {
  /** Each once, in the order of the apps. */
  readonly all: readonly Reason[];
  /** The reason of a cell. */
  of(cell: Situation): Reason;
}

/** All that an answer depends on besides the miniapp. */
export interface Situation {
  readonly entry: Entry;
  readonly audience: Audience;
  readonly coverage: Coverage;
}

/** A reason while its cells are gathered. */
interface ReasonDraft extends Omit<Reason, 'facts' | 'brokenWhere'> {
  readonly facts: readonly Omit<DecidingFile, 'changes'>[];
  readonly places: AppRegion[];
}

/** The reasons of a miniapp's table. */
export function reasonsOf(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  table: readonly AppAnswers[],
  past: Past | undefined,
  now: number,
): Reasons {
  const defaultApp = [...workspace.apps.values()].find((app) => app.default === true)?.id ?? '';
  const byCell = new Map<string, ReasonDraft>();
  const byContent = new Map<string, ReasonDraft>();
  const keyOf = ({ entry, audience, coverage }: Situation) => `${entry} ${audience} ${coverage}`;
  for (const { app, rows } of table) {
    for (const { region, answers } of rows) {
      const coverage = coverageOf(workspace, miniapp, app, region);
      const here = new Set<ReasonDraft>();
      for (const { entry, audience } of answers) {
        const cell = { entry, audience, coverage };
        const key = keyOf(cell);
        let reason = byCell.get(key);
        if (!reason) byCell.set(key, (reason = gather(resolveIn(workspace, miniapp, cell, now), coverage)));
        here.add(reason);
      }
      for (const { places } of here) places.push({ app, region });
    }
  }
  const described = new Map(
    [...byContent.values()].map(({ places, ...reason }) => {
      const facts = reason.facts.map((fact) => withChanges(miniapp, fact, places, past));
      return [reason.id, { ...reason, facts, brokenWhere: brokenWhere(miniapp, reason.resolution, places) }] as const;
    }),
  );
  return { all: [...described.values()], of: (cell) => described.get(byCell.get(keyOf(cell))!.id)! };

  /** The reason of an answer: one for all that are answered and cured alike by the same facts. */
  function gather(resolution: Resolution, coverage: Coverage): ReasonDraft {
    const facts = factsOf(miniapp, resolution, coverage, defaultApp);
    const name = resolution.outcome === 'opens' ? resolution.channel : resolution.code;
    const fixes = resolution.outcome === 'opens' ? [] : resolution.fix.map(({ code }) => code);
    const content = [name, ...fixes, ...facts.map((fact) => fact.name)].join(' ');
    let reason = byContent.get(content);
    if (!reason) {
      const alike = [...byContent.values()].filter(({ id }) => id.startsWith(`why-${name}`)).length;
      const id = alike === 0 ? `why-${name}` : `why-${name}-${alike + 1}`;
      byContent.set(content, (reason = { id, resolution, facts, places: [] }));
    }
    return reason;
  }
}

/** What a delivery would break, of the cells that one cures. */
function brokenWhere({ brokenBy }: PublicMiniapp, resolution: Resolution, places: readonly AppRegion[]): BrokenWhere[] {
  const isCure = resolution.outcome === 'error' && resolution.fix.some(({ code }) => code === 'deliver');
  if (!isCure || !brokenBy) return [];
  const by = 'edit-trafficking';
  const broken = places.flatMap(({ app, region }) => {
    const names = brokenBy({ kind: by, app, regions: [region] });
    return names.length > 0 ? [{ app, region, names }] : [];
  });
  const alike = Map.groupBy(broken, ({ app, names }) => JSON.stringify([app, names]));
  return [...alike.values()].map((own) => {
    const { app, names } = own[0]!;
    return { app, regions: own.map(({ region }) => region), breaks: { by, names } };
  });
}

/** The rules, for an app and a region that stand to the miniapp as told. */
function resolveIn(
  { platform }: PublicWorkspace,
  miniapp: PublicMiniapp,
  { entry, audience, coverage }: Situation,
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
    trafficking: coverage === 'delivered' ? [{ app, regions: [region] }] : [],
    whitelist: [],
    ...defined({ brokenBy: miniapp.brokenBy }),
  };
  const one: ResolutionWorkspace = {
    platform: { link: platform.link },
    apps: new Map([[app, { id: app, regions: [region], scheme: app, default: coverage === 'default' }]]),
    miniapps: new Map([[own.id, own]]),
  };
  const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
  return resolve(one, { miniapp: own.id, app, region, entry, ...who, device: SOME_DEVICE, now });
}

/** What decided an answer, without who made it so. */
function factsOf(
  { id, basics }: PublicMiniapp,
  resolution: Resolution,
  coverage: Coverage,
  defaultApp: string,
): Omit<DecidingFile, 'changes'>[] {
  const [release, trafficking] = [pathOf.file(id, 'release'), pathOf.file(id, 'trafficking')];
  const delivery: Omit<DecidingFile, 'changes'>[] =
    coverage === 'default'
      ? [{ name: 'default-app', path: pathOf.app(defaultApp) }]
      : basics.type === 'panel'
        ? []
        : [{ name: 'delivery', path: trafficking }];
  if (resolution.outcome === 'opens') {
    const { version, channel } = resolution;
    const file = { name: 'version', path: pathOf.version(id, version), version } as const;
    const served = { name: channel, path: release, version };
    return channel === 'experience'
      ? [served, { name: 'whitelist', path: pathOf.file(id, 'whitelist') }, ...delivery, file]
      : [served, ...delivery, file];
  }
  switch (resolution.code) {
    case 'app-not-associated':
      return [{ name: 'undelivered', path: trafficking }];
    case 'service-disabled':
      return [{ name: 'disabled', path: release }];
    default:
      return [{ name: 'unreleased', path: release }];
  }
}

/** The steps that make a fact of the release so. */
const RELEASE_STEPS: Partial<Record<FactName, readonly string[]>> = {
  online: ['publish', 'rollback'],
  experience: ['set-experience'],
  rollout: ['start-rollout', 'widen-rollout'],
  disabled: ['disable'],
};

function withChanges(
  { release }: PublicMiniapp,
  fact: Omit<DecidingFile, 'changes'>,
  places: readonly AppRegion[],
  past: Past | undefined,
): DecidingFile {
  const file = fact.path;
  const perPlace = (changeAt: (place: AppRegion) => DecidingChange | undefined): DecidingFile => {
    const byCommit = Map.groupBy(
      places.map((place) => ({ place, change: changeAt(place) })),
      ({ change }) => change?.record.commit,
    );
    const changes = [...byCommit.values()].map((own): FactChange => {
      const byApp = Map.groupBy(own, ({ place }) => place.app);
      const regions = [...byApp].map(([app, cells]) => [app, cells.map(({ place }) => place.region)] as const);
      return { ...own[0]!.change, ...defined({ places: byCommit.size > 1 ? new Map(regions) : undefined }) };
    });
    return { ...fact, changes };
  };
  switch (fact.name) {
    case 'delivery':
    case 'undelivered':
      return perPlace((place) => deliveryChange(past, place, fact.name === 'delivery', file));
    case 'whitelist':
      return perPlace((place) => whitelistChange(past, place, file));
    case 'default-app':
    case 'version': {
      const record = past?.touched.get(file);
      return { ...fact, changes: [record ? { record, isOfFile: true } : {}] };
    }
    case 'unreleased':
      return { ...fact, changes: [endOfService(past) ?? fileChange(past, file) ?? {}] };
    default: {
      const version = fact.name === 'disabled' ? release.online?.version : fact.version;
      return {
        ...fact,
        changes: [newestStep(past, RELEASE_STEPS[fact.name] ?? [], version) ?? fileChange(past, file) ?? {}],
      };
    }
  }
}

/**
 * The revocation by which what everyone opened was no more: of what was online last, also where that was out of service by then; of
 * what was online before history tells, the one that took it from them. That of a version that nobody had ended nothing.
 */
function endOfService(past: Past | undefined): FactChange | undefined {
  const online = newestStep(past, ['publish', 'rollback']);
  if (past && online?.version !== undefined) {
    // Only what came after it: a version that was revoked can be approved and published anew.
    const since = past.events.slice(
      0,
      past.events.findIndex(({ record }) => record === online.record),
    );
    return newestStep({ ...past, events: since }, ['revoke'], online.version);
  }
  const ended = past?.events.filter(({ effects }) =>
    effects.some((effect) => effect.audience === 'everyone' && losesService(effect)),
  );
  return past && ended && newestStep({ ...past, events: ended }, ['revoke']);
}
