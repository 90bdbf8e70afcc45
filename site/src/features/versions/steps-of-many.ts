/** What can be done with versions that have no card of their own, each step once for all of them. */
import { fill, type Language } from '#core/problems/messages.ts';
import { listText } from '#core/problems/list-text.ts';
import { words } from '../../i18n/index.ts';
import { inBrackets } from '../../lib/text.ts';
import type { VersionCard } from './view-model.ts';

/** As many versions are named for which a step is possible. */
const NAMED_NUMBERS = 12;

/** The command of a version with VERSION in its place. */
const inPlace = (command: string, number: string) => command.replace(` ${number}`, ' VERSION');

/** Each step that somebody can finish, with the versions that it is for, where it is not for all of them, of many the first; its command has VERSION in their place. */
export function stepsOfMany(
  language: Language,
  cards: readonly VersionCard[],
): { readonly name: string; readonly command: string }[] {
  const { steps, history } = words[language];
  const possible = Map.groupBy(
    cards.flatMap(({ number, steps: own }) =>
      own.filter(({ missing }) => missing === undefined).map((step) => ({ ...step, number })),
    ),
    // What changes a promise too has another command.
    ({ command, number }) => inPlace(command, number),
  );
  const only = (numbers: readonly string[]): string => {
    if (numbers.length === cards.length) return '';
    const more = numbers.length - NAMED_NUMBERS;
    const rest = more > 0 ? ` ${fill(history.more, { count: more })}` : '';
    return inBrackets(`${listText(numbers.slice(0, NAMED_NUMBERS), language)}${rest}`, language);
  };
  return [...possible].map(([command, of]) => ({
    name: `${steps[of[0]!.kind as keyof typeof steps]}${only(of.map((one) => one.number))}`,
    command,
  }));
}
