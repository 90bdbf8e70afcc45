import { MINIAPPS_LISTED } from '../../core/tool-command.ts';
import { safe } from '../../report/terminal.ts';

/** What is said of an id that no miniapp has. */
export const unknownMiniapp = (id: string): string => `there is no miniapp "${safe(id)}". ${MINIAPPS_LISTED}`;
