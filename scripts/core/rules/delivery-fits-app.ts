import type { Workspace } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem, type Place, type Problem } from '../problems/problem.ts';
import type { Rule } from './rule.ts';

export const deliveryFitsApp: Rule = {
  id: 'delivery-fits-app',
  why: 'Ensure that a miniapp is delivered only where the app is.',
  *check(workspace) {
    for (const [id, { trafficking }] of workspace.miniapps) {
      const file = pathOf.file(id, 'trafficking');
      for (const [i, { app, regions }] of trafficking.entries()) {
        for (const [k, region] of regions.entries()) {
          yield* outside(workspace, app, region, at(file, 'trafficking', i, 'regions', k));
        }
      }
    }
  },
};

/** Figures that are imported now. Those that are there are facts of their day: an app may have left a region since. */
export const figuresFitApp: Rule = {
  id: 'figures-fit-app',
  why: 'Ensure that imported figures are of regions where the app is.',
  *check(workspace) {
    for (const [id, { reports }] of workspace.miniapps) {
      for (const [month, { rows }] of reports) {
        for (const [i, { app, region }] of rows.entries()) {
          yield* outside(workspace, app, region, at(pathOf.report(id, month), 'rows', i, 'region'));
        }
      }
    }
  },
};

function* outside({ apps, platform }: Workspace, app: string, region: string, place: Place): Iterable<Problem> {
  const host = apps.get(app);
  const fits = !host || host.regions.includes(region) || !Object.hasOwn(platform.regions, region);
  if (!fits) yield problem('region-outside-app', place, { app, region, regions: host.regions.join(', ') });
}
