import { pathOf } from '../paths.ts';
import { at, problem } from '../problem.ts';
import type { Rule } from './rule.ts';

export const deliveryFitsApp: Rule = {
  id: 'delivery-fits-app',
  why: 'Ensure that a miniapp is delivered, and reports, only where the app is.',
  *check({ miniapps, apps, platform }) {
    const fits = (app: string, region: string) => {
      const host = apps.get(app);
      return !host || host.regions.includes(region) || !Object.hasOwn(platform.regions, region);
    };
    const args = (app: string, region: string) => ({ app, region, regions: apps.get(app)!.regions.join(', ') });
    for (const [id, { trafficking, reports }] of miniapps) {
      const file = pathOf.file(id, 'trafficking');
      for (const [i, { app, regions }] of trafficking.entries()) {
        for (const [k, region] of regions.entries()) {
          const place = at(file, 'trafficking', i, 'regions', k);
          if (!fits(app, region)) yield problem('region-outside-app', place, args(app, region));
        }
      }
      for (const [month, { rows }] of reports) {
        for (const [i, { app, region }] of rows.entries()) {
          const place = at(pathOf.report(id, month), 'rows', i, 'region');
          if (!fits(app, region)) yield problem('region-outside-app', place, args(app, region));
        }
      }
    }
  },
};
