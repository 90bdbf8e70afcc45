/** The scenarios of a miniapp that must keep holding. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

export interface PromiseView {
  readonly name: string;
  readonly when: readonly string[];
  readonly entry: 'link' | 'experience';
  readonly account?: string;
  /** Somebody whom the rollout includes, whoever that is. */
  readonly audience?: 'rollout';
  /** What is answered in its place now, for which it waits: a version, or what an error is called. */
  readonly instead?: string;
  readonly expected: { readonly opens: string } | { readonly error: string; readonly code: string };
}

/** Each with apps (and the version of the app that is asked about) and regions by name, in the order of the file. `errorTitle`: what an error is called in this language. */
export function promises(
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  errorTitle: (code: NonNullable<PublicMiniapp['scenarios'][number]['expect']['error']>) => string,
  language: Language,
): PromiseView[] {
  const { languages, regions } = workspace.platform;
  const insteadAt = (at: number) => {
    const answer = miniapp.answeredInstead?.(at);
    return answer && (answer.outcome === 'error' ? errorTitle(answer.code) : answer.version);
  };
  return miniapp.scenarios.map(
    ({ name, app, appVersion, region, account, audience, entry = 'link', page, device, expect }, at) => ({
      name,
      when: [
        [
          localized(workspace.apps.get(app)?.name, language, languages) || app,
          ...(appVersion ? [appVersion] : []),
        ].join(' '),
        localized(regions[region], language, languages) || region,
        ...[page, device].filter((value) => value !== undefined),
      ],
      entry,
      ...defined({ account, audience, instead: insteadAt(at) }),
      expected: expect.error ? { error: errorTitle(expect.error), code: expect.error } : { opens: expect.opens ?? '' },
    }),
  );
}
