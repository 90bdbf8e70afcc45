/** What a version of a host app can run: base library and kits of a miniapp against those that the app version holds. */
import type { App } from '../model.ts';
import { compareVersions } from '../version.ts';

/** What one version of an app holds. */
export type Runtime = NonNullable<App['runtimes']>[number];

/** What a version of a miniapp asks for. */
export interface RuntimeNeeds {
  readonly baseLibrary?: string;
  readonly kits?: Readonly<Record<string, string>>;
}

/** Something that an app version does not hold as it is asked for. */
export interface Lack {
  /** `baseLibrary`, or the name of the kit. */
  readonly what: string;
  readonly needed: string;
  /** Absent where the app version has none at all. */
  readonly held?: string;
}

const majorOf = (version: string): number => Number.parseInt(version, 10);

/** Of the same major, and `held` not lower than `needed`: the vendor's rule for base libraries, taken for kits as well. */
const serves = (held: string, needed: string): boolean =>
  majorOf(held) === majorOf(needed) && compareVersions(held, needed) >= 0;

const kitOf = ({ kits }: Runtime, kit: string): string | undefined =>
  kits && Object.hasOwn(kits, kit) ? kits[kit] : undefined;

/** Everything that keeps a version from running there; nothing when it fits. */
export function lacksOf({ baseLibrary, kits = {} }: RuntimeNeeds, runtime: Runtime): Lack[] {
  const lacks: Lack[] = [];
  if (baseLibrary !== undefined && !serves(runtime.baseLibrary, baseLibrary)) {
    lacks.push({ what: 'baseLibrary', needed: baseLibrary, held: runtime.baseLibrary });
  }
  for (const kit of Object.keys(kits)) {
    const needed = kits[kit]!;
    const held = kitOf(runtime, kit);
    if (held === undefined) lacks.push({ what: kit, needed });
    else if (!serves(held, needed)) lacks.push({ what: kit, needed, held });
  }
  return lacks;
}

/** What is asked for and what is there, as the files name it: the same in every language. */
export const lackArgs = (lacks: readonly Lack[]): { readonly needs: string; readonly has: string } => ({
  needs: lacks.map(({ what, needed }) => `${what} ${needed}`).join(', '),
  has: lacks.map(({ what, held = '–' }) => `${what} ${held}`).join(', '),
});

/** Whether a version runs there: `lacksOf` finds nothing. A version that is not known asks for nothing. */
export function fits(needs: RuntimeNeeds | undefined, runtime: Runtime): boolean {
  if (needs === undefined) return true;
  const { baseLibrary, kits } = needs;
  if (baseLibrary !== undefined && !serves(runtime.baseLibrary, baseLibrary)) return false;
  if (kits === undefined) return true;
  return Object.keys(kits).every((kit) => {
    const held = kitOf(runtime, kit);
    return held !== undefined && serves(held, kits[kit]!);
  });
}

/** The lowest version of an app that runs it, of those that the app lists. */
export function lowestFitting(needs: RuntimeNeeds | undefined, runtimes: readonly Runtime[]): string | undefined {
  let lowest: string | undefined;
  for (const runtime of runtimes) {
    const isLower = lowest === undefined || compareVersions(runtime.appVersion, lowest) < 0;
    if (isLower && fits(needs, runtime)) lowest = runtime.appVersion;
  }
  return lowest;
}

/** What a platform lets open in place of an online version that does not fit: the newest that was online before and does. */
export const newestFitting = (
  { previous = [] }: { readonly previous?: readonly string[] },
  versions: ReadonlyMap<string, RuntimeNeeds>,
  runtime: Runtime,
): string | undefined => previous.find((version) => fits(versions.get(version), runtime));
