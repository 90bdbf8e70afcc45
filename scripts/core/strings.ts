/** The texts of a miniapp as data: merging what is imported, and what is missing, unused or says other placeholders. */
import type { Languages } from './model.ts';

/** Language, key, text. */
export type Strings = Languages['strings'];

/** A text that both sides have, and not the same. */
interface TextConflict {
  readonly language: string;
  readonly key: string;
  readonly have: string;
  readonly given: string;
}

export interface MergedStrings {
  readonly strings: Strings;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Where both sides differ and nothing said which counts; then the former text stays. */
  readonly conflicts: readonly TextConflict[];
}

export interface MergeOptions {
  /** What is given counts where both sides differ. */
  readonly overwrite: boolean;
  /** What is not given goes, in the languages that are given. */
  readonly prune: boolean;
}

/** What is there with what is given: new texts come after those that are there, in their own order. */
export function mergeStrings(have: Strings, given: Strings, { overwrite, prune }: MergeOptions): MergedStrings {
  const conflicts: TextConflict[] = [];
  let [added, changed, removed] = [0, 0, 0];
  const merged = new Map(Object.entries(have).map(([language, texts]) => [language, new Map(Object.entries(texts))]));
  for (const [language, texts] of Object.entries(given)) {
    const own = merged.get(language) ?? new Map<string, string>();
    const before = own.size;
    for (const [key, text] of Object.entries(texts)) {
      const former = own.get(key);
      if (former === text) continue;
      if (former !== undefined && !overwrite) {
        conflicts.push({ language, key, have: former, given: text });
        continue;
      }
      if (former === undefined) added += 1;
      else changed += 1;
      own.set(key, text);
    }
    for (const key of prune ? [...own.keys()] : []) {
      if (Object.hasOwn(texts, key)) continue;
      own.delete(key);
      removed += 1;
    }
    if (own.size === 0 && before > 0) merged.delete(language);
    else merged.set(language, own);
  }
  const strings = Object.fromEntries([...merged].map(([language, texts]) => [language, Object.fromEntries(texts)]));
  return { strings, added, changed, removed, conflicts };
}

/** Every key of any language, in the order in which they are met. */
export const keysOf = (strings: Strings): string[] => [
  ...new Set(Object.values(strings).flatMap((texts) => Object.keys(texts))),
];

/** For each language, of the platform or of the texts, that lacks some of the keys that another has, those keys. */
export function missingKeys(strings: Strings, platform: readonly string[]): Record<string, string[]> {
  const keys = keysOf(strings);
  const languages = [...new Set([...Object.keys(strings), ...platform])];
  const lacking = languages.map(
    (language) => [language, keys.filter((key) => !Object.hasOwn(strings[language] ?? {}, key))] as const,
  );
  return Object.fromEntries(lacking.filter(([, names]) => names.length > 0));
}

/** The codes that the vendor's container asks for itself; no page names them. */
const isBuiltIn = (key: string): boolean => key.startsWith('TUYA_');

/** What a project says of the keys that it uses. */
export interface UsedKeys {
  /** Keys that are named as such. */
  readonly named: ReadonlySet<string>;
  /** Any text of the code: what is put together elsewhere may be one of them. */
  readonly mentioned: ReadonlySet<string>;
  /** Beginnings of keys that are put together. */
  readonly prefixes: readonly string[];
}

/** Keys that nothing in the project can mean, and keys that it names and no language has. */
export function keyUse(strings: Strings, used: UsedKeys): { unused: string[]; undefinedKeys: string[] } {
  const keys = keysOf(strings);
  const known = new Set(keys);
  const isUsed = (key: string) =>
    isBuiltIn(key) ||
    used.named.has(key) ||
    used.mentioned.has(key) ||
    used.prefixes.some((prefix) => prefix !== '' && key.startsWith(prefix));
  return {
    unused: keys.filter((key) => !isUsed(key)),
    undefinedKeys: [...used.named].filter((key) => !known.has(key)).sort(),
  };
}

/** `{name}` and `{0}`, as the vendor's runtime fills them in; each once, sorted. */
export const placeholdersOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\s*([\p{L}\p{N}_$][\p{L}\p{N}_$.-]*)\s*\}/gu)].map(([, name]) => name!))].sort();

export interface PlaceholderDifference {
  readonly key: string;
  readonly language: string;
  /** What the text is compared with. */
  readonly against: string;
  readonly lacks: readonly string[];
  readonly extra: readonly string[];
}

/** Texts whose placeholders are not those of the fallback language, or where that has none of the first that has one. */
export function placeholderDifferences(strings: Strings, fallback: string): PlaceholderDifference[] {
  const languages = Object.keys(strings).sort((a, b) => Number(b === fallback) - Number(a === fallback));
  return keysOf(strings).flatMap((key) => {
    const [against = '', ...others] = languages.filter((language) => Object.hasOwn(strings[language]!, key));
    const expected = placeholdersOf(strings[against]?.[key] ?? '');
    return others.flatMap((language) => {
      const found = placeholdersOf(strings[language]![key]!);
      const lacks = expected.filter((name) => !found.includes(name));
      const extra = found.filter((name) => !expected.includes(name));
      return lacks.length + extra.length === 0 ? [] : [{ key, language, against, lacks, extra }];
    });
  });
}
