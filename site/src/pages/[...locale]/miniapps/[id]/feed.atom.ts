/** The newest releases and reviews of a miniapp; there is none where nothing is known of it, or where the portal's address is not. */
import { ownIds, pasts, workspace } from '../../../../data.ts';
import { hasMiniappFeed, miniappFeedText } from '../../../../feeds.ts';
import { languageOf } from '../../../../i18n/index.ts';
import { answering, type Params } from '../../../../miniapp-file.ts';
import { forEachIn } from '../../../../paths.ts';

export const getStaticPaths = () => forEachIn(ownIds.filter((id) => hasMiniappFeed(workspace, pasts.get(id))));

/** What stands in the file that is asked for. */
export const body = ({ id, locale }: Params) => miniappFeedText(workspace, pasts.get(id!)!, id!, languageOf(locale));

export const GET = answering(body, 'application/atom+xml');
