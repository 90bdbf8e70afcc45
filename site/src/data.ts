/**
 * The configuration, read once a build: the only importer of the reader. What leaves here holds no account and no note.
 * Node itself loads this module (see astro.config.ts), so that the pages and the writer of the API share one.
 */
import { join } from 'node:path';
import { diskSource } from '../../scripts/read/disk.ts';
import { load } from '../../scripts/read/load.ts';
import type { Language } from '../../scripts/core/catalogue.ts';
import { resolutionTable, type Cell } from '../../scripts/core/effects.ts';
import { buildInput } from '../build-input.ts';
import { appViews, type AppView } from './views/pages.ts';
import { publish, type PublicWorkspace } from './views/public.ts';

const { configDir, now: buildTime, shard } = buildInput(process.env);

/** The moment that every page speaks of. */
export const now = buildTime;

export const workspace: PublicWorkspace = publish(load(diskSource(configDir)).workspace);

/** The miniapps that this build makes pages of: all, or its share of them. */
export const ownIds: readonly string[] = [...workspace.miniapps.keys()].filter(
  (_id, index) => index % shard.parts === shard.part - 1,
);

/** Where a file of the configuration is: an avatar. */
export const configFile = (path: string): string => join(configDir, path);

/** The tables of the most recent miniapps: the pages of a miniapp and its API file, which follow each other, share one. */
const tables = new Map<string, readonly Cell[]>();
const RECENT = 64;

/** The resolution table of a miniapp. */
export function cellsOf(id: string): readonly Cell[] {
  const known = tables.get(id);
  if (known) return known;
  const cells = resolutionTable(workspace, id, now);
  if (tables.size >= RECENT) tables.delete(tables.keys().next().value!);
  tables.set(id, cells);
  return cells;
}

const apps = new Map<Language, AppView[]>();

/** The host apps and what each opens, computed once a language. */
export function appsIn(language: Language): AppView[] {
  let views = apps.get(language);
  if (!views) apps.set(language, (views = appViews(workspace, now, language)));
  return views;
}
