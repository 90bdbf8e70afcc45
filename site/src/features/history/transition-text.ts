/** A step of the past as people read it. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';

/** What was done, in the words of the transition. */
export const transitionText = (
  language: Language,
  kind: string,
  version: string | undefined,
  percent?: number,
): string => {
  const { transitions } = words[language];
  const sentence = (transitions as Readonly<Record<string, string>>)[kind] ?? transitions.unexplained;
  return `${fill(sentence, { version: version ?? '' }).trim()}${percent === undefined ? '' : ` (${percent} %)`}`;
};
