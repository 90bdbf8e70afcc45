/** The pages of whitelists that are too long for the page of their miniapp. */
import { now, workspace } from './data.ts';
import { access, type Access } from './features/access/view-model.ts';
import { isLong, WHITELIST_PART } from './features/access/whitelist.ts';
import type { Language } from './i18n/index.ts';
import { partsOf } from './lib/pages.ts';
import type { PublicMiniapp } from './lib/public.ts';

/** How many pages the whitelist of a miniapp has; none where the page of the miniapp has all rows. */
export const whitelistParts = (miniapp: PublicMiniapp): number =>
  isLong(miniapp) ? partsOf(miniapp.whitelist.length, WHITELIST_PART) : 0;

let last: { readonly miniapp: PublicMiniapp; readonly views: Map<Language, Access> } | undefined;

/** The whitelist of a miniapp, worked out once a language for its pages, which are made one after the other. */
export function whitelistOf(miniapp: PublicMiniapp, language: Language): Access {
  if (last?.miniapp !== miniapp) last = { miniapp, views: new Map() };
  let view = last.views.get(language);
  if (!view) last.views.set(language, (view = access(workspace, miniapp, now, language)));
  return view;
}
