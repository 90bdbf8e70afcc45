/** A digest of texts by which two configurations, or two miniapps, can be told to be the same. */
import { miniappOf } from '../../core/paths.ts';

/** SHA-256 of the paths and the contents of texts, in hexadecimal digits. */
export function textsDigest(texts: Iterable<readonly [path: string, text: string]>): string {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const [path, content] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${path}\0${content}\0`);
  return hash.digest('hex');
}

/** Of a whole configuration: of the texts that all miniapps share, and of the digest of those of each. */
export function configDigest(
  shared: Iterable<readonly [string, string]>,
  miniapps: ReadonlyMap<string, string>,
): string {
  return textsDigest([...shared, ...[...miniapps].map(([id, digest]) => [`miniapps/${id}`, digest] as const)]);
}

/** The same from all the texts at once. */
export function configDigestOf(texts: ReadonlyMap<string, string>): string {
  const byMiniapp = Map.groupBy(texts, ([path]) => miniappOf(path));
  const shared = byMiniapp.get(undefined) ?? [];
  const own = [...byMiniapp].flatMap(([id, all]) => (id === undefined ? [] : [[id, textsDigest(all)] as const]));
  return configDigest(shared, new Map(own));
}
