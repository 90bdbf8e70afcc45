/** What the sections of a miniapp's page are made of; each works out its own view of it, in its language. */
import type { Language } from '#core/problems/messages.ts';
import type { GithubPlace } from '../../lib/github.ts';
import type { SectionFacts } from '../../lib/section.ts';
import type { Past } from '../history/view-model.ts';
import { journeyOf, type Journey } from '../journey/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import type { AppAnswers } from '#core/resolution/resolution-table.ts';
import type { PortalPackage } from '#core/hosts/portal-package.ts';
import { stageLists, type StageList } from '../versions/view-model.ts';
import { forecastOf, type Forecast } from '../resolution/forecast.ts';
import { reasonsOf, type Reasons } from '../resolution/reasons.ts';
import { jsonForHtml, miniappData } from '../../lib/page-data.ts';
import { localized } from '../../lib/text.ts';
import type { DrawnCode } from '../qr/drawn-code.ts';

/** What is said of a miniapp in every language alike; each section takes the parts of it that it shows. */
export interface MiniappFacts extends SectionFacts {
  readonly answers: readonly AppAnswers[];
  readonly lists: readonly StageList[];
  /** The miniapp as its page's scripts take it. */
  readonly pageData: string;
  readonly now: number;
  readonly past: Past | undefined;
  readonly journey: Journey;
  readonly reasons: Reasons;
  readonly forecast: readonly Forecast[];
  readonly code: DrawnCode | undefined;
}

/** What a page of a miniapp is made of besides the configuration. */
export interface MiniappBuildData {
  readonly now: number;
  readonly github?: GithubPlace | undefined;
  readonly past?: Past | undefined;
  readonly code?: DrawnCode | undefined;
  /** Of the bytes of a version, as far as they were looked for. */
  readonly packageOf?: (version: string) => PortalPackage | undefined;
}

/** What both languages of a page share, computed once. */
export const miniappFacts = (
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  answers: readonly AppAnswers[],
  { now, github, past, code, packageOf }: MiniappBuildData,
): MiniappFacts => ({
  workspace,
  miniapp,
  answers,
  lists: stageLists(workspace, miniapp, now, packageOf),
  pageData: jsonForHtml(miniappData(miniapp, now, hasRuntimes(workspace))),
  now,
  past,
  editing: { github, files: workspace.files },
  journey: journeyOf(workspace, miniapp, now),
  reasons: reasonsOf(workspace, miniapp, answers, past, now),
  forecast: forecastOf(workspace, miniapp, now),
  code,
});

const hasRuntimes = ({ apps }: PublicWorkspace): boolean =>
  [...apps.values()].some(({ runtimes }) => runtimes !== undefined);

/** The name of the miniapp, which is the title of its page. */
export const titleOf = ({ workspace, miniapp }: MiniappFacts, language: Language): string =>
  localized(miniapp.basics.name, language, workspace.platform.languages);
