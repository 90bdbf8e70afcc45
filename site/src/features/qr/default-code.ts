/** The code that a miniapp's page shows first: its experience code for the default app. */
import { hasLiveRow } from '#core/resolution/resolution-table.ts';
import { linkFor } from '#core/resolution/miniapp-link.ts';
import type { App } from '#core/model.ts';
import { codeVersion } from '#core/resolution/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { codeAnswers, type CodeAnswers } from './code-answers.ts';

export interface DefaultCode {
  readonly app: App;
  readonly link: string;
  /** What scanning it leads to. */
  readonly answers: CodeAnswers;
}

/** Nothing for a panel, which needs a device, and where there is no app. `now` in milliseconds since 1970. */
export function defaultCode(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number): DefaultCode | undefined {
  const { apps, platform } = workspace;
  const { id, basics, release } = miniapp;
  const app = [...apps.values()].find((one) => one.default === true) ?? [...apps.values()][0];
  if (!app || basics.type === 'panel') return undefined;
  const entry = 'experience';
  const version = codeVersion(release, entry);
  return {
    app,
    link: linkFor(platform.link, entry, { scheme: app.scheme, miniapp: id, version }),
    answers: codeAnswers(
      { platform, apps, miniapps: new Map([[id, miniapp]]) },
      { miniapp: id, app: app.id, entry, now },
      hasLiveRow(miniapp, app.id, now),
    ),
  };
}
