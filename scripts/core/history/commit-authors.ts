/**
 * Whom a commit names as its authors. All of it is a claim of whoever made the commit, which is enough to let an approval not
 * count: so whoever is named in any form that GitHub or a person would read counts as an author.
 */
import { loginKey, type Identity } from '../identity/login.ts';
import type { Workspace } from '../model.ts';

export interface CommitNames {
  /** The addresses of author and committer. */
  readonly addresses: readonly string[];
  /** What its message says of co-authors: `coAuthorsIn`. */
  readonly coAuthors: readonly string[];
}

/**
 * Git knows trailers in the last paragraph alone, GitHub takes one of a squashed commit in the middle for one too: any line
 * counts, in any letter case, with any spaces, folded, with a hyphen or a space between the words, behind a bullet or a quote.
 */
const CO_AUTHOR = /co[-\s]?author(?:ed)?[-\s]*by\b[\s:=]*(.*)/i;

/** What a message says behind "Co-authored-by": names and addresses as they are written. */
export function coAuthorsIn(message: string): string[] {
  const found: string[] = [];
  let isOpen = false;
  for (const line of message.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/)) {
    const said = CO_AUTHOR.exec(line)?.[1];
    const isFolded: boolean = isOpen && said === undefined && /^[ \t]+\S/.test(line);
    if (said !== undefined) found.push(said.trim());
    if (isFolded) found.push(`${found.pop()} ${line.trim()}`);
    isOpen = said !== undefined || isFolded;
  }
  return found;
}

/** GitHub's private addresses, of github.com and of a server: with the number of the account, and as they were before 2017. */
const PRIVATE_ADDRESS = /^(?:(\d+)\+)?([^@]+)@users\.noreply\.[a-z0-9.-]+$/i;

/** What stands around a name or an address in a text. */
const AROUND = /^[\s<>"'`,;:()[\]@*.-]+|(?<![\s<>"'`,;:()[\]*.-])[\s<>"'`,;:()[\]*.-]+$/g;

/** The accounts that addresses and texts name: GitHub's numbers, and logins of whom people/ does not know. */
export interface AccountIndex {
  /** Those of an address: none of one that is somebody's own. */
  inAddress(address: string): Identity[];
  /** Those of a text: of its addresses, and people by their name, login or former login. */
  inText(text: string): Identity[];
}

/** `people`: the base's. */
export function accountIndex(people: Workspace['people']): AccountIndex {
  const byLogin = new Map<string, number>();
  const byName = new Map<string, number[]>();
  const named = (name: string, id: number) => byName.set(name, [...(byName.get(name) ?? []), id]);
  for (const { login, name, githubId, formerLogins = [] } of people.values()) {
    for (const former of formerLogins) if (!byLogin.has(loginKey(former))) byLogin.set(loginKey(former), githubId);
    named(name.trim().toLowerCase(), githubId);
    named(loginKey(login), githubId);
    for (const former of formerLogins) named(loginKey(former), githubId);
  }
  for (const { login, githubId } of people.values()) byLogin.set(loginKey(login), githubId);
  const inAddress = (address: string): Identity[] => {
    const [, id, login = ''] = PRIVATE_ADDRESS.exec(address.trim()) ?? [];
    if (id !== undefined) return [Number(id)];
    return login === '' ? [] : [byLogin.get(loginKey(login)) ?? loginKey(login)];
  };
  const bare = (word: string) => word.replace(AROUND, '');
  const inText = (text: string): Identity[] => {
    const words = text.split(/[\s<>,;()]+/).map(bare);
    const names = text.split(/[<>,;()]|\s(?:and|&|\+)\s/).map((name) => bare(name).toLowerCase());
    return [...words.flatMap(inAddress), ...names.flatMap((name) => byName.get(name) ?? [])];
  };
  return { inAddress, inText };
}

/** The accounts that commits name as their authors. `people`: the base's. */
export function accountsNamed(people: Workspace['people'], commits: readonly CommitNames[]): Identity[] {
  const { inAddress, inText } = accountIndex(people);
  const addresses = new Set(commits.flatMap((commit) => commit.addresses));
  const coAuthors = new Set(commits.flatMap((commit) => commit.coAuthors));
  return [...new Set([...[...addresses].flatMap(inAddress), ...[...coAuthors].flatMap(inText)])];
}

/** The address under which GitHub itself commits for people. */
export const GITHUB_ADDRESS = 'noreply@github.com';

/** Whether an address tells whose account it is; GitHub's own is nobody's. */
export const namesAnAccount = (address: string): boolean =>
  PRIVATE_ADDRESS.test(address.trim()) || address.trim().toLowerCase() === GITHUB_ADDRESS;
