/** Who a login stands for. A person keeps being the same when their login changes: files of the past name the former one. */
import type { Person } from './model.ts';

type People = ReadonlyMap<string, Person>;

/** The login that somebody has now: of a former login its owner's, of any other the login itself. */
export function currentLogin(people: People, login: string): string {
  if (people.has(login)) return login;
  for (const person of people.values()) if (person.formerLogins?.includes(login)) return person.login;
  return login;
}

/** Whether two logins are one person. GitHub takes logins that differ by case for one. */
export const isSamePerson = (people: People, a: string, b: string): boolean =>
  currentLogin(people, a).toLowerCase() === currentLogin(people, b).toLowerCase();
