/** What to type where the tool commits nothing. */
import { shellWord } from '../../core/tool-command.ts';

/** The same commit made by hand, in words that every shell and every Git knows. */
export function byHand(
  files: readonly string[],
  folder: string,
  subject: string,
  actor: string,
  approvers: readonly string[] = [],
): string {
  const names = files.length > 4 ? [folder] : files;
  const trailers = [`Actor: ${actor}`, ...approvers.map((login) => `Approved-by: ${login}`)].join('\n');
  return `git add --all -- ${names.map(shellWord).join(' ')} && git commit -m ${shellWord(subject)} -m ${shellWord(trailers)}`;
}
