/** What a category is called. */
import type { Language } from '#core/problems/messages.ts';
import type { PublicWorkspace } from './public.ts';
import { localized } from './text.ts';

/** The name that platform.yaml gives a category, in the language; of one that it does not name, what stands in the miniapp; empty for none. */
export function categoryName(
  { platform }: Pick<PublicWorkspace, 'platform'>,
  category: string | undefined,
  language: Language,
): string {
  if (category === undefined) return '';
  const { categories = {}, languages } = platform;
  const name = Object.hasOwn(categories, category) ? localized(categories[category], language, languages) : '';
  return name || category;
}
