/** The pages of whitelists that are too long for the page of their miniapp. */
import { now, workspace } from './data.ts';
import { access, type Access } from './features/access/view-model.ts';
import { isLong, WHITELIST_PART, whitelistPage, whitelistPath } from './features/access/whitelist-markup.ts';
import type { ListParts } from './features/miniapp/frame-markup.ts';
import { words, type Language } from './i18n/index.ts';
import { partPath, partsOf } from './lib/pages.ts';
import type { PublicMiniapp } from './lib/public.ts';
import { localized } from './lib/text.ts';

/** The whitelist of a miniapp where it has pages of its own. */
export function longWhitelist(miniapp: PublicMiniapp, language: Language): Access | undefined {
  return isLong(miniapp) ? access(workspace, miniapp, now, language) : undefined;
}

/** Its pages, in their order; none where the page of the miniapp has all rows. */
export function whitelistParts(miniapp: PublicMiniapp, language: Language): ListParts[] {
  const view = longWhitelist(miniapp, language);
  if (!view) return [];
  const { id, basics } = miniapp;
  const name = localized(basics.name, language, workspace.platform.languages);
  const count = partsOf(view.whitelist.length, WHITELIST_PART);
  return Array.from({ length: count }, (_part, index) => ({
    path: partPath(whitelistPath(id), index + 1).replace(/^miniapps\//, ''),
    title: `${words[language].access.whitelist} · ${name}`,
    content: whitelistPage(language, { id, name, view, part: index + 1 }),
  }));
}
