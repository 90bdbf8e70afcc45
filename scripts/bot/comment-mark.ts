/** How the bot finds its comments: by their author's id and a mark at their start. Pure. */
import type { Account, IssueComment } from '../github/types.ts';

export const MARK = '<!-- miniapp/check -->';

/** The bot's own comments of this kind, oldest first. Comments of others with the mark are ignored. */
export const ownComments = (comments: readonly IssueComment[], bot: Account): IssueComment[] =>
  comments
    .filter(({ account, body }) => account?.id === bot.id && body.startsWith(MARK))
    .toSorted((a, b) => a.id - b.id);
