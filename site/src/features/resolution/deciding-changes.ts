/**
 * Which change made a cell of the resolution table as it is: the newest one whose effects hold the cell. The newest change of the file
 * would name somebody who delivered to another app.
 */
import { defined } from '#core/defined.ts';
import type { Audience } from '#core/resolution/resolution-table.ts';
import type { ChangeRecord, TimelineEvent } from '#core/history/timeline.ts';
import type { Past } from '../history/view-model.ts';

/** A change, with the transition that it was; `isOfFile`: all that is known is that it changed the file. */
export interface DecidingChange {
  readonly record: ChangeRecord;
  readonly kind?: string;
  readonly isOfFile?: true;
}

export interface AppRegion {
  readonly app: string;
  readonly region: string;
}

/** Steps with which everything of a miniapp may come at once; what came with them shows in no effect. */
const BEGINNINGS: ReadonlySet<string> = new Set(['bootstrap', 'create', 'unexplained']);

type EffectOfEvent = TimelineEvent['effects'][number];

/** Who delivered the miniapp to the place, or ended that. Nothing where it never was delivered. */
export function deliveryChange(past: Past | undefined, place: AppRegion, isDelivered: boolean, file: string) {
  const isTurn = ({ before, after }: EffectOfEvent) => (before === UNDELIVERED) !== (after === UNDELIVERED);
  return (
    changeOf(past, place, 'everyone', isTurn, 'edit-trafficking') ??
    (isDelivered ? beginning(past, file) : past?.isCut === true ? fileChange(past, file) : undefined)
  );
}

/** Who whitelisted the first account of the app that still counts there, as far as an answer changed by it. */
export const whitelistChange = (past: Past | undefined, place: AppRegion, file: string): DecidingChange | undefined =>
  changeOf(past, place, 'whitelisted', () => true, 'edit-whitelist') ?? fileChange(past, file);

const UNDELIVERED = 'app-not-associated';

function changeOf(
  past: Past | undefined,
  { app, region }: AppRegion,
  audience: Audience,
  isTurn: (effect: EffectOfEvent) => boolean,
  needed: string,
): DecidingChange | undefined {
  for (const { record, steps, effects } of past?.events ?? []) {
    const own = steps.find(({ kind }) => kind === needed);
    if (!own) continue;
    const isHere = (one: EffectOfEvent) => one.app === app && one.audience === audience && one.regions.includes(region);
    if (effects.some((one) => isHere(one) && isTurn(one))) return { record, kind: own.kind };
  }
  return undefined;
}

/** With what the miniapp came, where the events reach back that far; else the newest change of the file. */
function beginning(past: Past | undefined, file: string): DecidingChange | undefined {
  const event = past?.events.findLast(({ steps }) => steps.some(({ kind }) => BEGINNINGS.has(kind)));
  const kind = event?.steps.find((step) => BEGINNINGS.has(step.kind))?.kind;
  return event && past?.isCut !== true ? { record: event.record, ...defined({ kind }) } : fileChange(past, file);
}

/** The newest change of a file, or undefined where the history is not known or holds none. */
export function fileChange(past: Past | undefined, file: string): DecidingChange | undefined {
  const record = past?.touched.get(file);
  return record && { record, isOfFile: true };
}
