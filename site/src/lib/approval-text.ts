/** What a policy asks for besides whoever takes a step. */
import { fill, type Language } from '#core/problems/messages.ts';
import type { Right } from '#core/policy/policy.ts';
import { words } from '../i18n/index.ts';
import { listText } from './text.ts';

type AskedApprovals = NonNullable<Right['approvals']>;

/** How many approvals of whom: `2 × Reviewer, Owner`. */
export function approvalsText(language: Language, { count, by }: Pick<AskedApprovals, 'count' | 'by'>): string {
  const { peoplePage: t, roles } = words[language];
  const names = by.map((role) => roles[role]);
  return fill(t.approval, { count, roles: listText(names, language) });
}

/** In which cases, `always` too. */
export const caseText = (language: Language, { when = 'always', apis = [] }: AskedApprovals): string =>
  fill(words[language].peoplePage.when[when], { apis: listText(apis, language) });

/** Both; nothing of the case where it is always. */
export const approvalText = (language: Language, approvals: AskedApprovals): string =>
  [
    approvalsText(language, approvals),
    ...((approvals.when ?? 'always') === 'always' ? [] : [caseText(language, approvals)]),
  ].join(' ');
