/**
 * The pages that each miniapp has: which there are, and what differs between them. `astro dev` renders each of them; a build renders
 * the frame alone, which stands first among them, and fills it with the same parts (miniapp-files.ts).
 */
import { partsOf } from './miniapp-data.ts';
import { miniappOf, ownIds, ownMiniapps } from './data.ts';
import { FRAME, FRAME_NAME, LIST_FRAME, LIST_FRAME_NAME, type ListParts } from './features/miniapp/frame-markup.ts';
import type { MiniappParts } from './features/miniapp/markup.ts';
import type { Language } from './i18n/index.ts';
import type { Asked } from './miniapp-file.ts';
import { forEachIn, forEachPartIn } from './paths.ts';
import { whitelistPart, whitelistParts } from './whitelists.ts';

type InLanguage = Asked<{ readonly language: Language }>;
type PartInLanguage = Asked<{ readonly language: Language; readonly part: number }>;

/** The page of a miniapp. */
export const miniappPage = {
  marks: FRAME,
  paths: () => forEachIn([FRAME_NAME, ...ownIds]),
  parts: ({ params: { id }, props: { language } }: InLanguage): MiniappParts =>
    id === FRAME_NAME ? FRAME : partsOf(id!, language),
};

/** The pages of a whitelist that is too long for it. */
export const whitelistPage = {
  marks: LIST_FRAME,
  paths: () => [...forEachPartIn([{ id: LIST_FRAME_NAME }], () => 1), ...forEachPartIn(ownMiniapps, whitelistParts)],
  parts: ({ params: { id }, props: { language, part } }: PartInLanguage): ListParts =>
    id === LIST_FRAME_NAME ? LIST_FRAME : whitelistPart(miniappOf(id), language, part),
};
