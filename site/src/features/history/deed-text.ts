/** A step of the past as people read it. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';

/** What was done, in the words of the transition. */
export const deedText = (language: Language, kind: string, version: string | undefined, percent?: number): string => {
  const { deeds } = words[language];
  const sentence = (deeds as Readonly<Record<string, string>>)[kind] ?? deeds.unexplained;
  return `${fill(sentence, { version: version ?? '' }).trim()}${percent === undefined ? '' : ` (${percent} %)`}`;
};
