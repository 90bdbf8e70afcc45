/** What differs from one miniapp's page to the next, in the parts that stand before and behind the two forms. */
import { messages, type Language } from '#core/catalogue.ts';
import { words } from '../i18n/index.ts';
import { access, network, overview, promises, strings } from '../views/miniapp.ts';
import type { PublicMiniapp, PublicWorkspace } from '../views/public.ts';
import { reportView } from '../views/report.ts';
import { resolutionView, type AppAnswers } from '../views/resolution.ts';
import { stageLists, type StageList } from '../views/versions.ts';
import { jsonForHtml, miniappWorld } from '../views/world.ts';
import { accessMarkup } from './access.ts';
import { markup, Markup } from './markup.ts';
import { networkMarkup } from './network.ts';
import { overviewMarkup } from './overview.ts';
import { promisesMarkup } from './promises.ts';
import { reportMarkup } from './report.ts';
import { resolutionMarkup } from './resolution.ts';
import { stringsMarkup } from './strings.ts';
import { versionsMarkup } from './versions.ts';

/** What is said of a miniapp in every language alike. */
export interface MiniappFacts {
  readonly workspace: PublicWorkspace;
  readonly miniapp: PublicMiniapp;
  readonly answers: readonly AppAnswers[];
  readonly lists: readonly StageList[];
  /** The miniapp as its page's scripts take it. */
  readonly world: string;
  readonly now: number;
}

export const miniappFacts = (
  workspace: PublicWorkspace,
  miniapp: PublicMiniapp,
  answers: readonly AppAnswers[],
  now: number,
): MiniappFacts => ({
  workspace,
  miniapp,
  answers,
  lists: stageLists(workspace, miniapp),
  world: jsonForHtml(miniappWorld(miniapp)),
  now,
});

export interface MiniappParts {
  readonly id: string;
  readonly title: string;
  readonly before: string;
  readonly behind: string;
}

export function miniappParts(
  { workspace, miniapp, answers, lists, world, now }: MiniappFacts,
  language: Language,
): MiniappParts {
  const { id } = miniapp;
  const head = overview(workspace, miniapp, language);
  const errorTitle = (code: keyof typeof messages.en.outcomes) => messages[language].outcomes[code].title;
  const before = [
    overviewMarkup(language, head),
    sectionLinks(language),
    versionsMarkup(language, lists),
    resolutionMarkup(language, resolutionView(workspace, miniapp, answers, language)),
  ];
  const behind = [
    accessMarkup(language, access(workspace, miniapp, now, language)),
    networkMarkup(language, network(workspace, miniapp, language)),
    stringsMarkup(language, id, strings(workspace, miniapp)),
    reportMarkup(language, reportView(workspace, miniapp, language)),
    promisesMarkup(language, promises(workspace, miniapp, errorTitle, language)),
    markup`<script type="application/json" id="miniapp">${new Markup(world)}</script>`,
  ];
  return { id, title: head.name, before: joined(before), behind: joined(behind) };
}

const joined = (parts: readonly Markup[]): string => parts.reduce((whole, { text }) => whole + text, '');

const links = new Map<Language, Markup>();

/** The way to each section of the page. */
function sectionLinks(language: Language): Markup {
  let made = links.get(language);
  if (!made) links.set(language, (made = navigation(language)));
  return made;
}

function navigation(language: Language): Markup {
  const t = words[language];
  const sections = [
    ['versions', t.versions.title],
    ['resolution', t.resolution.title],
    ['try', t.qr.title],
    ['access', t.access.title],
    ['network', t.network.title],
    ['languages', t.languages.title],
    ['report', t.report.title],
    ['promises', t.scenarios.title],
  ] as const;
  return markup`<nav class="sections" aria-label="${t.miniapp.sections}">
      ${sections.map(([id, label]) => markup`<a href="#${id}">${label}</a>`)}
    </nav>`;
}
