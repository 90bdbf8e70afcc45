/** The author of commits. */
import { gitAnswer } from '../process/run.ts';

export interface CommitIdentity {
  readonly name: string;
  readonly email: string;
}

/** The user's identity in Git's settings; undefined where there is none. */
export function identityOf(folder: string): CommitIdentity | undefined {
  // Without the setting Git would make up a name from the account and the machine.
  const asked = ['-c', 'user.useConfigOnly=true', 'var', 'GIT_AUTHOR_IDENT'];
  const { stdout, status } = gitAnswer(folder, asked, { accept: [1, 128] });
  const [, name, email] = /^(.*) <(.*)> \d+ [+-]\d+$/.exec(stdout.toString('utf8').trim()) ?? [];
  return status === 0 && name && email ? { name, email } : undefined;
}
