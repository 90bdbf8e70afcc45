/** One name, one meaning: a type has a name that no other file gives to another type, and no name holds a word that says nothing. */

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

/** Words of moods and pictures, and words for which the project has another one: `decision`, `evaluation`, `merge`, `description`. */
const NO_NAME = [
  ...[
    'standing',
    'stood',
    'telling',
    'told',
    'looking',
    'doing',
    'making',
    'giving',
    'got',
    'court',
    'hands',
    'wish',
    'deed',
  ],
  ...['makers', 'breach', 'lender', 'lenders', 'dossier', 'verdict', 'judgement', 'landing', 'remark'],
];
const DECLARED = /^(?:export )?(?:default )?(?:async )?(?:function\*?|const|let|interface|type|class|enum) (\w+)/gm;

/** `file: name` for each file, type, function and constant at the top of a file whose name holds such a word. Tests and fixtures are left out. */
export function vagueNames(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([file, text]) => {
    if (/\.test\.|\.generated\.|^scripts\/(?:fixtures|bench)\/|^site\/tests\//.test(file)) return [];
    const [base = ''] = file.slice(file.lastIndexOf('/') + 1).split('.');
    const names = [base, ...[...text.matchAll(DECLARED)].map(([, name = '']) => name)];
    const isVague = (name: string) => wordsOf(name).some((word) => NO_NAME.includes(word));
    return names.filter(isVague).map((name) => `${file}: ${name}`);
  });
}

/** `mayLandMore` → may, land, more; `MAX_ROWS` and `fetch-heads` likewise. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
