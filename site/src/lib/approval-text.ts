/** What a policy asks for besides whoever takes a step. */
import { fill, type Language } from '#core/problems/messages.ts';
import type { Policy } from '#core/model.ts';
import type { Right } from '#core/policy/policy.ts';
import { GATEKEEPERS } from '#core/transitions/blast-radius.ts';
import type { NeededApprovals } from '#core/transitions/besides.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../i18n/index.ts';
import { anyOf } from './format.ts';

type AskedApprovals = NonNullable<Right['approvals']>;

/** How many approvals of whom: `2 × Reviewer, Owner`. */
export function approvalsText(language: Language, { count, by }: Pick<NeededApprovals, 'count' | 'by'>): string {
  const { peoplePage: t, roles } = words[language];
  return fill(t.approval, {
    count,
    roles: anyOf(
      by.map((role) => roles[role]),
      language,
    ),
  });
}

/** In which cases, `always` too. */
export const caseText = (language: Language, { when = 'always', apis = [] }: AskedApprovals): string =>
  fill(words[language].peoplePage.when[when], { apis: listText(apis, language) });

/** Both; nothing of the case where it is always. */
export function approvalText(language: Language, approvals: AskedApprovals): string {
  const what = approvalsText(language, approvals);
  if ((approvals.when ?? 'always') === 'always') return what;
  return fill(words[language].peoplePage.inCase, { what, case: caseText(language, approvals) });
}

/** What one step of a version needs, each with why where the policy does not always ask for it. */
export function besidesText(language: Language, needed: readonly NeededApprovals[]): string {
  const { peoplePage: t } = words[language];
  const one = ({ newApis, isForReach, ...own }: NeededApprovals) => {
    const what = approvalsText(language, own);
    if (newApis) return fill(t.forNewApis, { what, apis: listText(newApis, language) });
    return isForReach ? fill(t.forReach, { what }) : what;
  };
  return fill(t.besides, { what: needed.map(one).join(t.and) });
}

/** For changes of what reach the policy asks for one more approval, and of whom; undefined where it never does. */
export function reachText(language: Language, { blastRadius }: Policy): string | undefined {
  const { cells, losingService } = blastRadius ?? {};
  if (cells === undefined && losingService !== true) return undefined;
  const { peoplePage: t, roles } = words[language];
  const template = cells === undefined ? t.reach.loss : losingService === true ? t.reach.both : t.reach.cells;
  const names = GATEKEEPERS.map((role) => roles[role]);
  return fill(template, { cells: cells ?? '', roles: anyOf(names, language) });
}
