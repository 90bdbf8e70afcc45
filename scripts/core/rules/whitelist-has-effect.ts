import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { isLive, isReal } from '../dates.ts';
import { isReachable } from '../resolution/resolve.ts';
import { isThere, type Rule } from './rule.ts';

export const whitelistHasEffect: Rule = {
  id: 'whitelist-has-effect',
  why: 'Ensure that nobody waits for an experience version that a whitelist row cannot give them.',
  *check(workspace, now) {
    const { miniapps, apps, broken } = workspace;
    for (const [id, { basics, whitelist, trafficking }] of miniapps) {
      if (broken.has(pathOf.file(id, 'trafficking'))) continue;
      const file = pathOf.file(id, 'whitelist');
      // An app that nobody knows, mistyped, is likely the one that a row here is for.
      const isMistyped = trafficking.some((row) => !apps.has(row.app) && !isThere(workspace, pathOf.app(row.app)));
      for (const [i, { app, expires }] of whitelist.entries()) {
        if (expires !== undefined && isReal(expires) && !isLive(expires, now)) {
          yield problem('whitelist-expired', at(file, 'whitelist', i, 'expires'), { expires });
        }
        const host = apps.get(app);
        if (host && !isReachable(workspace, { basics, trafficking }, app) && !isMistyped) {
          const args = { app, miniapp: id, region: host.regions[0] ?? 'REGION' };
          yield problem('whitelist-never-matches', at(file, 'whitelist', i, 'app'), args);
        }
      }
    }
  },
};
