/**
 * Actions that GitHub refuses although the bot evaluated them right: GitHub's words, with who can do what about it. A refusal is reported on
 * the pull request and in the log of the run. It fails no run and delays no other pull request. Pure.
 */
import { plain } from '../report/markdown.ts';
import { ownComments } from './comment-mark.ts';
import { oneLine } from '../github/one-line.ts';
import type { Action } from './types.ts';
import type { Account, PullRequestDetails } from '../github/types.ts';

export interface Refusal {
  readonly action: Action['kind'];
  /** The number of the pull request, where it is about one. */
  readonly number?: number;
  /** The refused action, as in "GitHub refuses to WHAT". */
  readonly what: string;
  readonly status: number;
  /** GitHub's words on one line, at most 300 characters. */
  readonly words: string;
  /** The head and the tip of the default branch at which it was refused. */
  readonly head?: string;
  readonly tip?: string;
}

/** The two steps towards a merge. */
export const isMergeStep = ({ kind }: Pick<Action, 'kind'>): boolean => kind === 'merge' || kind === 'update-branch';

/** The key under which a refused action is not tried again in the same run. */
export function attemptKey(action: Action): string {
  if (isMergeStep(action) && 'number' in action) return `merge #${action.number}`;
  const label = 'label' in action ? ` ${action.label}` : '';
  const of = 'number' in action ? `#${action.number}` : 'branch' in action ? action.branch : action.workflow;
  return `${action.kind} ${of}${label}`;
}

/** The action as words: "GitHub refuses to …". */
export function attemptText(action: Action): string {
  switch (action.kind) {
    case 'open-pull':
      return `open a pull request from ${action.branch}`;
    case 'push':
    case 'restart':
      return `let the bot write to ${action.branch}`;
    case 'edit-pull':
      return 'change its title or text';
    case 'close':
      return 'close it';
    case 'delete-branch':
      return `delete the branch ${action.branch}`;
    case 'ask-review':
    case 'unask-review':
      return `ask ${action.logins.join(', ')} for a review, or take that back`;
    case 'dismiss-review':
      return 'dismiss the review that requests changes';
    case 'set-status':
      return `set its status ${action.status.context}`;
    case 'comment':
    case 'edit-comment':
    case 'delete-comment':
      return 'let the bot comment';
    case 'add-label':
    case 'remove-label':
      return `change its label ${action.label}`;
    case 'update-branch':
      return 'bring its branch up to date';
    case 'merge':
      return 'merge it';
    case 'dispatch':
      return `start ${action.workflow}`;
  }
}

const SETTINGS = 'An administrator of the repository';

/** Advice by GitHub's message. The messages are not documented, so the patterns are loose. */
const MERGE_ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /merge queue/i,
    `${SETTINGS} takes **Require merge queue** out of the rules of the branch, or somebody who may write presses **Merge when ready**.`,
  ],
  [
    /must not contain merge commits|linear history/i,
    `${SETTINGS} takes **Require linear history** out of the rules of the branch: the record is made of merge commits.`,
  ],
  [
    /merge(?: commit)?s are not allowed|merge method/i,
    `${SETTINGS} allows merge commits: **Settings**, **General**, **Pull Requests**, and in the rules of the branch under **Allowed merge methods**.`,
  ],
  [
    /signature|signed/i,
    `Whoever pushed signs the commits and pushes them again, or an administrator of the repository takes **Require signed commits** out of the rules of the branch.`,
  ],
  [
    /status check|check run|workflow/i,
    'Look at **Checks**: whoever may write approves a run that waits for it or starts it again; whoever opened this mends what is red. An administrator can take the check out of the rules of the branch.',
  ],
  [/conversation/i, 'Whoever takes part in the review presses **Resolve conversation** where one is open.'],
  [
    /deployment/i,
    `${SETTINGS} takes **Require deployments to succeed** out of the rules of the branch, or somebody deploys it.`,
  ],
  [
    /changes (?:were )?requested|requested changes/i,
    'Whoever requested changes approves, or somebody who may dismisses that review.',
  ],
  [
    /review|approv|code owner/i,
    'Somebody who may write approves it: **Files changed**, **Review changes**, **Approve**; where owners of the code are asked for, one of those whom CODEOWNERS names.',
  ],
  [/out of date|behind/i, 'Whoever may write presses **Update branch**.'],
  [/conflict/i, 'Whoever opened it merges the default branch into its branch and pushes.'],
];

/** The row about reviews is the last but two; only the rows before it are surely about something else. */
const ABOUT_OTHERS = MERGE_ADVICE.slice(
  0,
  MERGE_ADVICE.findIndex(([said]) => said.test('changes requested')),
);

