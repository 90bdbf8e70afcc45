/** The words of a review as the reason of a rejection: one line that the version's file takes, or nothing. */

/** What the schema of a version allows. */
const LIMIT = 1000;
const CUT = ' …';

/** Control characters, halves of characters, and what reorders text or hides in it. */
const UNWANTED = /[\p{Cc}\p{Cs}\u200B\u2028-\u202E\u2060-\u2069\s]+/gu;
/** Hidden from whoever reads the review on GitHub, so no part of what they read as its reason. */
const HIDDEN = /<!--[\s\S]*?(?:-->|$)/g;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** A review can hold 65,536 characters; what comes after the limit is cut anyway. */
const READ = 20_000;

/** The reason that a review's text gives, at most 1000 characters; undefined when it gives none. */
export function reasonOf(body: string): string | undefined {
  const line = body.slice(0, READ).replace(HIDDEN, ' ').toWellFormed().replace(UNWANTED, ' ').trim();
  if (!VISIBLE.test(line)) return undefined;
  const characters = [...line];
  if (characters.length <= LIMIT) return line;
  return (
    characters
      .slice(0, LIMIT - CUT.length)
      .join('')
      .trimEnd() + CUT
  );
}
