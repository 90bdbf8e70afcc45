import type { App } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, atKey, problem, type Problem } from '../problems/problem.ts';
import { nearest } from '../problems/suggest.ts';
import type { ComparingRule, OutlinedWorkspace } from './rule.ts';

export const runtimesAddUp: ComparingRule = {
  id: 'runtimes-add-up',
  why: 'Ensure that what is said of the versions of an app can be: no more users than all, and kits that something asks for.',
  *check(workspace) {
    let asked: ReadonlySet<string> | undefined;
    for (const [id, { runtimes }] of workspace.apps) {
      if (!runtimes) continue;
      yield* shares(id, runtimes);
      yield* kits(id, runtimes, (asked ??= kitsAskedFor(workspace)));
    }
  },
};

type Runtimes = NonNullable<App['runtimes']>;

/** Sums of decimal fractions are a little more or less than they are; nobody counts users to a millionth of a percent. */
const EXACTNESS = 1e6;

function* shares(app: string, runtimes: Runtimes): Iterable<Problem> {
  let total = 0;
  for (const [i, { share = 0 }] of runtimes.entries()) {
    const before = total;
    total = Math.round((total + share) * EXACTNESS) / EXACTNESS;
    if (total <= 100 || before > 100) continue;
    const sum = Math.round(runtimes.reduce((all, one) => all + (one.share ?? 0), 0) * EXACTNESS) / EXACTNESS;
    yield problem('runtime-shares', at(pathOf.app(app), 'runtimes', i, 'share'), { app, sum });
  }
}

/** None where other miniapps may ask for more. */
function kitsAskedFor({ miniapps, isPartial }: OutlinedWorkspace): Set<string> {
  const asked = new Set<string>();
  if (isPartial) return asked;
  for (const { versions } of miniapps.values()) {
    for (const { kits = {} } of versions.values()) for (const kit of Object.keys(kits)) asked.add(kit);
  }
  return asked;
}

/** Where nothing asks for any kit, none is misspelt. */
function* kits(app: string, runtimes: Runtimes, asked: ReadonlySet<string>): Iterable<Problem> {
  const seen = new Set<string>();
  for (const [i, { kits: held = {} }] of runtimes.entries()) {
    for (const kit of Object.keys(held)) {
      if (asked.size === 0 || asked.has(kit) || seen.has(kit)) continue;
      seen.add(kit);
      const place = atKey(pathOf.app(app), 'runtimes', i, 'kits', kit);
      yield problem('runtime-kit-unused', place, { app, kit, near: nearest(kit, [...asked]) });
    }
  }
}
