/** The person behind a login. A person stays the same when their login changes; older files name the former login. */
import type { Person } from '../model.ts';

type PeopleByLogin = ReadonlyMap<string, Person>;

/** The current login: for a former login that of its owner, else the login itself. */
export function currentLogin(people: PeopleByLogin, login: string): string {
  if (people.has(login)) return login;
  for (const person of people.values()) if (person.formerLogins?.includes(login)) return person.login;
  return login;
}

/** GitHub takes logins that differ by letter case alone for one: those of one account have one key. */
export const loginKey = (login: string): string => login.toLowerCase();

/** A login as people/ writes it, in whatever letter case it is given; one that nobody has there stays as it is. `people`: by their logins. */
export function writtenLogin(people: Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>, login: string): string {
  if (people.has(login)) return login;
  const key = loginKey(login);
  for (const written of people.keys()) if (loginKey(written) === key) return written;
  return login;
}

/** A person's identity: the id of their GitHub account where it is known, else their login in lower case. */
export type Identity = number | string;

/** The identity behind a login, in whatever letter case. */
export function identityOf(people: PeopleByLogin, login: string): Identity {
  const known = people.get(writtenLogin(people, login));
  if (known) return known.githubId;
  const key = loginKey(login);
  const isIts = (former: string) => loginKey(former) === key;
  const owner = [...people.values()].find(({ formerLogins = [] }) => formerLogins.some(isIts));
  return owner?.githubId ?? key;
}

/** Whether two logins are one person. */
export const isSamePerson = (people: PeopleByLogin, a: string, b: string): boolean =>
  identityOf(people, a) === identityOf(people, b);

/** GitHub's private addresses, which name the account by its number: `583231+octocat@users.noreply.github.com`. */
const PRIVATE_ADDRESS = /(?:^|<)(\d+)\+[^@\s]+@users\.noreply\.github\.com(?:>|$)/i;

/** The account that an address of a commit names, which is a claim of the commit's author. Undefined where it names none. */
export function identityIn(address: string): Identity | undefined {
  const id = PRIVATE_ADDRESS.exec(address.trim())?.[1];
  return id === undefined ? undefined : Number(id);
}
