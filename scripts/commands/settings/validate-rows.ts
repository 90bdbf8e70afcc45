/** What is wrong with rows before they are in any file, so that it can be told where they came from. */
import { defined } from '../../core/defined.ts';
import { emptyMiniapp } from '../../core/empty-miniapp.ts';
import type { Miniapp, Workspace } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import type { Problem } from '../../core/problems/problem.ts';
import { datesAreReal } from '../../core/rules/dates-are-real.ts';
import { deliveryFitsApp } from '../../core/rules/delivery-fits-app.ts';
import { domainsAreOrigins } from '../../core/rules/domains-are-origins.ts';
import { referencesExist } from '../../core/rules/references-exist.ts';
import { applyRules, type Rule } from '../../core/rules/rule.ts';
import { severityOf } from '../../core/problems/messages.ts';
import { unfitFor } from '../../cli/input/schema-check.ts';

export interface RowFault {
  readonly index: number;
  readonly problem: Problem;
}

const RULES: readonly Rule[] = [referencesExist, datesAreReal, deliveryFitsApp, domainsAreOrigins];

/** Rows of a file that is one list of them. */
export function rowFaults(
  kind: 'whitelist' | 'trafficking' | 'members',
  workspace: Workspace,
  miniapp: Miniapp,
  rows: readonly object[],
): RowFault[] {
  return rows.flatMap((row, index) =>
    faultsOf(kind, { [kind]: [row] }, workspace, { ...emptyMiniapp(miniapp), [kind]: [row] }).map((problem) => ({
      index,
      problem,
    })),
  );
}

/** Allowed origins or cloud APIs, each entry as a file of its own would have it. */
export function domainFaults(workspace: Workspace, miniapp: Miniapp, files: readonly Miniapp['domains'][]): RowFault[] {
  return files.flatMap((domains, index) => {
    const { cloud, ...zones } = domains;
    const written = defined({ domains: Object.keys(zones).length > 0 ? zones : undefined, cloud });
    return faultsOf('domains', written, workspace, { ...emptyMiniapp(miniapp), domains }).map((problem) => ({
      index,
      problem,
    }));
  });
}

function faultsOf(
  kind: 'whitelist' | 'trafficking' | 'members' | 'domains',
  value: object,
  workspace: Workspace,
  alone: Miniapp,
): Problem[] {
  const unfit = unfitFor(kind, value).map(({ problem }) => problem);
  if (unfit.length > 0) return unfit;
  const narrowed: Workspace = { ...workspace, miniapps: new Map([[alone.id, alone]]) };
  const file = pathOf.file(alone.id, kind);
  return applyRules(RULES, narrowed, 0).filter(({ at, code }) => at.file === file && severityOf(code) === 'error');
}
