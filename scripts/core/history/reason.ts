/** Why a change was made, as the message of its commit says it: what stands below the subject, without trailers. Pure. */
import { replaceInvisible } from '../invisible.ts';

/** So many characters are enough to know why; who wants all of it reads the commit. */
const LIMIT = 300;
const TRAILER = /^([A-Za-z][A-Za-z0-9-]*)[ \t]*:(?:\s|$)/;
/** Keys that tools write, this one among them; `Reviewed-by` and the like by their end. */
const KNOWN = /^(?:actor|transition|pull-request|change-id|cc|.+-by)$/i;
const CHERRY_PICKED = /^\(cherry picked from commit [0-9a-f]+\)$/;

/** The key that a person gives a reason with. */
const REASON = /^reason$/i;

/**
 * What a person wrote of a paragraph. It is what tools wrote if it has trailers and nothing else, of known keys; in the last one, which
 * Git takes for trailers, one known key is enough. "Reason: it loses alarms." is what a person wrote, alone and among these.
 */
function ofPeople(paragraph: string, isLast: boolean): string {
  // A line that begins with a space continues the one before it.
  const lines = paragraph.trim().split(/\r?\n(?![ \t])/);
  const keys = lines.map((line) => (CHERRY_PICKED.test(line.trim()) ? 'change-id' : TRAILER.exec(line)?.[1]));
  const isKnown = (key: string | undefined) => key !== undefined && KNOWN.test(key);
  const isOfTools = keys.every((key) => key !== undefined) && (isLast ? keys.some(isKnown) : keys.every(isKnown));
  return isOfTools ? lines.filter((_, i) => REASON.test(keys[i]!)).join(' ') : paragraph;
}

/** On one line, without characters that hide or reorder; undefined for a message that says no more than its subject. */
export function reasonIn(message: string): string | undefined {
  const paragraphs = message
    .toWellFormed()
    .trimEnd()
    .split(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/)
    .slice(1)
    .map((paragraph, i, all) => ofPeople(paragraph, i === all.length - 1));
  const text = replaceInvisible(paragraphs.join(' '), () => ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (text === '') return undefined;
  const characters = [...text];
  return characters.length <= LIMIT ? text : `${characters.slice(0, LIMIT - 1).join('')}…`;
}
