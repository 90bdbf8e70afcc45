/**
 * Apps, regions and miniapps by the names that people read: where an id is asked and a name is one's alone, it stands for the id.
 * A word that is an id, or means none or several, stays as it is, so that whoever looks it up says what is wrong with it.
 */
import type { Workspace } from './model.ts';

type Name = string | Readonly<Record<string, string>>;
type Named = readonly [id: string, name: Name];

const textsOf = (name: Name): readonly string[] => (typeof name === 'string' ? [name] : Object.values(name));
const plain = (name: string): string => name.trim().toLocaleLowerCase('en');

/** The ids of what is called by a word in one of its languages, whatever the case of its letters. */
export function idsByName(known: Iterable<Named>): (word: string) => readonly string[] {
  const byName = new Map<string, Set<string>>();
  for (const [id, name] of known)
    for (const one of textsOf(name)) {
      const key = plain(one);
      const ids = byName.get(key);
      if (ids) ids.add(id);
      else byName.set(key, new Set([id]));
    }
  return (word) => [...(byName.get(plain(word)) ?? [])];
}

/** From words to ids, for all the words of a command or a file. */
export interface NamedIds {
  readonly app: (word: string) => string;
  readonly miniapp: (word: string) => string;
  readonly region: (word: string) => string;
  /** Of a list that was taken apart at its spaces: a name may hold some, and the longest that is one counts. */
  readonly regions: (words: readonly string[]) => string[];
}

/** Looks names up among the apps, miniapps and regions of a workspace. The index of a kind is made when its first word asks. */
export function namedIds({ apps, miniapps, platform }: Pick<Workspace, 'apps' | 'miniapps' | 'platform'>): NamedIds {
  const app = idOf(apps, () => [...apps.values()].map(({ id, name }) => [id, name]));
  const miniapp = idOf(miniapps, () => [...miniapps.values()].map(({ id, basics }) => [id, basics.name]));
  const labels = Object.entries(platform.regions);
  const region = idOf(new Map(labels), () => labels);
  const longest = Math.max(
    1,
    ...labels.flatMap(([, label]) => textsOf(label).map((one) => one.trim().split(/\s+/).length)),
  );
  const regions = (words: readonly string[]): string[] => {
    const ids: string[] = [];
    for (let at = 0; at < words.length;) {
      const runs = Array.from({ length: Math.min(longest, words.length - at) }, (_, i) => words.slice(at, at + i + 1));
      const run = runs.findLast((some) => region(some.join(' ')) !== some.join(' ')) ?? runs[0]!;
      ids.push(region(run.join(' ')));
      at += run.length;
    }
    return ids;
  };
  return { app, miniapp, region, regions };
}

/** Regions as somebody writes them: `all` stands for each that is known, unless one is called so. */
export const regionsMeant = (words: readonly string[], known: readonly string[]): string[] => [
  ...(words.includes('all') && !known.includes('all') ? new Set(known) : words),
];

/** Names are looked at only for a word that is no id. */
function idOf(ids: ReadonlyMap<string, unknown>, known: () => readonly Named[]): (word: string) => string {
  let find: ((word: string) => readonly string[]) | undefined;
  return (word) => {
    if (ids.has(word)) return word;
    find ??= idsByName(known());
    const [only = word, ...others] = find(word);
    return others.length === 0 ? only : word;
  };
}
