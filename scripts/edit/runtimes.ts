/** What the versions of a host app can run: the rows of `runtimes`, newest first. */
import { defined } from '../core/defined.ts';
import type { App } from '../core/model.ts';
import { compareVersions } from '../core/version.ts';

export interface RuntimeFields {
  readonly appVersion: string;
  readonly baseLibrary?: string | undefined;
  /** Name → version; the others stay. */
  readonly kits: Readonly<Record<string, string>>;
  readonly removeKits: readonly string[];
  readonly share?: number | undefined;
}

type RuntimeRows = NonNullable<App['runtimes']>;
type RuntimeRow = Partial<RuntimeRows[number]>;

/** The rows with one added or changed, and others taken away; undefined where none is left. */
export function runtimesWith(
  rows: RuntimeRows = [],
  added: RuntimeFields | undefined,
  removed: readonly string[],
): RuntimeRow[] | undefined {
  const left: RuntimeRow[] = rows.filter(({ appVersion }) => !removed.includes(appVersion));
  if (!added) return left.length > 0 ? left : undefined;
  const { appVersion } = added;
  const at = left.findIndex((row) => row.appVersion === appVersion);
  const row = changed(at < 0 ? { appVersion } : left[at]!, added);
  if (at >= 0) return left.with(at, row);
  const lower = left.findIndex((other) => compareVersions(other.appVersion!, appVersion) < 0);
  return left.toSpliced(lower < 0 ? left.length : lower, 0, row);
}

function changed(
  { kits: held = {}, ...row }: RuntimeRow,
  { baseLibrary, kits, removeKits, share }: RuntimeFields,
): RuntimeRow {
  const all = Object.fromEntries(Object.entries({ ...held, ...kits }).filter(([kit]) => !removeKits.includes(kit)));
  const { share: known, ...rest } = row;
  const part = share ?? known;
  return {
    ...rest,
    ...defined({ baseLibrary, kits: Object.keys(all).length > 0 ? all : undefined, share: part }),
  };
}
