/** The miniapps that have an experience version, for the sheet of their codes. */
import type { Language } from '#core/problems/messages.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';

/** Codes on one page of the sheet: four sheets of paper. */
export const SHEET_SIZE = 48;

export interface SheetRow {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** A panel has no code without a device. */
  readonly isPanel: boolean;
}

/** By id, so that the same miniapps are on the same page in every language. */
export const sheetRows = (workspace: PublicWorkspace, language: Language): SheetRow[] =>
  [...workspace.miniapps.values()].flatMap(({ id, basics, release }) => {
    const { experience } = release;
    if (!experience) return [];
    const name = localized(basics.name, language, workspace.platform.languages);
    return { id, name, version: experience.version, isPanel: basics.type === 'panel' };
  });
