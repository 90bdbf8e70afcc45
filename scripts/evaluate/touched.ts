/** The least that has to be read to judge a difference. */
import { identify, miniappOf } from '../core/paths.ts';

/**
 * Only the miniapps that differ, and the README where it does, unless a file that all of them depend on differs. Takes paths relative to
 * the configuration.
 */
export function touchedOnly(paths: readonly string[]): { miniapps?: string[]; also?: string[] } {
  const also = paths.filter((path) => identify(path)?.kind === 'readme');
  const general = paths.some((path) => !path.startsWith('miniapps/') && !also.includes(path) && path !== 'policy.yaml');
  if (general) return {};
  const known = paths.flatMap((path) => identify(path)?.miniapp ?? miniappOf(path) ?? []);
  return { miniapps: [...new Set(known)], ...(also.length > 0 ? { also } : {}) };
}
