/** What the verbs of `package` have in common: what they are called with, and how they say no. */
import type { Miniapp, Version, Workspace } from '../../core/model.ts';
import { provenPackage } from '../../packages/proven.ts';
import type { Stores } from '../../packages/status.ts';
import type { OpenPackage } from '../../packages/store.ts';
import type { VersionId } from '../../packages/version-id.ts';
import { safe } from '../../report/terminal.ts';
import { EXIT, isJson, printJson, UsageError, type Input, type Io } from '../../cli/frame/command.ts';

export interface PackageCall {
  readonly path: string;
  readonly workspace: Workspace;
  readonly stores: Stores;
  readonly input: Input;
  readonly io: Io;
}

/** Throws UsageError where there is none of that number. */
export function versionIn(miniapp: Miniapp, version: string): Version {
  const found = miniapp.versions.get(version);
  if (!found)
    throw new UsageError(`${miniapp.id} has no version "${version}". npx miniapp show ${miniapp.id} shows them`);
  return found;
}

/** An answer that is no, in one sentence. */
export function no({ input, io }: PackageCall, id: VersionId, error: string): number {
  if (isJson(input)) printJson(io, { ok: false, ...id, error });
  io.stderr(`miniapp package: ${safe(error)}\n`);
  return EXIT.no;
}

/** A package proven by what its version's file records, or a sentence that says why there is none. */
export const proven = ({ stores, workspace }: PackageCall, id: VersionId): Promise<OpenPackage | string> =>
  provenPackage(id, workspace.miniapps.get(id.miniapp)?.versions.get(id.version)?.package, stores);
