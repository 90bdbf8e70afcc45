/** What the verbs of `package` have in common: what they are called with, and how they say no. */
import type { Miniapp, Version, Workspace } from '../../core/model.ts';
import { provenPackage, type Unproven } from '../../packages/proven.ts';
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

/** Why a verb says no. */
export interface PackageRefusal {
  readonly why: string;
  /** `package-fixed`: the default branch records other bytes; `package-taken`: the store holds others. */
  readonly code: Unproven['code'] | 'package-fixed' | 'package-taken';
}

/** Prints an answer that is no, in one sentence. Gives the exit code: of what no store could be asked for, that of a fault outside. */
export function no({ input, io }: PackageCall, id: VersionId, { code, why }: PackageRefusal): number {
  if (isJson(input)) printJson(io, { ok: false, ...id, code, error: why });
  io.stderr(`miniapp package: ${safe(why)}\n`);
  return code === 'package-unasked' ? EXIT.failed : EXIT.no;
}

/** A package proven by what its version's file records, or why there is none. */
export const proven = ({ stores, workspace }: PackageCall, id: VersionId): Promise<OpenPackage | Unproven> =>
  provenPackage(id, workspace.miniapps.get(id.miniapp)?.versions.get(id.version)?.package, stores);
