import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';

/** How long a version has waited, in hours and, from two days on, in days. */
export function waitingText(hours: number, language: Language): string {
  const { reviewsPage: t } = words[language];
  if (hours === 0) return t.underHour;
  return hours < 48 ? fill(t.hours, { count: hours }) : fill(t.days, { count: Math.floor(hours / 24) });
}
