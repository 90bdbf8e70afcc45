/** The miniapps that have an experience version, for the sheet of their codes. */
import { defined } from '#core/defined.ts';
import type { Language } from '#core/problems/messages.ts';
import type { PublicWorkspace } from '../../lib/public.ts';
import { localized } from '../../lib/text.ts';
import type { CodeAnswers } from '../qr/code-answers.ts';

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

export interface SheetCard {
  /** A code that can only fail is not printed. */
  readonly isDrawn: boolean;
  /** Why there is none, or what is to be known of it. */
  readonly says?: 'panel' | 'tooLong' | 'dead' | 'forNobody';
}

/** The code that a miniapp's page shows first; no drawing where its link is too long. */
interface PrintedCode {
  readonly code?: unknown;
  readonly answers: Pick<CodeAnswers, 'isDead' | 'isForNobody'>;
}

/** What stands on the card of a miniapp. */
export function sheetCard({ isPanel }: Pick<SheetRow, 'isPanel'>, code: PrintedCode | undefined): SheetCard {
  if (isPanel) return { isDrawn: false, says: 'panel' };
  if (!code?.code) return { isDrawn: false, says: 'tooLong' };
  if (code.answers.isDead) return { isDrawn: false, says: 'dead' };
  return { isDrawn: true, ...defined({ says: code.answers.isForNobody ? 'forNobody' : undefined }) };
}
