/** Whether a change has so large an effect that the policy asks for one more approval. */
import type { Policy } from '../model.ts';
import type { Role } from '../policy/policy.ts';
import { losesFit } from '../resolution/compatibility-effects.ts';
import { losesService } from '../resolution/resolution-table.ts';
import type { Consequences } from './if-published.ts';

/** Who gives that approval: somebody else with one of these roles. */
export const GATEKEEPERS: readonly Role[] = ['reviewer', 'owner'];

/** Whether the policy's `blastRadius` asks for it. */
export function isFarReaching({ blastRadius }: Policy, { effects, compatibility }: Consequences): boolean {
  const { cells, losingService } = blastRadius ?? {};
  const isLarge = cells !== undefined && effects.length > cells;
  return isLarge || (losingService === true && (effects.some(losesService) || compatibility.some(losesFit)));
}
