/** The bytes of the versions that a pull request is about, compared in the store, as text that may be shown. */
import { defined } from '../../core/defined.ts';
import type { Miniapp, Platform, Version, Workspace } from '../../core/model.ts';
import type { TransitionKind } from '../../core/lifecycle/lifecycle.ts';
import type { Redactor } from '../../core/redaction/index.ts';
import { shownAlone } from '../../evaluate/public-evaluation.ts';
import { repositoryOf } from '../../github/remotes.ts';
import type { PackageStore } from '../../packages/store.ts';
import { originsTable } from '../approvals/origins-table.ts';
import type { ReconcileOptions, ReconcileRun } from '../state/reconcile-context.ts';
import type { EvaluationContext } from '../evaluate/evaluation-context.ts';
import type { ComparedBytes, EvaluatedPullRequest } from '../types.ts';
import { comparisonMarkdown, fitMarkdown } from './comparison-text.ts';
import { platformStore } from './stores.ts';

interface ComparedVersion {
  readonly workspace: Workspace;
  readonly miniapp: Miniapp;
  readonly version: Version;
  readonly redact: Redactor;
}

/** Compares a version with what people have now. `store` stays open; whoever made it closes it. */
export async function comparedBytes(
  options: ReconcileOptions,
  store: PackageStore,
  { workspace, miniapp, version, redact }: ComparedVersion,
): Promise<ComparedBytes> {
  // It loads what reads projects, which few changes need.
  const { comparison } = await import('../../packages/comparison.ts');
  const found = await comparison(store, miniapp, version, options.derived?.comparisons);
  const shown = shownAlone(workspace, miniapp, redact);
  const alone = shown.miniapps.get(miniapp.id)!;
  const own = alone.versions.get(version.version) ?? version;
  const page = pageOf(options, workspace.platform);
  return {
    id: found.id,
    ...defined({ isUnasked: 'isUnasked' in found ? (true as const) : undefined }),
    markdown: comparisonMarkdown(found, {
      redact: (text) => redact.text(text),
      ...defined({ page }),
    }),
    calls: originsTable(shown, alone, own),
    fit: fitMarkdown(shown, alone, own),
  };
}

/** Where people see the repository that is the store, where that is on the same site. */
function pageOf({ serverUrl, repository }: ReconcileOptions, { packages }: Platform): string | undefined {
  if (packages?.store === 'oci') return undefined;
  const named = packages?.git?.remote;
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).hostname : '';
  const found = named === undefined ? repository : repositoryOf(named, { host, apiUrl: '' });
  return found && `${serverUrl}/${encodeURIComponent(found.owner)}/${encodeURIComponent(found.repo)}`;
}

/** The bytes of a version under review, once a tip: several rounds may want to open its pull request. */
export async function comparedOnce(
  { options, last, bytes }: Pick<ReconcileRun, 'options' | 'last' | 'bytes'>,
  { miniapp, version }: Pick<ComparedVersion, 'miniapp' | 'version'>,
): Promise<ComparedBytes | undefined> {
  const { tip, given, redact } = last!;
  const key = `${tip} ${miniapp.id}/${version.version}`;
  if (!bytes.has(key))
    bytes.set(key, await comparedAtTip(options, { workspace: given.workspace, miniapp, version, redact }));
  return bytes.get(key);
}

/** The bytes of a version under review at the tip. Undefined where the platform keeps none. */
async function comparedAtTip(options: ReconcileOptions, about: ComparedVersion): Promise<ComparedBytes | undefined> {
  const { platform } = about.workspace;
  if (!keepsPackages(platform)) return undefined;
  const store = platformStore(options, platform);
  try {
    return await comparedBytes(options, store, about);
  } finally {
    store.close();
  }
}

/** Whether changes are evaluated by bytes, which a store keeps. */
export const keepsPackages = ({ packages }: Platform): boolean => packages !== undefined && packages.store !== 'none';

/** The steps of which a reviewer wants to know what the bytes change. */
const COMPARED: ReadonlySet<string> = new Set<TransitionKind>([
  'upload',
  'submit',
  'approve',
  'auto-approve',
  'reject',
]);

/** The versions of a pull request that are compared; all of them. */
export function comparedIn(
  { base }: Pick<EvaluationContext, 'base'>,
  { decision: { transitions }, workspace, problems }: NonNullable<EvaluatedPullRequest['evaluation']>,
): { readonly miniapp: Miniapp; readonly version: Version }[] {
  const isRefused = problems.some(({ severity }) => severity === 'error');
  const keys = new Set<string>();
  return transitions.flatMap(({ kind, miniapp: id, version: number }) => {
    const miniapp = workspace.miniapps.get(id ?? '');
    const version = miniapp?.versions.get(number ?? '');
    const key = `${id}/${number}`;
    if (!COMPARED.has(kind) || !miniapp || !version || keys.has(key)) return [];
    // What was refused is not taken into the store.
    if (isRefused && base.miniapps.get(miniapp.id)?.versions.has(version.version) !== true) return [];
    keys.add(key);
    return [{ miniapp, version }];
  });
}

/** Adds to an evaluation how its versions change the bytes that people get; the store holds those bytes by now. */
export async function withComparisons(
  options: ReconcileOptions,
  context: EvaluationContext,
  evaluated: EvaluatedPullRequest,
): Promise<EvaluatedPullRequest> {
  const { workspace } = evaluated.evaluation!;
  const subjects = comparedIn(context, evaluated.evaluation!);
  if (subjects.length === 0) return evaluated;
  const store = platformStore(options, context.base.platform);
  const compared: ComparedBytes[] = [];
  try {
    for (const { miniapp, version } of subjects.slice(0, MOST)) {
      compared.push(await comparedBytes(options, store, { workspace, miniapp, version, redact: context.redact }));
      // What was brought here for one is no use to the next.
      store.close();
    }
  } finally {
    store.close();
  }
  return { ...evaluated, compared, uncompared: subjects.length - compared.length };
}

/** Versions of one pull request that are compared: each may have a hundred megabytes. */
const MOST = 5;
