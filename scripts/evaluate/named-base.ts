/** The base of a change as sentences call it, and as commands reach it in the clone of whoever reads them. */
import { shellWord } from '../core/tool-command.ts';

export interface NamedBase {
  /** As sentences call it, and, where `baseOrigin` is absent, as the clone does. */
  readonly baseName: string;
  /** Where its newest commit is had: a remote or an address, and the branch there. Absent where the clone alone has it. */
  readonly baseOrigin?: { readonly remote: string; readonly branch: string };
}

/**
 * The command line that runs a command of Git with the newest commit of the base as its last word. It fetches first, because what a clone has
 * under the name of the branch may be old, and it names the remote, which a clone need not call origin.
 */
export function onNewest({ baseName, baseOrigin }: NamedBase, command: string): string {
  if (!baseOrigin) return `${command} ${shellWord(baseName)}`;
  const { remote, branch } = baseOrigin;
  return `git fetch ${shellWord(remote)} ${shellWord(branch)} && ${command} FETCH_HEAD`;
}
