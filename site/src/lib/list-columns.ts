/**
 * The columns of the lists of the whole platform. On a phone, where a row is a card without a head, each cell says its own name: by one style
 * sheet for all pages, as the same words in each cell would be a tenth of a page.
 */
import type { Language } from '#core/problems/messages.ts';
import { languages, words } from '../i18n/index.ts';

type ListWords = (typeof words)[Language];

/** Of each list its heads; those in brackets name no cell, as what stands in it says what it is. The first is that of the row's head. */
const COLUMNS = {
  miniapps: ({ list: t }: ListWords) => [
    t.name,
    [t.type],
    [t.category],
    t.online,
    t.experience,
    t.pending,
    t.delivered,
  ],
  opens: ({ appsPage, list, reviewsPage: t }: ListWords) => [
    appsPage.miniapp,
    [list.type],
    t.version,
    appsPage.regions,
  ],
  pending: ({ reviewsPage: t }: ListWords) => [t.miniapp, t.version, t.submittedBy, t.submitted, t.age, t.next],
  reviewed: ({ reviewsPage: t }: ListWords) => [
    ...[t.miniapp, t.version, [t.status], t.submittedBy, t.reviewedBy, t.decidedAt, t.reason],
  ],
  people: ({ peoplePage: t }: ListWords) => [t.person, t.login, t.platform, t.miniapps],
  tasks: ({ personPage: t, reviewsPage }: ListWords) => [
    ...[reviewsPage.miniapp, reviewsPage.version, t.step, reviewsPage.age, t.command],
  ],
} as const satisfies Readonly<Record<string, (of: ListWords) => readonly (string | readonly string[])[]>>;

/** A list of the whole platform; its table has this class. */
export type ListName = keyof typeof COLUMNS;

/** The heads of a list, in their order. */
export const headsOf = (list: ListName, language: Language): string[] =>
  COLUMNS[list](words[language]).map((head) => (typeof head === 'string' ? head : head[0]!));

/** Below the portal's address. */
export const LIST_LABELS = 'assets/list-labels.css';

/** A style sheet with a rule for each column in each language. */
export const listLabels = (): string => {
  const rules = languages.flatMap((language) =>
    (Object.keys(COLUMNS) as ListName[]).flatMap((list) =>
      COLUMNS[list](words[language]).flatMap((head, at) =>
        at === 0 || typeof head !== 'string'
          ? []
          : `:lang(${words[language].htmlLang}) .list.${list} td:nth-child(${at + 1})::before{content:${JSON.stringify(`${head} `)}}`,
      ),
    ),
  );
  return `@media (max-width:60rem){${rules.join('')}}\n`;
};
