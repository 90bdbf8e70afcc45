import type { App, Miniapp } from '../model.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { isRolledOutTo } from '../resolution/resolution-table.ts';
import { isSound, type Rule } from './rule.ts';

export const rolloutReachesSomebody: Rule = {
  id: 'rollout-reaches-somebody',
  why: 'Ensure that nobody waits for figures of a rollout that no app and region takes part in.',
  *check(workspace) {
    const { miniapps, apps, platform } = workspace;
    for (const miniapp of miniapps.values()) {
      const { rollout, online } = miniapp.release;
      // Without an online version it is refused anyway.
      if (!rollout || !online || !isSound(workspace, pathOf.file(miniapp.id, 'trafficking'))) continue;
      const named = rollout.apps ?? [...apps.keys()];
      const hosts = named.flatMap((id) => apps.get(id) ?? []);
      const areKnown = (rollout.regions ?? []).every((region) => Object.hasOwn(platform.regions, region));
      // A name that nobody knows, mistyped, is told apart.
      if (hosts.length < named.length || !areKnown || hosts.some((app) => reaches(miniapp, app))) continue;
      const app = hosts[0]?.id ?? 'APP';
      const region = hosts[0]?.regions.find((one) => rollout.regions?.includes(one) ?? true) ?? 'REGION';
      const place = at(pathOf.file(miniapp.id, 'release'), 'rollout');
      yield problem('rollout-reaches-nobody', place, { version: rollout.version, miniapp: miniapp.id, app, region });
    }
  },
};

const reaches = (miniapp: Miniapp, { id, regions }: App): boolean =>
  regions.some((region) => isRolledOutTo(miniapp, id, region));
