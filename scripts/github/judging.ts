/** A pull request judged against the tip: for whom it acts, which reviews of it count, and the one decision. */
import { createHash } from 'node:crypto';
import type { Review } from '../core/decide.ts';
import { OutsideError } from '../core/failure.ts';
import type { Workspace } from '../core/model.ts';
import { currentLogin } from '../core/identity.ts';
import { approvalDigest, authorsOfTouched, touchedBy, type Unseen } from '../core/proof.ts';
import { commitSource } from '../git/commit-source.ts';
import { contributorsOf } from '../git/contributors.ts';
import { firstParents, haveCommonHistory, isAncestor, missingCommits, type Past } from '../git/fetch.ts';
import { remembered } from '../git/memory.ts';
import { merge, type Scratch } from '../git/merge.ts';
import { gitAnswer } from '../git/run.ts';
import { judgeCommits, type Judged } from '../judge/commits.ts';
import { touchedOnly } from '../judge/touched.ts';
import { load } from '../read/load.ts';
import { isAsked, type Acting } from './acting.ts';
import { versionOf } from './approvals.ts';
import { personOf } from './identity.ts';
import { isByBot, type Account, type Judgement, type Pull, type ReviewFact, type WeighedReview } from './model.ts';
import { reasonOf } from './rejection.ts';

