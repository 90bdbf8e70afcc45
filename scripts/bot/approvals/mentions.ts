/**
 * Reviewers whom GitHub refuses as requested reviewers, because they are no collaborators: the bot's comment mentions them, which notifies
 * them once. An edit notifies only people whom it mentions for the first time. Pure.
 */
import { ownComments } from '../comment-mark.ts';
import type { Account, PullRequestDetails } from '../../github/types.ts';

const markOf = (login: string): string => `<!-- miniapp/asked ${login} -->`;

/** A login as GitHub has them, with an underscore where a company gives the account: nothing else is written outside code. */
const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})$/;

/** Whom the bot's comment mentions already. */
export function mentionedIn({ comments }: Pick<PullRequestDetails, 'comments'>, bot: Account): string[] {
  const [own] = ownComments(comments, bot);
  return [...(own?.body ?? '').matchAll(/<!-- miniapp\/asked ([A-Za-z0-9_-]+) -->/g)].map(([, login]) => login!);
}

/** The mentions as Markdown, one line each; empty when there are none. */
export function mentionsMarkdown(logins: readonly string[]): string {
  const lines = [...new Set(logins)]
    .sort()
    .flatMap((login) =>
      LOGIN.test(login)
        ? [
            `${markOf(login)}@${login}, your review is asked for. GitHub lets only collaborators be asked, so this is how you hear of it.`,
          ]
        : [],
    );
  return lines.join('\n\n');
}
