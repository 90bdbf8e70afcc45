/** What the page of a miniapp is made of besides the configuration. */
import { github, now, packageOf, pasts, workspace } from './data.ts';
import type { Around } from './features/miniapp/markup.ts';
import { drawnCode, type DrawnCode } from './features/qr/markup.ts';

const codes = new Map<string, DrawnCode | undefined>();

/** The code that stands for a miniapp on its page and on the sheet, drawn once for both languages. */
export function codeOf(id: string): DrawnCode | undefined {
  if (!codes.has(id)) codes.set(id, drawnCode(workspace, workspace.miniapps.get(id)!, now));
  return codes.get(id);
}

/** The present, the history, the code and the packages of one miniapp, from what this build was given. */
export const aroundOf = (id: string): Around => ({
  now,
  github,
  past: pasts.get(id),
  code: codeOf(id),
  packageOf: (version) => packageOf(id, version),
});
