/**
 * What the files of a miniapp are made of besides the configuration. Node itself loads this module, as it does data.ts, so that its
 * pages and its other files share what is worked out for one of them.
 */
import { github, miniappOf, now, packageOf, pasts, tableOf, workspace } from './data.ts';
import { miniappFacts, type MiniappBuildData, type MiniappFacts } from './features/miniapp/facts.ts';
import { drawnCode, type DrawnCode } from './features/qr/drawn-code.ts';
import { pastAnswers, pastParts, type PastPart } from './features/history/past-answers.ts';

const codes = new Map<string, DrawnCode | undefined>();

/** The code that stands for a miniapp on its page and on the sheet, drawn once for both languages. */
export function codeOf(id: string): DrawnCode | undefined {
  if (!codes.has(id)) codes.set(id, drawnCode(workspace, workspace.miniapps.get(id)!, now));
  return codes.get(id);
}

/** The present, the history, the code and the packages of one miniapp, from what this build was given. */
export const buildDataOf = (id: string): MiniappBuildData => ({
  now,
  github,
  past: pasts.get(id),
  code: codeOf(id),
  packageOf: (version) => packageOf(id, version),
});

let last: MiniappFacts | undefined;

/** What is said of a miniapp in all its files, worked out once for them: they are made one after the other. */
export function factsOf(id: string): MiniappFacts {
  if (last?.miniapp.id !== id) last = miniappFacts(workspace, miniappOf(id), tableOf(id), buildDataOf(id));
  return last;
}

let lastPast: { readonly id: string; readonly parts: ReadonlyMap<string, PastPart> } | undefined;

/** What a miniapp answered in the past: the files for the what-if form, by name; worked out once for them, as what is said of it is. */
export function pastOf(id: string): ReadonlyMap<string, PastPart> {
  if (lastPast?.id !== id) lastPast = { id, parts: pastParts(pastAnswers(pasts.get(id)?.events ?? [])) };
  return lastPast.parts;
}
