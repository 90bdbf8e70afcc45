import type { PublicWorkspace } from '../../lib/public.ts';

/** The name of a person, or the login when nobody bears it. */
export const personName = (workspace: Pick<PublicWorkspace, 'people'>, login: string): string =>
  workspace.people.get(login)?.name ?? login;
