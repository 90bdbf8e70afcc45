/** What differs from one miniapp's page to the next, in the parts that stand before and behind the two forms. */
import { messages, type Language } from '#core/problems/messages.ts';
import type { GithubPlace } from '../../lib/github.ts';
import type { Past } from '../history/view-model.ts';
import { journeyOf, type Journey } from '../journey/view-model.ts';
import { access } from '../access/view-model.ts';
import { strings } from '../languages/view-model.ts';
import { network } from '../network/view-model.ts';
import { overview } from '../overview/view-model.ts';
import { promises } from '../promises/view-model.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { reportView } from '../report/view-model.ts';
import { resolutionView } from '../resolution/view-model.ts';
import type { AppAnswers } from '#core/resolution/resolution-table.ts';
import type { PortalPackage } from '#core/hosts/portal-package.ts';
import { stageLists, type StageList } from '../versions/view-model.ts';
import { forecastOf, type Forecast } from '../resolution/forecast.ts';
import { reasonsOf, type Reasons } from '../resolution/reasons.ts';
import { jsonForHtml, miniappData } from './page-data.ts';
import { accessMarkup } from '../access/markup.ts';
import type { EditLinkContext } from '../../lib/github-markup.ts';
import { journeyMarkup } from '../journey/markup.ts';
import { markup, Markup } from '../../lib/markup.ts';
import { networkMarkup } from '../network/markup.ts';
import { overviewMarkup } from '../overview/markup.ts';
import { firstCodeMarkup, type DrawnCode } from '../qr/markup.ts';
import { pastMarkup } from '../history/miniapp-markup.ts';
import { promisesMarkup } from '../promises/markup.ts';
import { reportMarkup } from '../report/markup.ts';
import { resolutionMarkup } from '../resolution/markup.ts';
import { rolloutMarkup } from '../rollout/markup.ts';
import { stringsMarkup } from '../languages/markup.ts';
import { versionsMarkup } from '../versions/markup.ts';

/** What is said of a miniapp in every language alike. */
export interface MiniappFacts {
  readonly workspace: PublicWorkspace;
  readonly miniapp: PublicMiniapp;
  readonly answers: readonly AppAnswers[];
  readonly lists: readonly StageList[];
  /** The miniapp as its page's scripts take it. */
  readonly pageData: string;
  readonly now: number;
  readonly past: Past | undefined;
  readonly editing: EditLinkContext;
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
  lists: stageLists(workspace, miniapp, packageOf),
  pageData: jsonForHtml(miniappData(miniapp, now, hasRuntimes(workspace))),
  now,
  past,
  editing: { github, files: workspace.files },
  journey: journeyOf(workspace, miniapp),
  reasons: reasonsOf(workspace, miniapp, answers, past, now),
  forecast: forecastOf(workspace, miniapp, now),
  code,
});

const hasRuntimes = ({ apps }: PublicWorkspace): boolean =>
  [...apps.values()].some(({ runtimes }) => runtimes !== undefined);

export interface MiniappParts {
  readonly title: string;
  /** What stands before the way to each section. */
  readonly overview: Markup;
  /** The sections before the forms, and those behind. */
  readonly before: Markup;
  /** The code that is there before any script draws one. */
  readonly code: Markup;
  readonly behind: Markup;
}

/** What is of the miniapp on its page, in one language. */
export function miniappParts(facts: MiniappFacts, language: Language): MiniappParts {
  const { workspace, miniapp, answers, lists, pageData, now, past, editing, reasons } = facts;
  const { id } = miniapp;
  const head = overview(workspace, miniapp, language, past);
  const errorTitle = (code: keyof typeof messages.en.outcomes) => messages[language].outcomes[code].title;
  const before = [
    journeyMarkup(language, workspace, editing, facts.journey),
    resolutionMarkup(language, workspace, {
      ...{ id, editing, reasons, forecast: facts.forecast },
      view: resolutionView(workspace, miniapp, answers, language),
    }),
    rolloutMarkup(language, workspace, miniapp, past, editing.github),
    versionsMarkup(language, editing, id, lists),
  ];
  const behind = [
    accessMarkup(language, editing, id, access(workspace, miniapp, now, language)),
    networkMarkup(language, editing, id, network(workspace, miniapp, language)),
    stringsMarkup(language, editing, id, strings(workspace, miniapp)),
    reportMarkup(language, id, reportView(workspace, miniapp, past, language)),
    promisesMarkup(language, editing, id, promises(workspace, miniapp, errorTitle, language)),
    pastMarkup(language, workspace, editing.github, id, past),
    markup`<script type="application/json" id="miniapp">${new Markup(pageData)}</script>`,
  ];
  const code = firstCodeMarkup(language, workspace, miniapp, facts.code);
  return {
    title: head.name,
    overview: overviewMarkup(language, editing, head),
    before: markup`${before}`,
    code,
    behind: markup`${behind}`,
  };
}
