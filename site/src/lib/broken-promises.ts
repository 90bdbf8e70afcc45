/** What a step breaks of what was promised, and how that changes. */
import { fill, type Language } from '#core/problems/messages.ts';
import { changesPromises, type NextStep } from '#core/lifecycle/lifecycle.ts';
import { words } from '../i18n/index.ts';
import { listText } from './text.ts';

/** In two sentences. `breaks`: the names of the promises. */
export function brokenText(
  language: Language,
  { kind, breaks }: { readonly kind: NextStep['kind'] | 'push-package'; readonly breaks: readonly string[] },
): string {
  const { brokenPromises: t } = words[language];
  const isChanged = kind === 'push-package' || changesPromises({ kind });
  const names = listText(
    breaks.map((name) => `“${name}”`),
    language,
  );
  return fill(isChanged ? t.changed : t.first, { names });
}
