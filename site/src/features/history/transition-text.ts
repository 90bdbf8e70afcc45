/** A step of the past as people read it. */
import { fill, type Language } from '#core/problems/messages.ts';
import type { BasicsChange, PlatformPart } from '#core/history/timeline.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../../i18n/index.ts';
import { inBrackets, percentOf } from '../../lib/text.ts';

/** A file of the platform that was touched, with the name of the app or of the person that it is about. */
export interface NamedPart extends Pick<PlatformPart, 'kind' | 'change'> {
  readonly name?: string;
}

/** What a step of the past is told by. */
export interface PastStep {
  readonly kind: string;
  readonly version?: string | undefined;
  readonly percent?: number | undefined;
  readonly parts?: readonly NamedPart[] | undefined;
  readonly basics?: readonly BasicsChange[] | undefined;
}

/** As many parts of the platform are named of one edit. */
const NAMED_PARTS = 6;

/** What was done, in the words of the transition. */
export function transitionText(
  language: Language,
  { kind, version = '', percent, parts = [], basics }: PastStep,
): string {
  if (parts.length > 0) return partsText(language, parts);
  if (basics) return basicsText(language, basics);
  const { transitions } = words[language];
  const sentence = (transitions as Readonly<Record<string, string>>)[kind] ?? transitions.unexplained;
  return `${fill(sentence, { version }).trim()}${percent === undefined ? '' : inBrackets(percentOf(percent, language), language)}`;
}

/** `Changed its name, avatar · Archived it`. */
function basicsText(language: Language, basics: readonly BasicsChange[]): string {
  const { basicsChanges: t, basicsFields } = words[language];
  const fields = basics.filter((one) => one !== 'archived' && one !== 'unarchived').map((one) => basicsFields[one]);
  const said = [
    ...(fields.length > 0 ? [fill(t.fields, { fields: listText(fields, language) })] : []),
    ...basics.flatMap((one) => (one === 'archived' || one === 'unarchived' ? [t[one]] : [])),
  ];
  return said.length > 0 ? said.join(' · ') : t.none;
}

/** What came, what is other than before, what went: `Added the person Ada · Changed the policy`. */
function partsText(language: Language, parts: readonly NamedPart[]): string {
  const { platformChanges, platformParts, history } = words[language];
  const named = ({ kind, name }: NamedPart): string[] => {
    if (kind === 'readme') return ['README.md'];
    return kind === 'person' && name === undefined ? [] : [fill(platformParts[kind], { name: name ?? '' })];
  };
  const unnamed = (count: number): string[] =>
    count === 0 ? [] : [count === 1 ? platformParts.nobody : fill(platformParts.several, { count })];
  const shown = parts.slice(0, NAMED_PARTS);
  const said = (['added', 'changed', 'removed'] as const).flatMap((change) => {
    const own = shown.filter((part) => part.change === change);
    const gone = own.filter(({ kind, name }) => kind === 'person' && name === undefined).length;
    const all = listText([...own.flatMap(named), ...unnamed(gone)], language);
    return own.length === 0 ? [] : [fill(platformChanges[change], { parts: all })];
  });
  const more = parts.length - shown.length;
  return `${said.join(' · ')}${more > 0 ? ` ${fill(history.more, { count: more })}` : ''}`;
}
