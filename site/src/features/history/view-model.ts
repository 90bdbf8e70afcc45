/** Who did what when: the events of the story as a page tells them, and the newest change behind a fact. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import type { EffectGroup } from '#core/resolution/resolution-table.ts';
import type { BasicsChange, ChangeRecord, PlatformPart, Timeline, TimelineEvent } from '#core/history/timeline.ts';
import { toolCommand } from '#core/tool-command.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { words } from '../../i18n/index.ts';
import { localized } from '../../lib/text.ts';
import { personName } from '../../lib/person-name.ts';
import type { NamedPart } from './transition-text.ts';

/** As many events stand on the page of the history, which would grow with every change otherwise. */
export const LATEST_EVENTS = 200;

/** As many stand on the page of their miniapp. */
export const SHOWN_EVENTS = 25;

/** The events of one miniapp, newest first, each with what is of this miniapp alone. */
export interface Past {
  readonly events: readonly TimelineEvent[];
  /** Whether earlier events are left out. */
  readonly isCut: boolean;
  /** Whether the clone holds only the end of the history. */
  readonly isShallow: boolean;
  readonly touched: Timeline['touched'];
}

/** The past of each of these miniapps, and of those that are gone; none without a story, which is gone through once for all of them. */
export function pastsOf(story: Timeline | undefined, ids: Iterable<string>): ReadonlyMap<string, Past> {
  if (!story) return new Map();
  const pasts = new Map<string, TimelineEvent[]>([...ids].map((id) => [id, []]));
  for (const { record, steps, effects, tables } of story.events) {
    const own = Map.groupBy(steps, ({ miniapp }) => miniapp);
    for (const [miniapp, mine] of own) {
      if (miniapp === undefined) continue;
      const isOwn = (one: { readonly miniapp: string }) => one.miniapp === miniapp;
      const event = { record, steps: mine, effects: effects.filter(isOwn), tables: tables.filter(isOwn) };
      const known = pasts.get(miniapp);
      if (known) known.push(event);
      else pasts.set(miniapp, [event]);
    }
  }
  const { isCut, isShallow, touched } = story;
  return new Map([...pasts].map(([miniapp, events]) => [miniapp, { events, isCut, isShallow, touched }]));
}

/** A change record as people read it. */
export interface ChangeRecordView {
  readonly commit: string;
  readonly time: number;
  readonly who?: string;
  /** Whether it is a merge that could not be looked at: who wrote in it is not told. */
  readonly isUnseen: boolean;
  /** Older than what is looked into: the command that tells who it was. */
  readonly beyond?: string;
  readonly approvers: readonly string[];
  readonly pullRequest?: number;
  readonly reason?: string;
}

/** One change with people by their names. `miniapp`: of which alone the command tells, of a change that nobody looked into. */
export const recordView = (
  workspace: PublicWorkspace,
  language: Language,
  { commit, time, actor, approvedBy, pullRequest, reason, isUnseen, isBeyond }: ChangeRecord,
  miniapp?: string,
): ChangeRecordView => ({
  commit,
  time,
  ...defined({
    who:
      actor === undefined
        ? undefined
        : actor === workspace.platform.bot?.login
          ? words[language].roles.bot
          : personName(workspace, actor),
    beyond: isBeyond
      ? toolCommand(`history ${miniapp === undefined ? '' : `${miniapp} `}--until ${dayOf(time)}`)
      : undefined,
  }),
  isUnseen: isUnseen === true,
  approvers: approvedBy.map((login) => personName(workspace, login)),
  ...defined({ pullRequest, reason }),
});

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

export interface EventStep {
  readonly kind: string;
  readonly miniapp?: { readonly id: string; readonly name: string; readonly isHere: boolean };
  readonly version?: string;
  readonly percent?: number;
  readonly parts?: readonly NamedPart[];
  readonly basics?: readonly BasicsChange[];
}

export interface EffectLine {
  readonly miniapp: { readonly id: string; readonly name: string };
  readonly app: string;
  readonly regions: readonly string[];
  readonly audience: EffectGroup['audience'];
  readonly entries: EffectGroup['entries'];
  readonly before: string | null;
  readonly after: string | null;
}

export interface EventView extends ChangeRecordView {
  readonly steps: readonly EventStep[];
  /** The kinds of all its steps, of those too that are not shown. */
  readonly kinds: readonly string[];
  /** How many steps are not shown. */
  readonly more: number;
  readonly effects: readonly EffectLine[];
  /** Every answer from then on, where it is of one miniapp. */
  readonly table: readonly TableLine[];
  /** Of how many accounts in a hundred a rollout included from then on, where it is of one miniapp. */
  readonly percent?: number;
}

export interface TableLine {
  readonly app: string;
  readonly regions: readonly string[];
  readonly answers: readonly string[];
  readonly rollout?: readonly string[];
}

/** As many steps of one commit are named. */
const NAMED_STEPS = 12;

/** Changes in their order, each with its first NAMED_STEPS steps and what it altered for whom. */
export function eventViews(
  workspace: PublicWorkspace,
  events: readonly TimelineEvent[],
  language: Language,
): EventView[] {
  const { languages, regions } = workspace.platform;
  const named = (id: string) => ({
    id,
    name: localized(workspace.miniapps.get(id)?.basics.name, language, languages) || id,
  });
  const appName = (app: string) => localized(workspace.apps.get(app)?.name, language, languages) || app;
  const regionName = (region: string) => localized(regions[region], language, languages) || region;
  const namedPart = ({ kind, id, change }: PlatformPart): NamedPart => ({
    kind,
    change,
    ...defined({ name: id === undefined ? undefined : kind === 'app' ? appName(id) : personName(workspace, id) }),
  });
  return events.map(({ record, steps, effects, tables }) => ({
    ...recordView(workspace, language, record),
    steps: steps.slice(0, NAMED_STEPS).map(({ kind, miniapp, version, percent, parts, basics }) => ({
      kind,
      ...defined({
        miniapp: miniapp === undefined ? undefined : { ...named(miniapp), isHere: workspace.miniapps.has(miniapp) },
        version,
        percent,
        parts: parts?.map(namedPart),
        basics,
      }),
    })),
    kinds: [...new Set(steps.map(({ kind }) => kind))],
    more: Math.max(0, steps.length - NAMED_STEPS),
    effects: effects.map(({ miniapp, app, regions: ids, ...effect }) => ({
      ...effect,
      miniapp: named(miniapp),
      app: appName(app),
      regions: ids.map(regionName),
    })),
    table: (tables.length === 1 ? tables[0]!.rows : []).map(({ app, regions: ids, answers, rollout }) => ({
      app: appName(app),
      regions: ids.map(regionName),
      answers,
      ...defined({ rollout }),
    })),
    ...defined({ percent: tables.length === 1 && tables[0]!.percent !== undefined ? tables[0]!.percent : undefined }),
  }));
}

/** The newest event that took one of these steps, with the step that it took. */
export function newestStep(
  past: Past | undefined,
  kinds: readonly string[],
  version?: string,
): { readonly record: ChangeRecord; readonly kind: string; readonly version?: string } | undefined {
  for (const { record, steps } of past?.events ?? []) {
    const step = steps.find((one) => kinds.includes(one.kind) && (version === undefined || one.version === version));
    if (step) return { record, kind: step.kind, ...defined({ version: step.version }) };
  }
  return undefined;
}

/** How many of these changes are merges that could not be looked at. */
export const unseenIn = (events: readonly TimelineEvent[]): number =>
  events.filter(({ record }) => record.isUnseen === true).length;
