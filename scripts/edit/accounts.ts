/** From accounts that everybody can read to digests: whitelists, scenarios, and what platform.yaml says. */
import { isDigest } from '../core/identity/account.ts';
import type { Miniapp } from '../core/model.ts';
import { pathOf } from '../core/paths.ts';
import { accountsWrittenIn } from '../core/redaction/written.ts';
import { edited, fileEdits, type Edited, type FileEdit, type EditState } from './edit.ts';

/** Makes the digest of an account; of a digest the same. */
export type Digest = (account: string) => string;

/** Every plain account of these miniapps as its digest, and with `key` the platform as one that keeps digests by it. */
export function toDigests(given: EditState, miniapps: readonly Miniapp[], digest: Digest, key?: string): Edited {
  const { platform } = given.workspace;
  const asked = { ...platform, accounts: 'digest', accountsKey: key };
  const switched = key === undefined ? [] : [fileEdits(given, pathOf.platform, asked)];
  const rows = miniapps.flatMap((miniapp) => [
    ...whitelistOf(given, miniapp, digest),
    ...scenariosOf(given, miniapp, digest),
  ]);
  const made = edited([...switched, ...rows], 'no account stands there that everybody can read');
  return 'edits' in made ? { ...made, notes: notesOf(made.edits, miniapps) } : made;
}

function whitelistOf(given: EditState, { id, whitelist }: Miniapp, digest: Digest): FileEdit[] {
  if (whitelist.every(({ account }) => isDigest(account))) return [];
  const rows = whitelist.map((row) => ({ ...row, account: digest(row.account) }));
  return [fileEdits(given, pathOf.file(id, 'whitelist'), { whitelist: rows })];
}

function scenariosOf(given: EditState, { id, scenarios }: Miniapp, digest: Digest): FileEdit[] {
  if (scenarios.every(({ account }) => account === undefined || isDigest(account))) return [];
  const rows = scenarios.map((row) => (row.account === undefined ? row : { ...row, account: digest(row.account) }));
  return [fileEdits(given, pathOf.file(id, 'scenarios'), { scenarios: rows })];
}

/** What was turned, and where comments or notes still seem to say it: those are people's own words, and stay. */
function notesOf(edits: readonly FileEdit[], miniapps: readonly Miniapp[]): string[] {
  const plain = (account: string | undefined) => account !== undefined && !isDigest(account);
  const touched = miniapps.flatMap(({ whitelist, scenarios }) => [...whitelist, ...scenarios]);
  const count = touched.filter(({ account }) => plain(account)).length;
  const left = edits.filter(({ after }) => typeof after === 'string' && namesAccount(after)).map(({ path }) => path);
  return [
    `${count} ${count === 1 ? 'row names its account' : 'rows name their accounts'} by a digest now; history still holds what stood there`,
    ...left.map((path) => `${path}: a comment, a note or a name still seems to hold an account; look at it`),
  ];
}

const namesAccount = (text: string): boolean =>
  [...accountsWrittenIn(text.split('\n'))].some((account) => !isDigest(account) && /^\+|@/.test(account));
