/**
 * Whether what main holds may replace what is published: it is valid, not older, and has not lost more miniapps than people
 * take away. What is published is asked of the portal's own API.
 */
import { defined } from '../core/defined.ts';
import { EnvironmentError } from '../core/errors.ts';
import { checkRules } from '../core/rules/index.ts';
import { isAncestor, missingCommits } from '../git/commits/fetch.ts';
import { loadWorkingTree } from '../git/working-tree/working-tree.ts';
import { count, locateAll, type LocatedProblem } from '../read/positions.ts';

/** The part of the miniapps that may be gone. */
const LOST = 0.05;
const ANSWER_LIMIT = 20_000_000;
const TIME_LIMIT = 20_000;

export interface PublishedPortal {
  readonly miniapps: readonly string[];
  /** The commit that it was built from; portals of before do not say. */
  readonly revision?: string;
}

export interface Publishable {
  readonly isPublishable: boolean;
  /** Why not. */
  readonly reasons: readonly string[];
  readonly problems: readonly LocatedProblem[];
}

/** `path`: the configuration; `folder`: what people call it; `revision`: the commit that it is at. */
export function publishable(
  { path, folder, revision, now }: { path: string; folder: string; revision: string; now: number },
  published: PublishedPortal | undefined,
): Publishable {
  const { workspace, problems: found, texts } = loadWorkingTree(path);
  const problems = locateAll([...found, ...checkRules(workspace, now)], texts, folder);
  const { errors } = count(problems);
  const reasons = errors > 0 ? [`the configuration has ${errors} errors`] : [];
  if (published)
    reasons.push(...lossOf([...workspace.miniapps.keys()], published), ...ageOf(path, revision, published));
  return { isPublishable: reasons.length === 0, reasons, problems };
}

function lossOf(here: readonly string[], { miniapps }: PublishedPortal): string[] {
  const known = new Set(here);
  const lost = miniapps.filter((id) => !known.has(id));
  if (lost.length <= miniapps.length * LOST) return [];
  const named = lost.slice(0, 5).join(', ');
  return [
    `${lost.length} of the ${miniapps.length} miniapps that are published are gone (${named}${lost.length > 5 ? ', …' : ''})`,
  ];
}

function ageOf(path: string, revision: string, { revision: published }: PublishedPortal): string[] {
  if (published === undefined || published === revision) return [];
  const isKnown = missingCommits(path, [published]).length === 0;
  if (isKnown && isAncestor(path, published, revision)) return [];
  return [
    `what is published was built from ${published.slice(0, 10)}, which ${revision.slice(0, 10)} does not come after`,
  ];
}

/** What is published at an address; undefined where nothing is yet. Throws EnvironmentError when that cannot be told. */
export async function readPublished(url: string): Promise<PublishedPortal | undefined> {
  const list = await read(url, 'api/v1/miniapps.json');
  if (list === undefined) return undefined;
  const { miniapps } = list as { miniapps?: unknown };
  const ids = (Array.isArray(miniapps) ? miniapps : []).map((one: unknown) => (one as { id?: unknown } | null)?.id);
  if (!Array.isArray(miniapps) || !ids.every((id) => typeof id === 'string'))
    throw new EnvironmentError(
      `what is published at ${url} is no portal of this kind, so nothing can be compared with it`,
    );
  const about = (await read(url, 'api/v1/revision.json')) as { revision?: unknown } | undefined;
  const { revision } = about ?? {};
  const isCommit = typeof revision === 'string' && /^[0-9a-f]{40,64}$/.test(revision);
  return { miniapps: ids, ...defined({ revision: isCommit ? revision : undefined }) };
}

async function read(url: string, path: string): Promise<unknown> {
  const address = new URL(path, url.endsWith('/') ? url : `${url}/`);
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(TIME_LIMIT) });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`it answers ${response.status}`);
    const text = await response.text();
    if (text.length > ANSWER_LIMIT) throw new Error('its answer is too large');
    return JSON.parse(text);
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    throw new EnvironmentError(
      `what is published at ${address.href} could not be read: ${why}. The next run tries again`,
    );
  }
}
