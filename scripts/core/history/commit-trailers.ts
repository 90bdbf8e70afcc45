/**
 * What a commit says of itself: who made it, who approved it, which pull request it was. All of it is a claim: whoever can push
 * can write any author and any trailer. Without GitHub only contradictions show.
 */
import { ineligibleApprovers } from '../policy/authorship.ts';
import { accountsNamed, type CommitNames } from './commit-authors.ts';
import { identityIn, identityOf, writtenLogin } from '../identity/login.ts';
import { defined } from '../defined.ts';
import type { Workspace } from '../model.ts';

export interface CommitStatement {
  readonly subject: string;
  readonly email: string;
  /** By key in lower case. */
  readonly trailers: ReadonlyMap<string, readonly string[]>;
  /** What its message says of co-authors, anywhere: `coAuthorsIn` of commit-authors.ts. */
  readonly coAuthors: readonly string[];
  /** The author's address of the branch that a merge brought, when the commit is a merge. */
  readonly mergedEmail?: string;
  /** Whether the commit is a merge that holds more than its parents give: then whoever merged wrote it, too. */
  readonly isWritten?: boolean;
  /** The commits that a merge brought and that are no merges. */
  readonly branch?: readonly BranchStatement[];
}

/** What a commit of a branch says of its authors. */
export interface BranchStatement extends CommitNames {
  /** The author's address. */
  readonly author: string;
}

export interface Claims {
  /** Who made the change, by the configuration before it; undefined when nothing tells. */
  readonly actor?: string;
  readonly approvedBy: readonly string[];
  readonly changesRequestedBy: readonly string[];
  readonly pullRequest?: number;
  /** What contradicts the author's address, in words. */
  readonly contradiction?: string;
}

/**
 * Who acted and who approved, by a commit's trailers and addresses, judged by the people of `base`; approvals of its own authors are
 * left out. `contradiction`: two statements of who acted that differ.
 */
export function claimsOf(statement: CommitStatement, base: Workspace): Claims {
  const { subject, trailers, email, mergedEmail = email, isWritten = false, coAuthors, branch = [] } = statement;
  const all = (key: string) => [...new Set(trailers.get(key) ?? [])];
  const logins = (key: string) => [...new Set(all(key).map((login) => writtenLogin(base.people, login)))];
  const committer = loginOf(email, base);
  // What somebody writes in a merge is theirs, whoever made the branch. An address that tells nothing is no second person.
  const accounts = branch.map((commit) => ({ login: loginOf(commit.author, base), address: commit.author }));
  const known = accounts.flatMap(({ login, address }) => (login === undefined ? [] : [login || address]));
  const authors = new Set(known);
  const isBots = committer !== undefined && committer === botOf(base);
  // … and so is a branch that several people made, of which they bring what others did; the bot acts for whom it names.
  const isMergers = isWritten || (authors.size > 1 && !isBots);
  const ofBranch = isWritten ? committer : loginOf(mergedEmail, base);
  const author = isMergers ? committer : ofBranch;
  const { actor, contradiction: claimed } = actorOf(logins('actor'), [...authors, committer, ofBranch, author], base);
  const contradiction =
    claimed ?? (isWritten && isBots ? 'the bot merges, and this merge holds more than its parents give' : undefined);
  const pullRequest = pullRequestOf(subject, all('pull-request'));
  const addresses = isWritten ? [email, mergedEmail] : [mergedEmail];
  const commitAuthors = accountsNamed(base.people, [{ addresses, coAuthors }, ...branch]);
  const ineligible = ineligibleApprovers(base.people, { actor, commitAuthors });
  return {
    ...defined({ actor }),
    approvedBy: logins('approved-by').filter((login) => !ineligible.has(identityOf(base.people, login))),
    changesRequestedBy: logins('changes-requested-by'),
    ...defined({ pullRequest, contradiction }),
  };
}

const botOf = ({ platform }: Workspace): string | undefined => platform.bot?.login;

/** Stands for an address of GitHub's that nobody in people/ has. */
const STRANGER = '';

/**
 * Whose address it is: GitHub's own addresses carry the numeric id, which identity follows. STRANGER for an id that nobody
 * has, undefined for an address that tells nothing.
 */
function loginOf(email: string, { people, platform }: Workspace): string | undefined {
  const id = identityIn(email);
  if (id === undefined) return undefined;
  if (platform.bot?.githubId === id) return platform.bot.login;
  return [...people.values()].find(({ githubId }) => githubId === id)?.login ?? STRANGER;
}

/**
 * The trailer, unless an address contradicts it. The bot writes the trailer of the person for whom it acts, and whoever merges
 * a branch that of its author.
 */
function actorOf(claimed: readonly string[], addresses: readonly (string | undefined)[], base: Workspace) {
  const known = addresses.filter((login) => login !== undefined);
  const author = addresses.at(-1);
  const [claim, other] = claimed;
  if (claim === undefined || other !== undefined) {
    const several = other === undefined ? undefined : `several Actor trailers: ${claimed.join(', ')}`;
    return { actor: author || undefined, contradiction: several };
  }
  const isConsistent = known.length === 0 || known.includes(claim) || known.includes(botOf(base)!);
  if (isConsistent) return { actor: claim };
  const who = author || 'somebody who is not in people/';
  return { actor: author || undefined, contradiction: `the Actor trailer says ${claim}, the author's address ${who}` };
}

/** The number of the pull request that a commit names: by its trailers of that key, or GitHub's own subjects, of a merge and of a squash. */
export function pullRequestOf(subject: string, trailers: readonly string[]): number | undefined {
  const found =
    /^#([1-9]\d{0,8})$/.exec(trailers[0] ?? '') ??
    /^Merge pull request #([1-9]\d{0,8}) from /.exec(subject) ??
    /\(#([1-9]\d{0,8})\)$/.exec(subject);
  return found ? Number(found[1]) : undefined;
}
