/** What a commit of a change says: a subject, and the trailers by which `history` and `audit` know who acted. */
import { stepText, type NamedTransition } from '../core/lifecycle/transition.ts';

/** Titles are cut where they would be too long to read. */
export function titleOf(transitions: readonly NamedTransition[]): string {
  const text = transitions.map(stepText).join(', ');
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

/** The subject and the trailers. `approvedBy`: who approved it, where no pull request can tell. */
export function messageOf(
  transitions: readonly NamedTransition[],
  actor: string,
  approvedBy: readonly string[] = [],
): string {
  const trailers = [
    ...transitions.flatMap(({ kind, miniapp, version }) => [
      `Transition: ${kind}`,
      ...(miniapp === undefined ? [] : [`Miniapp: ${miniapp}`]),
      ...(version === undefined ? [] : [`Version: ${version}`]),
    ]),
    `Actor: ${actor}`,
    ...approvedBy.map((login) => `Approved-by: ${login}`),
  ];
  return `${titleOf(transitions)}\n\n${trailers.join('\n')}\n`;
}
