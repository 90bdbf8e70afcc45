/** People as other pages name them. */
import type { PublicWorkspace } from './public.ts';

/** The name of a person, or the login when nobody bears it. */
export const personName = (workspace: Pick<PublicWorkspace, 'people'>, login: string): string =>
  workspace.people.get(login)?.name ?? login;

/** Somebody by name, and whether there is a page of theirs. */
export interface Person {
  readonly login: string;
  readonly name: string;
  readonly hasPage: boolean;
}

/** Somebody by their login, with the name and whether `people/` has them. */
export const personOf = (workspace: Pick<PublicWorkspace, 'people'>, login: string): Person => ({
  login,
  name: personName(workspace, login),
  hasPage: workspace.people.has(login),
});
