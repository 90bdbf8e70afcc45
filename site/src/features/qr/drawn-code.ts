/** The code that stands for a miniapp before and without any script. */
import { ORDINARY_LEVEL } from './levels.ts';
import { qrCode, type QrCode } from './qr-code.ts';
import { defaultCode, type DefaultCode } from './default-code.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

/** Every reader reads every mask; the best one would cost more than all the rest of a page. */
const SOME_MASK = 2;

/** A code with its drawing, which is the same in every language. */
export interface DrawnCode extends DefaultCode {
  /** None when the link is too long for a code. */
  readonly code?: QrCode;
}

/**
 * The link that the default code leads to, and the code; without one where the link is too long for any. Undefined for a panel, which
 * needs a device, and on a platform without apps.
 */
export function drawnCode(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number): DrawnCode | undefined {
  const found = defaultCode(workspace, miniapp, now);
  if (!found) return undefined;
  const code = qrCode(found.link, ORDINARY_LEVEL, SOME_MASK);
  return code ? { ...found, code } : found;
}

/** Where the code of a miniapp is, one drawing for its pages and for the sheet. */
export const codePath = (id: string): string => `miniapps/${id}/code.svg`;
