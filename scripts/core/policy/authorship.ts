/** The authors of a change, who may not approve it. */
import { identityOf, type Identity } from '../identity/login.ts';
import type { TransitionKind } from '../lifecycle/lifecycle.ts';
import type { Miniapp, Version, Workspace } from '../model.ts';
import type { Sides, Transition } from '../lifecycle/transition.ts';

/** What determines the authors of a change. */
export interface Authorship {
  /** Who acts. */
  readonly actor?: string | undefined;
  /** Authors and co-authors of its commits, as far as they are accounts of GitHub. */
  readonly commitAuthors?: Iterable<Identity>;
  /** The versions that it is about, as they were and as they become. */
  readonly versions?: Iterable<Version>;
}

/** Who uploaded and who submitted a version: they made it, and may not review it. */
export const authorsOf = ({ uploadedBy, review }: Pick<Version, 'uploadedBy' | 'review'>): string[] => [
  ...new Set([uploadedBy, review?.submittedBy].filter((login) => login !== undefined)),
];

/** The people whose approval does not count: the actor, commit authors, uploaders and submitters. `people`: the base's. */
export function ineligibleApprovers(
  people: Workspace['people'],
  { actor, commitAuthors = [], versions = [] }: Authorship,
): Set<Identity> {
  const uploaders = [...versions].flatMap(authorsOf);
  const logins = actor === undefined ? uploaders : [actor, ...uploaders];
  return new Set([...commitAuthors, ...logins.map((login) => identityOf(people, login))]);
}

/** Steps of a review, which the uploader and the submitter of the version may not take. */
const REVIEW_STEPS: ReadonlySet<TransitionKind> = new Set<TransitionKind>(['approve', 'reject', 'revoke']);

/** Whether a transition approves, rejects or revokes. */
export const isReviewStep = ({ kind }: Pick<Transition, 'kind'>): boolean => REVIEW_STEPS.has(kind);

/** Of two states what is known of versions. */
type VersionSides = Readonly<
  Record<'base' | 'merged', { readonly miniapps: ReadonlyMap<string, Pick<Miniapp, 'versions'>> }>
>;

/** The version of a transition, as it was and as it becomes. */
export const versionsOf = (
  { miniapp = '', version = '' }: Pick<Transition, 'miniapp' | 'version'>,
  sides: VersionSides,
): Version[] => [sides.base, sides.merged].flatMap((side) => side.miniapps.get(miniapp)?.versions.get(version) ?? []);

/** The versions of a change that consists of review steps alone: their uploaders and submitters cannot approve it. */
export const reviewedVersions = (transitions: readonly Transition[], sides: Sides): Version[] =>
  transitions.every(isReviewStep) ? transitions.flatMap((transition) => versionsOf(transition, sides)) : [];
