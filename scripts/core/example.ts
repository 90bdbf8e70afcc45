/**
 * The example platform that this repository holds, and how it is told from a platform of one's own: `beginning` in platform.yaml,
 * which `miniapp init` writes, makes a platform one's own. Older platforms have none, but people of their own.
 */
import type { Workspace } from './model.ts';

/** Logins of the example end so; no personal account on GitHub can have an underscore. */
export const isOfExample = (login: string): boolean => login.endsWith('_example');

/** Whether nobody's platform stands here: the example, or nothing. */
export const isExample = ({ platform, people }: Pick<Workspace, 'platform' | 'people'>): boolean =>
  platform.beginning === undefined && [...people.keys()].every(isOfExample);
