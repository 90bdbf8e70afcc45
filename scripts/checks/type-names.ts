/** One name, one meaning: a type that a file declares has a name that no other file gives to another type. */

/** At the top of a file: prettier begins no such line with a space. */
const DECLARATION = /^(?:export )?(?:interface|type|class|enum) (\w+)/gm;
/** Astro asks for this name, and each component has its own. */
const OF_ASTRO = 'Props';

/**
 * Names of types that several files declare, each with those files. `files`: texts by path. Tests may repeat names, as nothing imports
 * them; fixtures are counted apart, as the double of GitHub has GitHub's words.
 */
export function repeatedTypeNames(files: ReadonlyMap<string, string>): string[] {
  const declared = new Map<string, string[]>();
  for (const [file, text] of files) {
    if (/\.(?:test|generated)\.|\.generated$/.test(file)) continue;
    const scope = file.startsWith('scripts/fixtures/') ? 'fixtures' : 'product';
    for (const [, name = ''] of text.matchAll(DECLARATION)) {
      if (name === OF_ASTRO) continue;
      const key = `${scope} ${name}`;
      declared.set(key, [...(declared.get(key) ?? []), file]);
    }
  }
  return [...declared]
    .filter(([, places]) => places.length > 1)
    .map(([key, places]) => `${key.split(' ')[1]}: ${places.join(', ')}`)
    .sort();
}
