/** The pages that stand for themselves, in the order of the navigation: the frame, the search and the palette lead to them. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../i18n/index.ts';

export interface PortalPage {
  /** Below the portal's address in a language. */
  readonly path: string;
  readonly label: string;
}

/** Those in the bar of every page. */
export function mainPages(language: Language): PortalPage[] {
  const { site } = words[language];
  return [
    { path: '', label: site.overview },
    { path: 'miniapps/', label: site.miniapps },
    { path: 'reviews/', label: site.reviews },
    { path: 'apps/', label: site.apps },
    { path: 'people/', label: site.people },
    { path: 'history/', label: site.history },
    { path: 'symptoms/', label: site.symptoms },
    { path: 'rules/', label: site.rules },
  ];
}

/** Those at the foot of every page. */
export function footPages(language: Language): PortalPage[] {
  const { site } = words[language];
  return [
    { path: 'sheet/', label: site.sheet },
    { path: 'api/', label: site.api },
    { path: 'about/', label: site.about },
  ];
}
