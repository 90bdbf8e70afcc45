/** What only the past can tell. Git answers it; tests hand it in. */
import type { Release } from '../model.ts';
export interface History {
  /** Every version number that the miniapp ever had on the base branch, deleted ones too. */
  versionsEver(miniapp: string): readonly string[];
  /** Whether a miniapp of this id was ever there. */
  wasEver(miniapp: string): boolean;
  /** When the version's submission merged, in milliseconds since 1970; undefined when it never was. */
  submittedAt(miniapp: string, version: string): number | undefined;
  /** The release that is committed, where the base is files that may be ahead of it. */
  releaseCommitted?(miniapp: string): Release | undefined;
}

/** A past in which there is nothing but what the base holds now. */
export const noHistory: History = {
  versionsEver: () => [],
  wasEver: () => false,
  submittedAt: () => undefined,
};
