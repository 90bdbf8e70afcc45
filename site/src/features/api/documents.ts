/**
 * The portal's API: static JSON documents, each described by a schema in `public/api/v1/schemas/`. A field is never
 * renamed, given another meaning or removed within v1; new ones may come.
 */
import { defined } from '#core/defined.ts';
import { keysOf } from '#core/keys-of.ts';
import { messages, severityOf } from '#core/problems/messages.ts';
import type { PortalPackage } from '#core/hosts/portal-package.ts';
import { pendingVersion, versionsByState } from '#core/lifecycle/lifecycle.ts';
import { hindrancesJson, withPeople } from '#core/transitions/missing-people.ts';
import { newestFirst } from '#core/version.ts';
import { avatarPath } from '../list/view-model.ts';
import { CURES } from '../symptoms/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

const HOUR = 3_600_000;

/** The schema's address, relative to the document's. */
const schema = (name: string, depth = 0) => ({ $schema: `${'../'.repeat(depth)}schemas/${name}.schema.json` });

/** `miniapps.json`: a short entry for each miniapp. */
export const miniappsDocument = ({ miniapps }: PublicWorkspace) => ({
  ...schema('miniapps'),
  miniapps: [...miniapps.values()].map((miniapp) => ({
    id: miniapp.id,
    type: miniapp.basics.type,
    name: miniapp.basics.name,
    ...defined({ description: miniapp.basics.description }),
    category: miniapp.basics.category ?? null,
    avatar: miniapp.avatar ? avatarPath(miniapp) : null,
    delivered: miniapp.trafficking,
    online: miniapp.release.online ?? null,
    experience: miniapp.release.experience?.version ?? null,
    rollout: miniapp.release.rollout ?? null,
    sequence: miniapp.release.sequence ?? null,
    pending: pendingVersion(miniapp) ?? null,
    archived: miniapp.basics.archived === true,
  })),
});

/** How it stands with the bytes of a version. `package` beside it is what is recorded: digest, bytes, files. */
function storedIn({ status, store, ref, compared }: PortalPackage) {
  const { with: before, bytes, added, removed, changed } = compared ?? {};
  return {
    status,
    ...defined({
      store,
      ref,
      compared: compared ? { with: before, bytes, files: { added, removed, changed } } : undefined,
    }),
  };
}

/**
 * A miniapp of a platform. `now`: milliseconds since 1970. `packageOf`: what is known of the bytes of a version; nothing where the platform keeps
 * none, or there is no Git.
 */
export function miniappDocument(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  now: number,
  packageOf: (version: string) => PortalPackage | undefined = () => undefined,
) {
  const { id, basics, release, trafficking, whitelist, members, domains, scenarios, strings } = miniapp;
  return {
    ...schema('miniapp', 1),
    ...basics,
    archived: basics.archived === true,
    id,
    avatar: miniapp.avatar ? avatarPath(miniapp) : null,
    release,
    versions: versionsByState(miniapp).map(({ version: { bytesLack: _told, ...version }, state, steps }) => {
      const known = packageOf(version.version);
      return {
        ...version,
        ...defined({ stored: known?.status === undefined ? undefined : storedIn(known) }),
        stage: state.stage,
        experience: state.isExperience,
        rollout: state.isRolledOut,
        transitions: withPeople(workspace, id, steps, now).map(({ kind, command, ...step }) => ({
          ...{ kind, command },
          ...hindrancesJson(step),
        })),
      };
    }),
    trafficking,
    whitelist,
    members,
    domains,
    scenarios,
    strings,
    reports: [...miniapp.reports].map(([month, { rows }]) => ({ month, rows })),
  };
}

/** `apps.json`: the host apps with the runtimes of their versions. */
export const appsDocument = ({ apps }: PublicWorkspace) => ({
  ...schema('apps'),
  apps: [...apps.values()].map(
    ({ id, name, regions, scheme, default: isDefault = false, managers = [], runtimes }) => ({
      id,
      name,
      regions,
      scheme,
      default: isDefault,
      managers,
      ...defined({ runtimes }),
    }),
  ),
});

/** `submitted`: when versions were submitted, by `<miniapp> <version>`, in milliseconds since 1970. */
export const reviewsDocument = ({ miniapps, platform }: PublicWorkspace, submitted: ReadonlyMap<string, number>) => ({
  ...schema('reviews'),
  reviews: [...miniapps.values()].flatMap((miniapp) =>
    newestFirst(miniapp.versions.keys()).flatMap((number) => {
      const { review, uploadedBy, uploadedAt } = miniapp.versions.get(number)!;
      if (!review) return [];
      const since = submitted.get(`${miniapp.id} ${number}`);
      const hours = review.status === 'pending' ? platform.review?.slaHours : undefined;
      return {
        miniapp: miniapp.id,
        name: miniapp.basics.name,
        version: number,
        uploadedBy,
        uploadedAt,
        ...review,
        ...defined({
          submittedAt: since === undefined ? undefined : new Date(since).toISOString(),
          dueAt: since === undefined || hours === undefined ? undefined : new Date(since + hours * HOUR).toISOString(),
        }),
      };
    }),
  ),
});

const both = (en: string, zh: string) => ({ en, zh });

/** `catalogue.json`: every problem, answer and fix with its sentences in both languages. */
export const catalogueDocument = () => {
  const { en, zh } = messages;
  return {
    ...schema('catalogue'),
    problems: keysOf(en.problems).map((code) => ({
      code,
      severity: severityOf(code),
      title: both(en.problems[code].title, zh.problems[code].title),
      message: both(en.problems[code].message, zh.problems[code].message),
      fix: both(en.problems[code].hint, zh.problems[code].hint),
    })),
    outcomes: keysOf(en.outcomes).map((code) => ({
      code,
      title: both(en.outcomes[code].title, zh.outcomes[code].title),
      message: both(en.outcomes[code].message, zh.outcomes[code].message),
      cause: both(en.outcomes[code].cause, zh.outcomes[code].cause),
      fix: CURES[code].map((fix) => ({ code: fix, text: both(en.fixes[fix], zh.fixes[fix]) })),
    })),
    fixes: keysOf(en.fixes).map((code) => ({ code, text: both(en.fixes[code], zh.fixes[code]) })),
  };
};
