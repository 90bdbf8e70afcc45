/** With which version a new one is compared. */
import type { Miniapp, Version } from '../model.ts';
import { newestFirst } from '../version.ts';

/** What people have now: the online version, else the last approved, else nothing. */
export function comparedWith(miniapp: Miniapp, { version: own }: Version): Version | undefined {
  const { online } = miniapp.release;
  if (online) return miniapp.versions.get(online.version);
  const approved = newestFirst(miniapp.versions.keys()).find(
    (number) => number !== own && miniapp.versions.get(number)!.review?.status === 'approved',
  );
  return approved === undefined ? undefined : miniapp.versions.get(approved);
}
