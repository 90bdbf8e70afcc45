/** The words of a merge: what `history` and `audit` read afterwards, each trailer a claim that the API can be asked about. Pure. */
import { oneLine } from '../../github/one-line.ts';
import { stepsText, blockingReviewers } from '../evaluate/status.ts';
import type { EvaluatedPullRequest } from '../types.ts';

/** A message with more than this is no help to anybody. */
const MAX_TRANSITIONS = 50;

/** Title and message of the merge commit: its transitions, actor, approvals that counted, and pull request as trailers. */
export function mergeWords(evaluated: EvaluatedPullRequest): { title: string; message: string } {
  const { pull, actor, evaluation, reviews } = evaluated;
  const transitions = evaluation?.decision.transitions ?? [];
  const counted = (state: string) =>
    reviews.flatMap(({ state: own, login, invalid }) =>
      own === state && invalid === undefined && login ? [login] : [],
    );
  const steps = transitions
    .slice(0, MAX_TRANSITIONS)
    .flatMap(({ kind, miniapp, version }) => [
      `Transition: ${kind}`,
      ...(miniapp === undefined ? [] : [`Miniapp: ${miniapp}`]),
      ...(version === undefined ? [] : [`Version: ${version}`]),
    ]);
  const changesRequestedBy = counted('changes-requested').filter(
    (login) => !blockingReviewers(evaluated).includes(login),
  );
  const trailers = [
    ...steps,
    `Actor: ${oneLine(actor)}`,
    ...counted('approved').map((login) => `Approved-by: ${login}`),
    ...changesRequestedBy.map((login) => `Changes-requested-by: ${login}`),
    `Pull-request: #${pull.number}`,
  ];
  const title = `Merge pull request #${pull.number}: ${stepsText(transitions)}`;
  return { title: oneLine(title), message: trailers.join('\n') };
}
