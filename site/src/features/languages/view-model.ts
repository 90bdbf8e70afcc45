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

/**
 * Counts the texts of each language, also of those of the platform that have none yet; of a miniapp without texts there is nothing to count.
 * A language is complete when it has every key of the fallback language, or of the first one.
 */
export function strings(workspace: PublicWorkspace, miniapp: PublicMiniapp): LanguageStrings {
  const { languages } = workspace.platform;
  const [fallback = ''] = languages;
  const there = Object.keys(miniapp.strings).sort((a, b) => Number(b === fallback) - Number(a === fallback));
  const wanted = Object.keys(miniapp.strings[there[0] ?? ''] ?? {});
  const tags = there.length === 0 ? [] : [...new Set([...there, ...languages])];
  return {
    languages: tags.map((tag) => {
      const own = miniapp.strings[tag] ?? {};
      const missing = wanted.filter((key) => !Object.hasOwn(own, key));
      return { tag, count: Object.keys(own).length, missing: missing.length, keys: missing.slice(0, NAMED_KEYS) };
    }),
  };
}
