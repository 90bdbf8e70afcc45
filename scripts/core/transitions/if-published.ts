/** What a version would bring, for whoever reviews or publishes it: whose answers change if it goes online. */
import type { Release } from '../model.ts';
import { compatibilityEffects, type CompatibilityEffect } from '../resolution/compatibility-effects.ts';
import type { ResolutionMiniapp } from '../resolution/resolution.ts';
import { effectsOf, type Effect } from '../resolution/resolution-table.ts';
import type { ResolutionWorkspace } from '../resolution/resolve.ts';
import { published } from '../lifecycle/release-after.ts';

export interface Consequences {
  readonly effects: readonly Effect[];
  /** What versions of host apps lose, or get back. */
  readonly compatibility: readonly CompatibilityEffect[];
}

/**
 * What changes for whom if the version goes online at `now`, in milliseconds since 1970, and the workspace as it is then, with this miniapp
 * alone: it is asked of each miniapp of a portal, and a copy of all of them for each would cost the square of how many there are.
 */
export function ifPublished<Whole extends ResolutionWorkspace>(
  workspace: Whole,
  miniapp: ResolutionMiniapp,
  version: string,
  now: number,
): { readonly after: Whole; readonly consequences: Consequences } {
  return ifReleased(workspace, miniapp, published(miniapp.release, version), now);
}

/** The same of any release that the miniapp may get. */
export function ifReleased<Whole extends ResolutionWorkspace>(
  workspace: Whole,
  miniapp: ResolutionMiniapp,
  release: Release,
  now: number,
): { readonly after: Whole; readonly consequences: Consequences } {
  const { id } = miniapp;
  const changed: ResolutionMiniapp = { ...miniapp, release };
  const after: Whole = { ...workspace, miniapps: new Map([[id, changed]]) };
  const sides = [workspace, after, [id], now] as const;
  return { after, consequences: { effects: effectsOf(...sides), compatibility: compatibilityEffects(...sides) } };
}
