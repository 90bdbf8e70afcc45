/** How the bot's comments are found again: by their author's number and a mark at their start. Pure. */
import type { Account, IssueComment } from '../../github/types.ts';

export const MARK = '<!-- miniapp/check -->';

/** The bot's own comments of this kind, oldest first. What others write with the mark is theirs. */
export const ownComments = (comments: readonly IssueComment[], bot: Account): IssueComment[] =>
  comments
    .filter(({ account, body }) => account?.id === bot.id && body.startsWith(MARK))
    .toSorted((a, b) => a.id - b.id);
