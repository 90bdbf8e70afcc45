/** What `validate` warns of, as the portal tells it: in each of its languages, and with places inside the configuration. */
import { defined } from '../core/defined.ts';
import type { Workspace } from '../core/model.ts';
import { describe } from '../core/problems/messages.ts';
import { applyRules } from '../core/rules/rule.ts';
import { rules } from '../core/rules/index.ts';
import type { PortalWarning } from '../portal/content.ts';
import { fileIn, type LocatedProblem } from '../read/positions.ts';
import type { WholeConfig } from './validate/whole.ts';

/** As many are told in every language, more than the overview shows; of the others only the catalogue's title is. */
const MOST = 25;

/** All warnings of a configuration without errors. `now`: milliseconds since 1970. */
export function warningsIn({ problems, folder, workspace }: WholeConfig, now: number): PortalWarning[] {
  const above = fileIn(folder, '');
  const inside = (file: string) => (file.startsWith(above) ? file.slice(above.length) : file);
  const all = problems.map((one) => ({ ...one, file: inside(one.file) }));
  const inChinese = chineseOf(workspace, all.slice(0, MOST), now);
  return all.map(({ code, file, line, message }) => ({
    ...{ code, file, line },
    messages: { en: message, ...defined({ zh: inChinese.get(keyOf({ code, file, message })) }) },
  }));
}

const keyOf = ({ code, file, message }: Pick<LocatedProblem, 'code' | 'file' | 'message'>): string =>
  JSON.stringify([code, file, message]);

/**
 * The sentences of these in Chinese. What was found before is kept in words, without what they were filled with, so the rules are asked once more:
 * of a few miniapps they say the same as of all. What only a comparison of all finds is not among them.
 */
function chineseOf(workspace: Workspace, few: readonly LocatedProblem[], now: number): Map<string, string> {
  const named = new Set(few.map(({ file }) => /^miniapps\/([^/]+)\//.exec(file)?.[1]));
  const miniapps = new Map([...workspace.miniapps].filter(([id]) => named.has(id)));
  const found = few.length === 0 ? [] : applyRules(rules, { ...workspace, miniapps }, now);
  return new Map(
    found.map((problem) => {
      const { code, at } = problem;
      return [keyOf({ code, file: at.file, ...describe(problem) }), describe(problem, 'zh').message];
    }),
  );
}
