/** How an app and a region stand to a miniapp: all that counts of them in a resolution, so that cells which stand alike are one. */
import { isDelivered } from '#core/resolution/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

export type Standing = 'delivered' | 'default' | 'away';

export const standingOf = (
  { apps }: Pick<PublicWorkspace, 'apps'>,
  miniapp: PublicMiniapp,
  app: string,
  region: string,
): Standing => (isDelivered(miniapp, app, region) ? 'delivered' : apps.get(app)?.default === true ? 'default' : 'away');
