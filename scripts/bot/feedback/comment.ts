/**
 * The bot's one comment on a pull request: its status, what is wrong and where, what it changes for whom, and the next step. The bot finds
 * it by its author's id and a mark at its start; comments of others with the mark are ignored. Pure.
 */
import { INVALID_REASONS } from '../../core/policy/approval-validity.ts';
import type { Review } from '../../core/policy/circumstances.ts';
import { shellWord, toolCommand } from '../../core/tool-command.ts';
import { code, plain, decisionMarkdown } from '../../report/markdown.ts';
import { MARK } from '../comment-mark.ts';
import { isHeld, type EvaluatedPullRequest, type WeighedReview, type EvaluationStatus } from '../types.ts';
import { cloneAddress } from '../../github/remotes.ts';
import type { Repository } from '../../github/types.ts';
import { refusalsMarkdown, type Refusal } from '../refusals.ts';
import { countedOf } from '../evaluate/reviews.ts';
import { possibleDelegates, blockingReviewers } from '../evaluate/status.ts';

/** GitHub takes 65,536 characters. */
const MAX_COMMENT_LENGTH = 60_000;

export interface CommentInput {
  readonly evaluated: EvaluatedPullRequest;
  readonly status: EvaluationStatus;
  readonly repository: Repository;
  readonly branch: string;
  /** Where people see the repository: `https://github.com`. */
  readonly serverUrl: string;
  /** Further notes, as escaped Markdown. */
  readonly notes?: readonly string[];
  /** What GitHub refused to do for it. */
  readonly refusals?: readonly Refusal[];
}

/**
 * The whole comment as Markdown, beginning with the mark by which the bot finds it again. Where it is longer than GitHub takes, lists
 * are cut to 50, 20, 5 and 1 lines, then left out and counted.
 */
export function commentBody(input: CommentInput): string {
  for (const shown of [50, 20, 5, 1]) {
    const body = bodyWith(input, shown);
    if (body.length <= MAX_COMMENT_LENGTH && Buffer.byteLength(body) <= MAX_COMMENT_LENGTH) return body;
  }
  const { evaluated, status, branch } = input;
  const { problems = [], decision } = evaluated.evaluation ?? {};
  const counts = `${problems.length} problems and ${decision?.transitions.length ?? 0} transitions are left out, because GitHub has no room for them here.`;
  const refused = refusalsMarkdown(input.refusals ?? [], branch);
  const parts = [MARK, title(status), counts, refused, local(evaluated, input)];
  return parts.filter((part) => part !== '').join('\n\n');
}

