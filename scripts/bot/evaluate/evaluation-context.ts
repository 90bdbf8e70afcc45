/** What a pull request is evaluated against. */
import type { Workspace } from '../../core/model.ts';
import type { Redactor } from '../../core/redaction/index.ts';
import type { FirstParent } from '../../git/commits/fetch.ts';
import type { Scratch } from '../../git/stores/scratch.ts';
import type { Account, Repository } from '../../github/types.ts';

/** What evaluation against a tip needs. All commits must have been fetched. */
export interface EvaluationContext {
  /** The configuration's folder on this machine, what people call it, and its path from the top of the repository. */
  readonly path: string;
  readonly folder: string;
  readonly prefix: string;
  readonly branch: string;
  /** Where clones get the branch from. */
  readonly repository: Repository;
  readonly serverUrl: string;
  readonly tip: string;
  /** The configuration at the tip, and what masks its accounts. */
  readonly base: Workspace;
  readonly redact: Redactor;
  readonly bot: Account;
  readonly temporary: Scratch;
  /** The first parents of the tip, newest first. */
  readonly past: readonly FirstParent[];
  /** Milliseconds since 1970. */
  readonly now: number;
}
