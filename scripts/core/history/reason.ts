/** Why a change was made, as the message of its commit says it: what stands between the subject and the trailers. Pure. */
import { INVISIBLE } from '../invisible.ts';

/** So many characters are enough to know why; who wants all of it reads the commit. */
const LIMIT = 300;
const TRAILER = /^[A-Za-z][A-Za-z0-9-]*[ \t]*:\s/;

/** On one line, without characters that hide or reorder; undefined for a message that says no more than its subject. */
export function reasonIn(message: string): string | undefined {
  const paragraphs = message
    .toWellFormed()
    .split(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/)
    .slice(1)
    .filter((paragraph) => !TRAILER.test(paragraph.trimStart()));
  const text = paragraphs.join(' ').replace(INVISIBLE, ' ').replaceAll(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  const characters = [...text];
  return characters.length <= LIMIT ? text : `${characters.slice(0, LIMIT - 1).join('')}…`;
}
