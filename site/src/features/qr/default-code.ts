/** The code that a miniapp's page shows first: its experience code for the default app. */
import { linkFor } from '#core/resolution/miniapp-link.ts';
import type { Entry } from '#core/model.ts';
import { codeVersion } from '#core/resolution/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

export interface DefaultCode {
  readonly entry: Entry;
  readonly link: string;
  /** What scanning it leads to. */
  readonly note: 'opensExperience' | 'experienceUnset' | 'nothing';
  readonly version: string;
}

/** Nothing for a panel, which needs a device, and where there is no app. */
export function defaultCode({ apps, platform }: PublicWorkspace, miniapp: PublicMiniapp): DefaultCode | undefined {
  const { id, basics, release } = miniapp;
  const app = [...apps.values()].find((one) => one.default === true) ?? [...apps.values()][0];
  if (!app || basics.type === 'panel') return undefined;
  const entry = 'experience';
  const version = codeVersion(release, entry);
  const note = release.experience ? 'opensExperience' : version === undefined ? 'nothing' : 'experienceUnset';
  return {
    entry,
    note,
    version: version ?? '',
    link: linkFor(platform.link, entry, { scheme: app.scheme, miniapp: id, version }),
  };
}
