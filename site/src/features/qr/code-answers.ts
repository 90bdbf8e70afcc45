/** What somebody sees who scans a code in an app, as `resolve` answers it: for each audience and region. Pure; runs on both sides. */
import type { Language } from '#core/problems/messages.ts';
import { resolutionMessages } from '#core/problems/resolution-messages.ts';
import { fill } from '#core/problems/fill.ts';
import type { Entry } from '#core/model.ts';
import { isRolledOutTo, type Audience } from '#core/resolution/resolution-table.ts';
import { outcomeMessage } from '#core/resolution/resolution-text.ts';
import { resolve, type Resolution, type ResolutionApp, type ResolutionWorkspace } from '#core/resolution/resolve.ts';
import { listText } from '#core/problems/list-text.ts';
import { browserWords } from '../../i18n/browser/index.ts';

/** What a code asks for. */
export interface CodeQuery {
  readonly miniapp: string;
  readonly app: string;
  readonly entry: Entry;
  readonly page?: string;
  readonly device?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The regions of the app in which an audience gets the same answer. */
export interface CodeAnswer {
  readonly audience: Audience;
  readonly regions: readonly string[];
  readonly resolution: Resolution;
  /** Versions of the app that answer otherwise, with what those answer. */
  readonly elsewise: readonly { readonly appVersions: readonly string[]; readonly resolution: Resolution }[];
}

export interface CodeAnswers {
  readonly answers: readonly CodeAnswer[];
  /** Whether nobody who scans it gets anything but an error. */
  readonly isDead: boolean;
  /** An experience code while no account is on the whitelist of the app. */
  readonly isForNobody: boolean;
}

/** `hasWhitelisted`: whether the app has a whitelist row that still counts; accounts themselves are not known here. */
export function codeAnswers(workspace: ResolutionWorkspace, query: CodeQuery, hasWhitelisted: boolean): CodeAnswers {
  const miniapp = workspace.miniapps.get(query.miniapp);
  const app = workspace.apps.get(query.app);
  const isExperience = query.entry === 'experience' && miniapp?.release.experience !== undefined;
  const grouped = new Map<string, CodeAnswer & { readonly regions: string[] }>();
  for (const audience of ['whitelisted', 'rollout', 'everyone'] as const) {
    if (audience === 'whitelisted' && !(isExperience && hasWhitelisted)) continue;
    for (const region of app?.regions ?? []) {
      if (audience === 'rollout' && !(miniapp && isRolledOutTo(miniapp, query.app, region))) continue;
      const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
      const resolution = resolve(workspace, { ...query, region, ...who });
      const key = `${audience} ${answerKey(resolution)}`;
      const known = grouped.get(key);
      // What an app version can run is the same in all regions.
      if (known) known.regions.push(region);
      else {
        const ask = (appVersion: string) => resolve(workspace, { ...query, region, ...who, appVersion });
        grouped.set(key, {
          audience,
          regions: [region],
          resolution,
          elsewise: elsewise(app?.runtimes, resolution, ask),
        });
      }
    }
  }
  const answers = [...grouped.values()];
  return {
    answers,
    isDead: !answers
      .flatMap(({ resolution, elsewise: others }) => [resolution, ...others.map((other) => other.resolution)])
      .some(({ outcome }) => outcome === 'opens'),
    isForNobody: isExperience && !hasWhitelisted,
  };
}

const answerKey = (resolution: Resolution): string =>
  resolution.outcome === 'opens' ? `${resolution.version} ${resolution.channel}` : resolution.code;

/**
 * The answers of those versions of the app that answer otherwise than where nobody asks what the app can run: an older version of the miniapp
 * may have a page that the usual one has not.
 */
function elsewise(
  runtimes: ResolutionApp['runtimes'] = [],
  usual: Resolution,
  ask: (appVersion: string) => Resolution,
): CodeAnswer['elsewise'] {
  const asked = runtimes.map(({ appVersion }) => ({ appVersion, resolution: ask(appVersion) }));
  const others = asked.filter(({ resolution }) => answerKey(resolution) !== answerKey(usual));
  return [...Map.groupBy(others, ({ resolution }) => answerKey(resolution)).values()].map((alike) => ({
    appVersions: alike.map(({ appVersion }) => appVersion),
    resolution: alike[0]!.resolution,
  }));
}

/** An answer in words. */
export interface CodeLine {
  readonly audience: string;
  /** The class of the answer's mark. */
  readonly tone: string;
  readonly answer: string;
  /** By which channel it opens, or what the phone says. */
  readonly detail: string;
  /** Where, unless it is everywhere. */
  readonly where: string;
  /** Which versions of the app answer what instead, a line for each answer. */
  readonly elsewise: readonly string[];
}

/** A line for each audience and answer. `regionNames`: of the app's regions; an answer of all of them names none. */
export function codeLines(
  { answers }: CodeAnswers,
  regionNames: ReadonlyMap<string, string>,
  language: Language,
): CodeLine[] {
  const { audiences, whatIf, qr } = browserWords[language];
  const said = (resolution: Resolution) =>
    resolution.outcome === 'opens'
      ? fill(whatIf.opens, { version: resolution.version })
      : resolutionMessages[language].outcomes[resolution.code].title;
  return answers.map(({ audience, regions, resolution, elsewise: others }) => ({
    audience: audiences[audience],
    answer: said(resolution),
    elsewise: others.map(({ appVersions, resolution: other }) =>
      fill(qr.inVersions, { appVersions: listText(appVersions, language), answer: said(other) }),
    ),
    where:
      regions.length === regionNames.size
        ? ''
        : listText(
            regions.map((region) => regionNames.get(region)!),
            language,
          ),
    ...(resolution.outcome === 'opens'
      ? {
          tone: resolution.channel,
          detail: whatIf.opensAs[resolution.channel],
        }
      : {
          tone: 'error',
          detail: outcomeMessage(resolution, language),
        }),
  }));
}
