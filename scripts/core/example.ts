/**
 * The example platform that this repository holds, and how it is told from a platform of one's own: `beginning` in platform.yaml,
 * which `miniapp init` writes, makes a platform one's own. Older platforms have none, but people of their own.
 */
import type { Workspace } from './model.ts';

/** Logins of the example end so; no personal account on GitHub can have an underscore. */
export const isOfExample = (login: string): boolean => login.endsWith('_example');

/** The miniapps that the example has, or ever had: each platform that begins in a copy has them in its history, or keeps them. */
export const EXAMPLE_MINIAPPS: ReadonlySet<string> = new Set([
  'ty3wb7co4g7es4hs2n',
  'ty76v0ab435mfdxlrg',
  'ty8z298xqvabhxtqhj',
  'tydrod0k1kgz8j3m4x',
  'tyeylopgsplorgx62o',
  'tygwyf4t9sip1l4q68',
  'tyjt7n3v17vjudgru4',
  'tyl1zebp4z2t6zva09',
  'tyu8s94nit7dradqba',
  'tyxjloabh908nktbhp',
]);

/** Whether nobody's platform stands here: the example, or nothing. */
export const isExample = ({ platform, people }: Pick<Workspace, 'platform' | 'people'>): boolean =>
  platform.beginning === undefined && [...people.keys()].every(isOfExample);
