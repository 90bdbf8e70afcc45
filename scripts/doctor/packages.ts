/** Whether the bytes of versions are where platform.yaml says. Pure. */
import type { Platform } from '../core/model.ts';
import { bad, good, type Finding } from './finding.ts';

/** Any branch that a package may have: rules hold for names, also of branches that are not there. */
export const PACKAGE_BRANCH = 'packages/example/1.0.0';

export interface StoreState {
  /** As sentences call it. */
  readonly where: string;
  /** Versions whose file records a package. */
  readonly recorded: number;
  /** Recorded, and not there. */
  readonly missing: number;
  /** There, and not what was recorded, as far as that is known without fetching. */
  readonly differing: number;
  /** Why it could not be asked. */
  readonly unasked?: string;
}

/** `state`: undefined where no store is to be asked. */
export function packagesFinding({ packages }: Platform, state: StoreState | undefined): Finding {
  if (packages === undefined)
    return good('packages', 'upload keeps the bytes of versions in this repository; no change is judged by them');
  if (packages.store === 'none' || !state)
    return good('packages', 'the bytes of versions are kept nowhere, as platform.yaml says');
  const { where, recorded, missing, differing, unasked } = state;
  if (unasked !== undefined) return { id: 'packages', state: 'unknown', what: `not seen: ${unasked}`, isOutside: true };
  if (differing > 0)
    return bad(
      'packages',
      'missing',
      `${differing} of ${recorded} packages in ${where} are not what was recorded`,
      'npx miniapp package verify names them; npx miniapp audit says since when',
    );
  if (missing === 0) return good('packages', `the bytes of all ${recorded} versions that record them are in ${where}`);
  const isRequired = packages.required === true;
  const cost = isRequired ? 'steps of these versions are refused' : 'nobody can compare or fetch them';
  return bad(
    'packages',
    isRequired ? 'missing' : 'warning',
    `${missing} of ${recorded} packages are not in ${where}: ${cost}`,
    'npx miniapp package list names them; whoever has the files: npx miniapp package push ID VERSION DIR',
  );
}

/** Whether the branches of packages are in the registry's own repository, so that its rules are what protects them. */
export const isKeptInBranches = ({ packages }: Platform): boolean =>
  (packages?.store ?? 'git') === 'git' && packages?.git?.remote === undefined;

/** `types`: the rules of such a branch. Who may pass them is seen with the rulesets themselves. */
export function packageRulesFinding(types: readonly string[]): Finding {
  const open = ['creation', 'update', 'deletion'].filter((type) => !types.includes(type));
  if (open.length === 0)
    return good('packages-ruleset', 'the branches packages/** are made, moved and deleted by the bot alone');
  return bad(
    'packages-ruleset',
    'warning',
    `whoever may push can write packages/** (no rule of ${open.join(', ')}): what was approved can be exchanged, which the audit finds afterwards`,
    'import .github/rulesets/bot-branches.json (.github/SETUP.md, 5)',
  );
}
