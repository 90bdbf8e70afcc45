/** The sections of a miniapp's page, in the order in which they stand there. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';

export interface Section {
  /** The id of its element. */
  readonly id: string;
  readonly label: string;
}

/** Those that the page's navigation leads to. */
export function sectionsIn(language: Language): Section[] {
  const t = words[language];
  return [
    { id: 'resolution', label: t.resolution.title },
    { id: 'versions', label: t.versions.title },
    { id: 'try', label: t.qr.title },
    { id: 'ask', label: t.whatIf.title },
    { id: 'access', label: t.access.title },
    { id: 'network', label: t.network.title },
    { id: 'languages', label: t.languages.title },
    { id: 'report', label: t.report.title },
    { id: 'promises', label: t.scenarios.title },
    { id: 'history', label: t.history.title },
  ];
}