/** Where a tip is judged from. Everything that is judged must have been fetched. */
export interface Court {
  /** The configuration's folder on this machine, what people call it, and its path from the top of the repository. */
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  readonly branch: string;
  readonly tip: string;
  /** The configuration at the tip. */
  readonly base: Workspace;
  readonly bot: Account;
  readonly temporary: Scratch;
  /** The first parents of the tip, newest first. */
  readonly past: readonly Past[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const pastOfTip = (path: string, tip: string): Past[] => firstParents(path, tip);

/** Judges. Never throws for what a pull request holds; what this machine or GitHub cannot tell is said to be theirs. */
export function judgePull(court: Court, pull: Pull, acting: Acting): Judgement {
  const { path, branch, tip, bot } = court;
  const { actor, actsForNobody, asked } = acting;
  const shared = {
    pull,
    actor,
    ...(actor === bot.login ? { isForBot: true as const } : {}),
    objectors: objectorsOf(pull, court),
  };
  const none = { ...shared, reviews: [], isUpToDate: false };
  const { sha } = pull.head;
  if (pull.base !== branch)
    return {
      ...none,
      refusal: `it asks to be merged into another branch than ${branch}: choose ${branch} as its base`,
    };
  if (actsForNobody !== undefined) return { ...none, refusal: `it acts for nobody: ${actsForNobody}` };
  if (missingCommits(path, [sha]).length > 0)
    return { ...none, refusal: 'its commits could not be fetched', isOutside: true };
  if (!haveCommonHistory(path, tip, sha))
    return { ...none, refusal: `its branch has no history in common with ${branch}: begin it from ${branch}` };
  try {
    const reviews = weigh(court, pull);
    const judged = judgeCommits({
      path,
      folder: court.folder,
      prefix: court.prefix,
      base: tip,
      baseName: branch,
      head: sha,
      temporary: court.temporary,
      actor,
      reviews: reviews.flatMap(countedOf),
      now: court.now,
    });
    const isOther = asked !== undefined && !isAsked(asked, judged.verdict.transitions);
    if (isOther) {
      const nobody = `the run that made its branch was to do something else: "${asked}"`;
      return judgePull(court, pull, { actor: bot.login, actsForNobody: nobody });
    }
    const own = approvalsOfMakers(court, sha, judged, reviews);
    return { ...shared, judged, reviews: own, isUpToDate: isAncestor(path, tip, sha) };
  } catch (error) {
    if (error instanceof OutsideError) return { ...none, refusal: error.message, isOutside: true };
    throw error;
  }
}

/** Approvals of who made any of it do not count; the decision knows that by itself, and here it is said. */
function approvalsOfMakers(
  { path, prefix, tip, base }: Court,
  head: string,
  { workspace, merge: { differences } }: Judged,
  reviews: readonly WeighedReview[],
): WeighedReview[] {
  if (!reviews.some(({ state, void: why }) => state === 'approved' && why === undefined)) return [...reviews];
  const start = prefix === '' ? '' : `${prefix}/`;
  const paths = differences.flatMap((one) => (one.path.startsWith(start) ? [one.path.slice(start.length)] : []));
  const authors = [...authorsOfTouched(base, workspace, paths), ...contributorsOf(path, tip, head, base.people)];
  const makers = new Set(authors.map((login) => currentLogin(base.people, login)));
  const isOwn = ({ login, state, void: why }: WeighedReview) =>
    state === 'approved' && why === undefined && login !== undefined && makers.has(login);
  return reviews.map((review) => (isOwn(review) ? { ...review, void: 'they made some of it' } : review));
}

/** The review as the decision takes it: what counts, by people whom the base knows. */
function countedOf({ login, state, review, void: why }: WeighedReview): Review[] {
  if (login === undefined || why !== undefined) return [];
  if (state === 'approved') return [{ login, state }];
  // Without a reason nobody is rejected; the empty one equals none.
  return [{ login, state, reason: reasonOf(review.body) ?? '' }];
}

/** The newest review of each account that says yes or no; one that was dismissed says nothing. */
function newestOf({ reviews, author }: Pull, bot: Account): (ReviewFact & { account: Account })[] {
  const newest = new Map<number, ReviewFact & { account: Account }>();
  for (const review of reviews.toSorted((a, b) => a.at - b.at || a.id - b.id)) {
    const { account, state } = review;
    const isSaying = state !== 'commented' && state !== 'pending';
    const isOwn = account?.id === author?.id || account?.id === bot.id;
    if (account && isSaying && !isOwn) newest.set(account.id, { ...review, account });
  }
  return [...newest.values()].filter(({ state }) => state !== 'dismissed');
}

/** People of the base who want changes, whatever head they saw: their no stands until they or somebody else takes it back. */
export const objectorsOf = (pull: Pull, { base, bot }: Pick<Court, 'base' | 'bot'>): string[] =>
  newestOf(pull, bot)
    .filter(({ state }) => state === 'changes-requested')
    .flatMap(({ account }) => {
      const login = personOf(account, base);
      return login === undefined || base.people.get(login)?.left !== undefined ? [] : [login];
    });

function weigh(court: Court, pull: Pull): WeighedReview[] {
  const said = newestOf(pull, court.bot);
  if (said.length === 0) return [];
  const now = new Map<Unseen, string | undefined>();
  const digestNow = (unseen: Unseen) => {
    if (!now.has(unseen)) now.set(unseen, digestOf(court, court.tip, pull.head.sha, unseen));
    return now.get(unseen);
  };
  return said.map((review): WeighedReview => {
    const login = personOf(review.account, court.base);
    const state = review.state === 'approved' ? 'approved' : 'changes-requested';
    const hasLeft = login !== undefined && court.base.people.get(login)?.left !== undefined;
    const why =
      login === undefined ? 'not in people/' : hasLeft ? 'has left' : voidness(court, review, pull, digestNow);
    return { review, state, ...(login === undefined ? {} : { login }), ...(why === undefined ? {} : { void: why }) };
  });
}

/** Why a review does not count for what would be merged now; undefined when it does. */
function voidness(
  court: Court,
  { account, state, commit, at }: ReviewFact,
  pull: Pull,
  digestNow: (unseen: Unseen) => string | undefined,
): string | undefined {
  const { path, past, bot } = court;
  const isOwn = account !== null && pull.wroteBy?.includes(account.id) === true;
  if (isOwn && state === 'approved') return 'they made some of it';
  // Of the same second nobody knows what came first.
  if (pull.retargetedAt !== undefined && at < pull.retargetedAt + 1000) return 'it was of another base branch';
  if (commit === undefined || missingCommits(path, [commit]).length > 0) return 'what was reviewed is gone';
  // Git counts in seconds: of the same second nobody knows what came first.
  const then = past.find(({ time }) => time < Math.floor(at / 1000) * 1000);
  if (!then || !haveCommonHistory(path, then.commit, commit)) return 'nothing says what was reviewed';
  // Whoever asks for changes of an approval saw no rejection, which the bot writes in their words afterwards. Anybody else who
  // opens a pull request could turn it into a rejection that nobody asked for.
  const isApproval = isByBot(pull, bot) && versionOf(pull.head.ref) !== undefined;
  const unseen: Unseen = state === 'changes-requested' && isApproval ? 'verdict' : 'stamp';
  const [seen, standing] = [digestOf(court, then.commit, commit, unseen), digestNow(unseen)];
  return seen !== undefined && seen === standing ? undefined : 'the content changed since';
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What somebody sees of a head merged into a base; undefined when the two do not merge. Before and after: the same end is another
 * change when the base has moved on, such as one that takes back what was merged since.
 */
function digestOf({ path, prefix, temporary }: Court, base: string, head: string, unseen: Unseen): string | undefined {
  const { tree, differences } = merge(path, base, head, temporary);
  if (tree === undefined) return undefined;
  const start = prefix === '' ? '' : `${prefix}/`;
  const inside = differences.filter((difference) => difference.path.startsWith(start));
  const paths = inside.map((difference) => difference.path.slice(start.length));
  const touched = touchedBy(paths);
  const folders = [...touched.miniapps.map((miniapp) => `miniapps/${miniapp}`), ...touched.files].map(
    (one) => start + one,
  );
  const digests = [base, tree].map((state) => {
    const { workspace } = load(commitSource(path, state, prefix, temporary.env), touchedOnly(paths));
    const files = folders.length === 0 ? [] : listed(path, state, folders, start, temporary.env);
    return approvalDigest(files, workspace, touched, sha256, unseen);
  });
  return sha256([...digests, outside(differences, start)].join(' '));
}

/** Files beside the configuration make a change mixed, and so no approval of it matters; they are named all the same. */
const outside = (differences: readonly { path: string }[], start: string): string =>
  JSON.stringify(differences.map(({ path }) => path).filter((path) => !path.startsWith(start)));

function listed(path: string, tree: string, paths: readonly string[], start: string, env: Scratch['env']) {
  const args = ['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...paths];
  const ask = () => gitAnswer(path, args, { env }).stdout.toString('utf8');
  const lines = remembered(path, [tree], args, ask).split('\0');
  return lines.flatMap((line) => {
    const [, mode, id, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || id === undefined || name === undefined
      ? []
      : [{ path: name.slice(start.length), mode, id }];
  });
}
