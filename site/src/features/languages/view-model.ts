/** The languages of a miniapp's texts: how many texts each has, and which are missing. */
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';

export interface LanguageStrings {
  readonly languages: readonly {
    readonly tag: string;
    readonly count: number;
    readonly missing: number;
    /** The first of the missing keys. */
    readonly keys: readonly string[];
  }[];
}

/** At most this many missing keys are named. */
const NAMED_KEYS = 12;

/** Counts the texts of each language. A language is complete when it has every key of the fallback language, or of the first one. */
export function strings(workspace: PublicWorkspace, miniapp: PublicMiniapp): LanguageStrings {
  const [fallback = ''] = workspace.platform.languages;
  const tags = Object.keys(miniapp.strings).sort((a, b) => Number(b === fallback) - Number(a === fallback));
  const wanted = Object.keys(miniapp.strings[tags[0] ?? ''] ?? {});
  return {
    languages: tags.map((tag) => {
      const own = miniapp.strings[tag]!;
      const missing = wanted.filter((key) => !Object.hasOwn(own, key));
      return { tag, count: Object.keys(own).length, missing: missing.length, keys: missing.slice(0, NAMED_KEYS) };
    }),
  };
}