/** Whether each line of what GitHub says is surely about something else than reviews. */
export function namesAnotherCause({ words }: Pick<Refusal, 'words'>): boolean {
  const causes = words.replace(/^Repository rule violations found/i, '').trim();
  const isOfReviews = /changes? requested|requested changes|changes were requested|review/i.test(causes);
  return !isOfReviews && ABOUT_OTHERS.some(([said]) => said.test(causes));
}

/** Advice for other actions, by action and message; the first that fits. */
const ADVICE: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    /^update-branch$/,
    /./,
    'Whoever opened it presses **Update branch**, or merges the default branch into its own and pushes.',
  ],
  [/^merge$/, /not accessible/i, `${SETTINGS} gives the bot the right to write contents.`],
  [
    /^dismiss-review$/,
    /./,
    `${SETTINGS} lets the bot dismiss reviews: **Settings**, **Rules**, who may dismiss reviews.`,
  ],
  [
    /^open-pull$/,
    /already exists|no commits/i,
    'Somebody else used the branch: whoever may write closes what is open from it and deletes it, and the bot makes it anew.',
  ],
  [
    /^open-pull$/,
    /not permitted/i,
    `${SETTINGS}: **Settings**, **Actions**, **General**, allow GitHub Actions to create and approve pull requests.`,
  ],
  [
    /label$/,
    /./,
    'Whoever may write makes the labels that begin with “miniapp:”; they only show what the status says, too.',
  ],
  [/comment$/, /locked/i, 'Whoever may write unlocks the conversation; the status says where it stands.'],
  [/^set-status$/, /maximum/i, 'Whoever opened it pushes another commit, which has no status yet.'],
  [/^dispatch$/, /./, `${SETTINGS} switches the workflow on: **Actions**, the workflow, **Enable workflow**.`],
];

/** The advice as Markdown. */
export function adviceOf({ action, words }: Pick<Refusal, 'action' | 'words'>): string {
  const ofMerge = action === 'merge' ? MERGE_ADVICE.find(([said]) => said.test(words))?.[1] : undefined;
  const found = ofMerge ?? ADVICE.find(([tried, said]) => tried.test(action) && said.test(words))?.[2];
  return (
    found ??
    `${SETTINGS} finds the rule under **Settings**, **Rules**, **Rulesets**; \`npx miniapp doctor\` compares what the bot needs.`
  );
}

/** For the log of a run: plain text. */
export const refusalText = (refusal: Omit<Refusal, 'number'>): string => {
  const { what, words } = refusal;
  return `GitHub refuses to ${what}: “${words}” ${adviceOf(refusal).replaceAll('**', '').replaceAll('`', '')}`;
};

const START = '<!-- miniapp/refused';
const markOf = (head: string, tip: string): string => `${START} ${head} ${tip} -->`;

/** The part of the comment; empty where nothing was refused. */
export function refusalsMarkdown(refusals: readonly Refusal[], branch: string): string {
  if (refusals.length === 0) return '';
  const lines = refusals.map((one) => `- to ${plain(one.what)}: “${plain(oneLine(one.words))}” ${adviceOf(one)}`);
  const mergeRefusal = refusals.find(({ action }) => isMergeStep({ kind: action }));
  const again = `The bot tries again when this branch or ${plain(branch)} moves, when something happens here, and every hour.`;
  const mark = mergeRefusal ? markOf(mergeRefusal.head ?? '', mergeRefusal.tip ?? '') : `${START} -->`;
  return ['**GitHub refuses**', '', ...lines, '', again, '', mark].join('\n');
}

/** The earlier comment of the bot. It decides only the order of the attempts. */
const shown = ({ comments }: Pick<PullRequestDetails, 'comments'>, bot: Account): string =>
  ownComments(comments, bot)[0]?.body ?? '';

/** Whether the comment reports a refusal. It is then rewritten only after another attempt, so that it does not change back and forth. */
export const isMarked = (pull: Pick<PullRequestDetails, 'comments'>, bot: Account): boolean =>
  shown(pull, bot).includes(START);

/** Whether the comment reports this very refusal already; then one attempt is enough to confirm it. */
export const isRefusalReported = (pull: Pick<PullRequestDetails, 'comments'>, bot: Account, words: string): boolean =>
  isMarked(pull, bot) && shown(pull, bot).includes(`“${plain(oneLine(words))}”`);

/** Whether the comment says that the merge was refused on this tip. Somebody who can forge that can also set the label `hold`. */
export const isRefusedAt = (pull: Pick<PullRequestDetails, 'comments' | 'head'>, bot: Account, tip: string): boolean =>
  shown(pull, bot).includes(markOf(pull.head.sha, tip));

/** Minutes between two scheduled runs, and after how many runs a refused merge is tried again without a change. */
const SLOT_MS = 5 * 60_000;
const SLOTS = 12;

/** Whether it is tried again now: once an hour, each in another run. A change of GitHub's settings causes no event. */
export const isTurnOf = (number: number, now: number): boolean => (Math.floor(now / SLOT_MS) + number) % SLOTS === 0;
