/**
 * The configuration, read once a build: the only importer of the reader. What leaves here holds no account and no note.
 * Node itself loads this module (see astro.config.ts), so that the pages and the writer of the API share one.
 */
import { hash } from 'node:crypto';
import { join } from 'node:path';
import {
  documentText,
  runtimeDocument,
  runtimeIndex,
  type PackageArchive,
} from '../../scripts/core/hosts/runtime-document.ts';
import { loadWorkingTree } from '../../scripts/git/working-tree/working-tree.ts';
import { pendingVersion } from '../../scripts/core/lifecycle/lifecycle.ts';
import type { Redactor } from '../../scripts/core/redaction/index.ts';
import { redactorOf } from '../../scripts/core/redaction/workspace.ts';
import type { PortalPackage } from '../../scripts/core/hosts/portal-package.ts';
import { readContent, type PortalContent } from '../../scripts/portal/content.ts';
import { ofShards } from '../../scripts/core/shard.ts';
import { buildInput } from '../build-input.ts';
import { githubOf, type EditLinkContext } from './lib/github.ts';
import { pastsOf } from './features/history/view-model.ts';
import { answersByApp, type AppAnswers } from '#core/resolution/resolution-table.ts';
import { appViews } from './features/apps/view-model.ts';
import { listRows } from './features/list/view-model.ts';
import { peopleViews } from './features/people/view-model.ts';
import { reviewTimes } from './features/reviews/durations.ts';
import { reviews } from './features/reviews/view-model.ts';
import { sheetRows } from './features/sheet/view-model.ts';
import { onceIn } from './lib/once-in.ts';
import { publicStory, publish, type PublicMiniapp, type PublicWorkspace } from './lib/public.ts';

const { configDir, now: buildTime, shards, isGiven, finalDir } = buildInput(process.env);

/** The moment that every page describes. */
export const now = buildTime;

const content: PortalContent = isGiven
  ? await readContent(process.stdin)
  : { workspace: loadWorkingTree(configDir).workspace, submitted: new Map() };

/** Masks what a file would still show of an account. */
export const redact: Redactor = redactorOf(content.workspace, content.former);

export const workspace: PublicWorkspace = publish(
  content.workspace,
  redact,
  (id, version) => content.packages?.get(`${id} ${version}`)?.lack,
  now,
);

/** When each version under review was submitted, by `<miniapp> <version>`, as far as Git told. */
export const { submitted } = content;

/** What Git tells of the configuration, where there is Git; it names no account, and those in reasons are masked. */
export const story = content.story && publicStory(content.story, redact);

/** What `validate` warns of. */
export const warnings = content.warnings ?? [];

/** The digest of the configuration's files, when the portal command read them. */
export const { digest } = content;

/** What is known of the bytes of a version; names of files name no account. */
export function packageOf(id: string, version: string): PortalPackage | undefined {
  const found = content.packages?.get(`${id} ${version}`);
  if (!found?.compared) return found;
  const files = found.compared.files.map((file) => ({ ...file, path: redact.name(file.path) }));
  return { ...found, compared: { ...found.compared, files } };
}

/** The configuration's place on GitHub, where it has one. */
export const github = githubOf(workspace.platform.portal?.repository, story, content.server);

/** What links into GitHub's editor are made of. */
export const editing: EditLinkContext = { github, files: workspace.files };

/** The events of each miniapp, newest first. */
export const pasts = pastsOf(story, workspace.miniapps.keys());

/** Whether this is no build: `astro dev`. */
export const isDev = finalDir === undefined;

/** The miniapps that this build makes pages of: all, or its share of them. */
export const ownMiniapps: readonly PublicMiniapp[] = ofShards(workspace.miniapps.values(), shards);
export const ownIds: readonly string[] = ownMiniapps.map(({ id }) => id);

/** A miniapp that there is. */
export function miniappOf(id: string | undefined): PublicMiniapp {
  const miniapp = workspace.miniapps.get(id ?? '');
  if (!miniapp) throw new Error(`there is no miniapp ${id}`);
  return miniapp;
}

/** What lists name: everything but what was given up. */
export const listedMiniapps = (): PublicMiniapp[] =>
  [...workspace.miniapps.values()].filter(({ basics }) => basics.archived !== true);

/** How many versions wait for their review: at most one of a miniapp. */
export const pendingReviews = (): number =>
  [...workspace.miniapps.values()].filter((miniapp) => pendingVersion(miniapp) !== undefined).length;

/** Where a file of the configuration is: an avatar. */
export const configFile = (path: string): string => join(configDir, path);

const tables = new Map<string, readonly AppAnswers[]>();

/** The resolution table of a miniapp, which its pages, its API document and the pages of the apps share. */
export function tableOf(id: string): readonly AppAnswers[] {
  let table = tables.get(id);
  if (!table) tables.set(id, (table = answersByApp(workspace, id, now)));
  return table;
}

// Each list once a language: with each page that has a part of it, it would cost the square of the list.

/** The host apps and what each opens. */
export const appsIn = onceIn((language) => appViews(workspace, tableOf, language));
/** How long each review took, as far as Git tells. */
export const times = reviewTimes(story);
export const reviewsIn = onceIn((language) => reviews(workspace, submitted, now, language, times));
/** The rows of the list of miniapps, of the sheet of codes, and people. */
export const listIn = onceIn((language) => listRows(workspace, language));
export const sheetIn = onceIn((language) => sheetRows(workspace, language));
export const peopleIn = onceIn((language) => peopleViews(workspace, language));

/** The SHA-256 of each runtime document, for their index. */
const runtimeDigests = new Map<string, string>();

/** The text of `id.json` for hosts; `id` is one that there is. */
export function runtimeText(id: string): string {
  const text = documentText(runtimeDocument(workspace, id, archivesOf(id)));
  runtimeDigests.set(id, hash('sha256', text));
  return text;
}

function runtimeDigest(id: string): string {
  if (!runtimeDigests.has(id)) runtimeText(id);
  return runtimeDigests.get(id)!;
}

/** Where the versions of a miniapp can be fetched, where this portal holds them. */
function archivesOf(id: string): Map<string, PackageArchive> {
  const known = content.archives ?? new Map<string, PackageArchive>();
  const own = [...(workspace.miniapps.get(id)?.versions.keys() ?? [])].flatMap((version) => {
    const archive = known.get(`${id} ${version}`);
    return archive === undefined ? [] : [[version, archive] as const];
  });
  return new Map(own);
}

/** The text of the index for hosts: each miniapp's sequence and the SHA-256 of its document. */
export const runtimeIndexText = (): string =>
  documentText(
    runtimeIndex(
      story?.head.commit ?? null,
      new Map(
        [...workspace.miniapps].map(([id, { release }]) => [
          id,
          { sequence: release.sequence ?? 0, sha256: runtimeDigest(id) },
        ]),
      ),
    ),
  );
