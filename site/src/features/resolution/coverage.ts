/** How an app and a region are covered: all that counts of them in a resolution, so that cells with one coverage are one. */
import { isDelivered } from '#core/resolution/resolve.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

export type Coverage = 'delivered' | 'default' | 'away';

/** `delivered` where the miniapp is, `default` in the default app elsewhere, else `away`. */
export const coverageOf = (
  { apps }: Pick<PublicWorkspace, 'apps'>,
  miniapp: PublicMiniapp,
  app: string,
  region: string,
): Coverage => (isDelivered(miniapp, app, region) ? 'delivered' : apps.get(app)?.default === true ? 'default' : 'away');
