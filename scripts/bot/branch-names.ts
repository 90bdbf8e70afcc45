/**
 * The bot's branches: how each is called, and what a name says. A ruleset lets nobody else write them. `parse` gives undefined for any
 * name that `name` does not make.
 */
import { identify, pathOf } from '../core/paths.ts';

/** `review/<miniapp>/<version>`: the approval pull request of a version. */
export const reviewBranch = {
  name: (miniapp: string, version: string): string => `review/${miniapp}/${version}`,
  parse(branch: string): { miniapp: string; version: string } | undefined {
    const [head, miniapp = '', version = '', ...rest] = branch.split('/');
    if (head !== 'review' || rest.length > 0) return undefined;
    const isVersion = identify(pathOf.version(miniapp, version))?.kind === 'version';
    return isVersion ? { miniapp, version } : undefined;
  },
};

/** `transition/<run>`: what somebody requested by the form of a workflow, whose run has this id. */
export const transitionBranch = {
  name: (run: number): string => `transition/${run}`,
  parse(branch: string): number | undefined {
    const id = /^transition\/([1-9]\d{0,15})$/.exec(branch)?.[1];
    return id !== undefined && transitionBranch.name(Number(id)) === branch ? Number(id) : undefined;
  },
};

/** `clean-up/whitelist/<miniapp>`: removes the rows of a whitelist that have expired. */
export const cleanUpBranch = {
  name: (miniapp: string): string => `clean-up/whitelist/${miniapp}`,
  parse(branch: string): string | undefined {
    const miniapp = /^clean-up\/whitelist\/([^/]+)$/.exec(branch)?.[1] ?? '';
    return identify(pathOf.file(miniapp, 'whitelist')) ? miniapp : undefined;
  },
};
