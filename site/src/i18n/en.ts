/** English: every word of the portal's interface, most of them in the folder beside it. `{name}` stands for an argument. `zh.ts` has the same keys. */
import { en as browser, type Words } from './browser/en.ts';
import { miniapp } from './en/miniapp.ts';
import { pages } from './en/pages.ts';
import { terms } from './en/terms.ts';

export const en = {
  ...browser,
  ...terms,
  ...pages,
  ...miniapp,
  site: {
    ...browser.site,
    description: 'Miniapps, their versions, and who can open what where',
    skip: 'Skip to the content',
    overview: 'Overview',
    reviews: 'Reviews',
    about: 'About',
    sheet: 'QR sheet',
    edit: 'Edit',
    editTitle: 'Edit {file} on GitHub',
    workflow: 'Do it on GitHub',
    api: 'API',
    readOnly: 'Read-only. Everything shown here is a file in the repository; changes go through pull requests.',
    notSet: 'not set',
    needsScript: 'The form needs JavaScript. From a terminal: {command}',
  },
  htmlLang: 'en',
  switchLanguage: '中文',
} as const;

/** What `en` says, in any language. */
export type Interface = Words<typeof en>;
