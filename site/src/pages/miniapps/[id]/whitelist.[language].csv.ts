/** A whitelist that is too long for the page of its miniapp, whole, for a spreadsheet. */
import { miniappOf, ownMiniapps } from '../../../data.ts';
import { whitelistCsv } from '../../../features/access/whitelist.ts';
import { languageOf, languages } from '../../../i18n/index.ts';
import { answering, type Params } from '../../../miniapp-file.ts';
import { whitelistOf, whitelistParts } from '../../../whitelists.ts';

export const getStaticPaths = () =>
  ownMiniapps
    .filter((miniapp) => whitelistParts(miniapp) > 0)
    .flatMap(({ id }) => languages.map((language) => ({ params: { id, language } })));

/** What stands in the file that is asked for. */
export const body = ({ id, language: asked }: Params) => {
  const language = languageOf(asked);
  return whitelistCsv(language, whitelistOf(miniappOf(id), language));
};

export const GET = answering(body, 'text/csv; charset=utf-8');
