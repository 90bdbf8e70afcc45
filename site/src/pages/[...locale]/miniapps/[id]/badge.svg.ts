/** The status of a miniapp as a drawing, in each language. */
import { miniappOf, ownIds } from '../../../../data.ts';
import { badgeSvg } from '../../../../features/badge/badge.ts';
import { languageOf } from '../../../../i18n/index.ts';
import { answering, type Params } from '../../../../miniapp-file.ts';
import { forEachIn } from '../../../../paths.ts';

export const getStaticPaths = () => forEachIn(ownIds);

/** What stands in the file that is asked for. */
export const body = ({ id, locale }: Params) => badgeSvg(miniappOf(id), languageOf(locale));

export const GET = answering(body, 'image/svg+xml');
