import { pendingVersion } from '../lifecycle/lifecycle.ts';
import { pathOf } from '../paths.ts';
import { at, problem } from '../problems/problem.ts';
import { toolCommand } from '../tool-command.ts';
import { isSound, type Rule } from './rule.ts';

export const archivedIsIdle: Rule = {
  id: 'archived-is-idle',
  why: 'Ensure that what was given up opens for nobody, and waits for nobody.',
  *check(workspace) {
    for (const [id, miniapp] of workspace.miniapps) {
      if (miniapp.basics.archived !== true || !isSound(workspace, pathOf.file(id, 'release'))) continue;
      const { online, experience, rollout } = miniapp.release;
      const pending = pendingVersion(miniapp);
      const place = at(pathOf.file(id, 'miniapp'), 'archived');
      const busy = (version: string, command: string) =>
        problem('archived-in-use', place, { miniapp: id, version, command: toolCommand(command) });
      if (online?.enabled) yield busy(online.version, `disable ${id}`);
      if (rollout) yield busy(rollout.version, `rollout stop ${id}`);
      if (experience) yield busy(experience.version, `experience clear ${id}`);
      if (pending !== undefined) yield busy(pending, `withdraw ${id} ${pending}`);
    }
  },
};
