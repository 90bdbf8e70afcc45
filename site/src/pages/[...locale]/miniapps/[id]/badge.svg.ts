/** The status of a miniapp as a drawing, in each language. */
import { miniappOf, ownIds } from '../../../../data.ts';
import { badgeSvg } from '../../../../features/badge/badge.ts';
import type { Language } from '../../../../i18n/index.ts';
import { answering, type Asked } from '../../../../miniapp-file.ts';
import { forEachIn } from '../../../../paths.ts';

export const getStaticPaths = () => forEachIn(ownIds);

/** What stands in the file that is asked for. */
export const body = ({ params, props }: Asked<{ language: Language }>) =>
  badgeSvg(miniappOf(params['id']), props.language);

export const GET = answering(body, 'image/svg+xml');
