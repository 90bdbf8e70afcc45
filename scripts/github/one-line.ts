/** Text of others on one line. */
import { replaceInvisible } from '../core/invisible.ts';

/** Control characters, and what reorders text or hides in it, become spaces. */
export const oneLine = (text: string): string =>
  replaceInvisible(text.toWellFormed(), () => '\0')
    // One space for each run of them.
    .replaceAll(/\0+/g, ' ')
    .trim();

/** At most so many characters, with a sign that there were more. */
export function shortened(text: string, limit: number): string {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
}