function bodyWith(
  { evaluated, status, repository, serverUrl, branch, notes = [], refusals = [] }: CommentInput,
  shown: number,
): string {
  const { evaluation, pull } = evaluated;
  const link = linkTo(repository, serverUrl, pull.head.sha);
  const sections = [
    MARK,
    title(status),
    // The decision does not include labels, drafts and reviews that block it.
    evaluation && evaluation.decision.transitions.length + evaluation.problems.length > 0
      ? decisionMarkdown({ ...displayed(evaluated, evaluation), link, shown }).trim()
      : plain(status.sentence),
    ...bytesTexts(evaluated, shown),
    reviewsText(evaluated.reviews),
    nextText(evaluated, status),
    refusalsMarkdown(refusals, branch),
    ...notes.slice(0, shown),
    local(evaluated, { repository, serverUrl, branch }),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

/** A missing right that an approval would give is shown as a missing approval: one besides those that the policy asks for. */
function displayed(evaluated: EvaluatedPullRequest, evaluation: NonNullable<EvaluatedPullRequest['evaluation']>) {
  const { decision, problems, workspace } = evaluation;
  const from = possibleDelegates(evaluated);
  if (!from) return { decision, problems, workspace };
  const { required, missing, waits } = decision.approvals;
  // Where only the name of the reviewer is not theirs yet, somebody has approved.
  const more = from.length > 0 || missing === 0 ? [{ missing: 1, from }] : [];
  const approvals = {
    ...decision.approvals,
    ...{ required: required + more.length, missing: missing + more.length, waits: [...more, ...waits] },
  };
  const warnings = problems.filter(({ severity }) => severity !== 'error');
  return { decision: { ...decision, approvals }, problems: warnings, workspace };
}

const TITLES: Readonly<Record<EvaluationStatus['state'], string>> = {
  refused: '### ❌ Refused',
  waiting: '### ⏳ Waits',
  ready: '### ✅ May be merged',
  blocked: '### ⏳ Allowed, and GitHub does not merge it',
  empty: '### Nothing is left to change',
  elsewhere: '### Nothing for the registry',
  unchecked: '### Nothing for the registry',
  broken: '### Nothing for the registry',
  unknown: '### ⚠️ Could not be judged',
};

const title = ({ state }: EvaluationStatus): string => TITLES[state];

/** The file at exactly the commit that was evaluated. */
export const linkTo =
  ({ owner, repo }: Repository, serverUrl: string, sha: string) =>
  (file: string, line: number): string => {
    const path = file.split('/').map(segment).join('/');
    return `${serverUrl}/${segment(owner)}/${segment(repo)}/blob/${sha}/${path}#L${line}`;
  };

/** Also parentheses, which end a link in Markdown. */
const segment = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[()'*!]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** How its versions change the bytes that people get. The description of an approval pull request has the details. */
function bytesTexts({ compared = [], uncompared = 0, isForBot }: EvaluatedPullRequest, shown: number): string[] {
  const texts = compared.slice(0, shown).map(({ id, markdown, calls, fit }) => {
    const title = `#### The bytes of ${code(id.miniapp)} ${code(id.version)}`;
    const more = isForBot ? [] : [`Origins in its code:\n\n${calls}`, fit];
    return [title, markdown, ...more].filter((part) => part !== '').join('\n\n');
  });
  const left = compared.length - texts.length + uncompared;
  if (left === 0) return texts;
  const others = left === 1 ? 'one more version is' : `${left} more versions are`;
  return [
    ...texts,
    `The bytes of ${others} not compared here: ${code('npx miniapp package diff ID V1 V2')} compares two that are kept.`,
  ];
}

function reviewsText(reviews: readonly WeighedReview[]): string {
  const lines = reviews.flatMap(({ review, login, state, invalid }) =>
    invalid === undefined
      ? []
      : [`- ${state} by ${code(login ?? review.account?.login ?? 'ghost')}: ${INVALID_REASONS[invalid]}`],
  );
  const shown = lines.slice(0, 20);
  const left = lines.length - shown.length;
  return lines.length === 0
    ? ''
    : ['Reviews that do not count:', '', ...shown, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
}

function nextText(evaluated: EvaluatedPullRequest, { state, isToMerge }: EvaluationStatus): string {
  const { pull, evaluation, isUpToDate } = evaluated;
  const lines: string[] = [];
  const say = (sentence: string) => lines.push(`- ${sentence}`);
  if (state === 'refused' && evaluated.isForBot === undefined)
    say('Whoever opened it: push the correction to the same branch. It is judged again at once.');
  if (state === 'empty')
    say(
      'Whoever opened it can close it. GitHub itself marks a pull request as merged only when its own commits are in the branch. Where it was meant to change something more, push that to the same branch.',
    );
  if (state === 'unknown') say('Nobody has to do anything: the next run tries again.');
  const { waits = [] } = (evaluation && displayed(evaluated, evaluation).decision.approvals) ?? {};
  const from = [...new Set(waits.flatMap((wait) => wait.from))];
  if (state === 'waiting' && waits.length > 0)
    say(
      from.length > 0
        ? `${from.slice(0, 20).map(code).join(', ')} can approve: **Files changed**, **Review changes**, **Approve**.`
        : `Nobody in \`people/\` can approve: another person has to be given the role first (${code('npx miniapp person add')}, ${code('npx miniapp member add')}).`,
    );
  const stopping = blockingReviewers(evaluated);
  if (state === 'waiting' && stopping.length > 0)
    say(
      `${stopping.slice(0, 20).map(code).join(', ')} asked for changes: only their approval, or taking the review back, lets it go on.`,
    );
  if (isHeld(pull)) say('The label `hold` keeps the bot from merging. Take it away to go on.');
  if (pull.isDraft && state === 'waiting') say('It is a draft. Press **Ready for review** to go on.');
  const mayUpdate = pull.head.isOwn || pull.mayBePushed;
  if (isToMerge && !isUpToDate && !mayUpdate)
    say(
      `Its branch is behind and the bot may not push to it: press **Update branch**${pull.head.isOfOrganization ? '' : ', or allow edits by maintainers'}.`,
    );
  else if (isToMerge) say('The bot merges it.');
  return lines.length === 0 ? '' : ['**Next**', '', ...lines].join('\n');
}

/** A login as GitHub gives them, also to its own accounts. */
const LOGIN = /^[A-Za-z0-9][A-Za-z0-9_-]*(?:\[bot\])?$/;

/** Whether a review requests changes with the reason of a rejection: the command knows no reasons, and takes each for that of the rejection. */
function rejectionTeller({ evaluation }: EvaluatedPullRequest): (review: Review) => boolean {
  const { decision, workspace } = evaluation ?? {};
  const rejections = (decision?.transitions ?? []).filter(({ kind }) => kind === 'reject');
  const reasons = rejections.map(
    ({ miniapp = '', version = '' }) => workspace?.miniapps.get(miniapp)?.versions.get(version)?.review?.reason,
  );
  return ({ state, reason }) => state === 'changes-requested' && reasons.includes(reason);
}

/**
 * With the reviews that count, so that it says the same. By the address of the repository: in the clone of a fork, origin is the fork, which
 * knows neither the branch as it is nor the pull request.
 */
function local(
  evaluated: EvaluatedPullRequest,
  { repository, serverUrl, branch }: Pick<CommentInput, 'repository' | 'serverUrl' | 'branch'>,
): string {
  const { pull, actor, reviews } = evaluated;
  const counted = reviews.flatMap(countedOf);
  const isTold = rejectionTeller(evaluated);
  const people = {
    actor: [actor],
    'approved-by': counted.filter(({ state }) => state === 'approved').map(({ login }) => login),
    'changes-requested-by': counted.filter(isTold).map(({ login }) => login),
  };
  const words = Object.entries(people).flatMap(([name, logins]) =>
    logins.filter((login) => LOGIN.test(login)).map((login) => ` --${name} ${shellWord(login)}`),
  );
  const isWord = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(branch);
  return [
    'The same on your machine:',
    '',
    '```sh',
    `git fetch ${cloneAddress(repository, serverUrl)} ${isWord ? branch : 'HEAD'} pull/${pull.number}/head`,
    toolCommand(`plan --base FETCH_HEAD --head ${pull.head.sha}${words.join('')}`),
    '```',
  ].join('\n');
}
