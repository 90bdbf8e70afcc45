/** What somebody sees who scans a code in an app, as `resolve` answers it: for each audience and region. Pure; runs on both sides. */
import type { Language } from '#core/problems/messages.ts';
import { resolutionMessages } from '#core/problems/resolution-messages.ts';
import { fill } from '#core/problems/fill.ts';
import type { Entry } from '#core/model.ts';
import { isRolledOutTo, type Audience } from '#core/resolution/resolution-table.ts';
import { outcomeMessage } from '#core/resolution/resolution-text.ts';
import { resolve, type Resolution, type ResolutionWorkspace } from '#core/resolution/resolve.ts';
import { browserWords } from '../../i18n/browser/index.ts';
import { listText } from '../../lib/text.ts';

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
  const grouped = new Map<string, { audience: Audience; regions: string[]; resolution: Resolution }>();
  for (const audience of ['whitelisted', 'rollout', 'everyone'] as const) {
    if (audience === 'whitelisted' && !(isExperience && hasWhitelisted)) continue;
    for (const region of app?.regions ?? []) {
      if (audience === 'rollout' && !(miniapp && isRolledOutTo(miniapp, query.app, region))) continue;
      const who = { whitelisted: audience === 'whitelisted', inRollout: audience === 'rollout' };
      const resolution = resolve(workspace, { ...query, region, ...who });
      const answer = resolution.outcome === 'opens' ? `${resolution.version} ${resolution.channel}` : resolution.code;
      const key = `${audience} ${answer}`;
      const known = grouped.get(key);
      if (known) known.regions.push(region);
      else grouped.set(key, { audience, regions: [region], resolution });
    }
  }
  const answers = [...grouped.values()];
  return {
    answers,
    isDead: !answers.some(({ resolution }) => resolution.outcome === 'opens'),
    isForNobody: isExperience && !hasWhitelisted,
  };
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
}

/** A line for each audience and answer. `regionNames`: of the app's regions; an answer of all of them names none. */
export function codeLines(
  { answers }: CodeAnswers,
  regionNames: ReadonlyMap<string, string>,
  language: Language,
): CodeLine[] {
  const { audiences, whatIf } = browserWords[language];
  return answers.map(({ audience, regions, resolution }) => ({
    audience: audiences[audience],
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
          answer: fill(whatIf.opens, { version: resolution.version }),
          detail: whatIf.opensAs[resolution.channel],
        }
      : {
          tone: 'error',
          answer: resolutionMessages[language].outcomes[resolution.code].title,
          detail: outcomeMessage(resolution, language),
        }),
  }));
}
