/** The tree of words made from the index, and what is found in it. No page is touched here. */
import MiniSearch, { type SearchResult } from 'minisearch';
import { FOUND_KINDS, type FoundKind, type SearchRow } from './view-model.ts';
import { versionAnchor } from '../versions/view-model.ts';
import { wordsOf } from './words.ts';

export interface Found {
  readonly kind: FoundKind;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Below the portal's address in this language. */
  readonly path: string;
  /** The versions and pages of a miniapp that answer. */
  readonly inside: readonly { readonly label: string; readonly path: string }[];
}

export interface Finder {
  /** The best first; `count` is of all that answer. */
  find(query: string, kind: FoundKind | ''): { readonly found: readonly Found[]; readonly count: number };
}

/** As many are shown; who wants more asks more precisely. */
export const MOST_FOUND = 50;
/** As many versions and pages of one miniapp are named. */
const MOST_INSIDE = 6;
/** Rows that are taken in at once, so that the page stays awake. */
const CHUNK = 500;

/** Takes all rows in, some at a time. */
export async function finderOf(rows: readonly SearchRow[]): Promise<Finder> {
  const tree = new MiniSearch({
    idField: 'key',
    fields: ['id', 'title', 'text', 'versions', 'pages'],
    tokenize: wordsOf,
    processTerm: (word) => word,
  });
  const documents = rows.map(([, id, title, text, versions = [], pages = []], key) => ({
    key,
    id,
    title,
    text,
    versions: versions.join(' '),
    pages: pages.join(' '),
  }));
  await tree.addAllAsync(documents, { chunkSize: CHUNK });
  return {
    find(query, kind) {
      const results = tree.search(query, {
        combineWith: 'AND',
        prefix: true,
        // One slip in five letters; ids and versions are typed as they are.
        fuzzy: (word) => (/^[\p{Script=Latin}]{5,}$/u.test(word) ? 0.2 : false),
        boost: { id: 4, title: 3, versions: 1.5 },
        filter: ({ id }) => kind === '' || kindOf(rows[id as number]!) === kind,
      });
      const best = results.toSorted((a, b) => b.score - a.score || (a.id as number) - (b.id as number));
      return { count: best.length, found: best.slice(0, MOST_FOUND).map((result) => foundOf(rows, result)) };
    },
  };
}

const kindOf = ([kind]: SearchRow): FoundKind => FOUND_KINDS[kind]!;

const PATHS: Readonly<Record<FoundKind, (id: string) => string>> = {
  miniapp: (id) => `miniapps/${id}/`,
  app: (id) => `apps/${id}/`,
  person: (id) => `people/${id}/`,
  symptom: (id) => `symptoms/#${id}`,
  rule: (id) => `rules/#${id}`,
};

function foundOf(rows: readonly SearchRow[], { id: key, match }: SearchResult): Found {
  const row = rows[key as number]!;
  const [, id, title, text, versions = [], pages = []] = row;
  const path = PATHS[kindOf(row)](id);
  const matched = (field: string) => new Set(Object.keys(match).filter((word) => match[word]!.includes(field)));
  const holds = (words: ReadonlySet<string>, own: string) => wordsOf(own).some((word) => words.has(word));
  const [byVersion, byPage] = [matched('versions'), matched('pages')];
  const inside = [
    ...versions
      .filter((version) => holds(byVersion, version))
      .map((label) => ({ label, path: `${path}#${versionAnchor(label)}` })),
    ...pages
      .filter((page) => holds(byPage, page))
      .map((label) => ({ label, path: `${path}?${new URLSearchParams({ 'qr.page': label })}#try` })),
  ];
  return { kind: kindOf(row), id, title, text, path, inside: inside.slice(0, MOST_INSIDE) };
}
