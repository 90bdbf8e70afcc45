/** The tree of words made from the index, and what is found in it. No page is touched here. */
import MiniSearch, { type SearchResult } from 'minisearch';
import { fill } from '#core/problems/fill.ts';
import { pageOf, readLink } from '#core/resolution/read-link.ts';
import {
  FOUND_KINDS,
  OVERVIEW,
  type FoundKind,
  type SearchIndex,
  type SearchInside,
  type SearchInsides,
  type SearchRow,
} from './row.ts';
import { versionAnchor } from '../../lib/version-anchor.ts';
import { wordsOf } from './words.ts';

export interface Found {
  readonly kind: FoundKind;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Below the portal's address in this language. */
  readonly path: string;
  /** The versions, pages and servers of a miniapp that answer. */
  readonly inside: readonly { readonly label: string; readonly path: string }[];
}

export interface Finder {
  /** Everything of one kind, as the index has it. */
  all(kind: FoundKind): readonly Found[];
  /** The best first; `count` is of all that answer. */
  find(query: string, kind: FoundKind | ''): { readonly found: readonly Found[]; readonly count: number };
}

/** As many are shown; who wants more asks more precisely. */
export const MOST_FOUND = 50;
/** As many versions, pages and servers of one miniapp are named. */
const MOST_INSIDE = 6;
/** Rows that are taken in at once, so that the page stays awake. */
const CHUNK = 500;

const NOTHING_INSIDE: SearchInside = [[], [], [], []];

/** Takes all rows in, some at a time. `opensIn`: what the way to the answers of a link in an `{app}` is called. */
export async function finderOf({ link, rows }: SearchIndex, insides: SearchInsides, opensIn: string): Promise<Finder> {
  const insideOf = (row: SearchRow): SearchInside =>
    (kindOf(row) === 'miniapp' ? insides[row[1]] : undefined) ?? NOTHING_INSIDE;
  const names = new Map(rows.filter((row) => RELATED.has(kindOf(row))).map(([, id, title]) => [id, title]));
  const tree = new MiniSearch({
    idField: 'key',
    fields: [...OWN_FIELDS, 'related'],
    tokenize: wordsOf,
    processTerm: (word) => word,
  });
  const documents = rows.map((row, key) => {
    const [, id, title, text, regions = []] = row;
    const [versions, pages, origins] = insideOf(row).map((names) => names.join(' '));
    const related = insideOf(row)[3].flatMap((one) => [one, names.get(one) ?? '']);
    return {
      ...{ key, id, title, text, versions, pages, origins, regions: regions.flat().join(' ') },
      related: related.join(' '),
    };
  });
  await tree.addAllAsync(documents, { chunkSize: CHUNK });
  const search = (query: string, kind: FoundKind | '', fields: readonly string[] = OWN_FIELDS) => {
    const asked = wordsOf(query).join(' ');
    const found = tree.search(query, {
      fields: [...fields],
      combineWith: 'AND',
      prefix: true,
      // One slip in five letters; ids and versions are typed as they are.
      fuzzy: (word) => (/^[\p{Script=Latin}]{5,}$/u.test(word) ? 0.2 : false),
      boost: { id: 4, title: 3, versions: 1.5 },
      // What there is goes before what was done to it.
      boostDocument: (key) => (kindOf(rows[key as number]!) === 'commit' ? 0.1 : 1),
      filter: ({ id }) => kind === '' || kindOf(rows[id as number]!) === kind,
    });
    // Of names that begin alike the one that was asked for whole goes first, however often another one says the words.
    const named = new Set(found.flatMap(({ id }) => (wordsOf(rows[id as number]![2]).join(' ') === asked ? [id] : [])));
    return found
      .toSorted(
        (a, b) =>
          Number(named.has(b.id)) - Number(named.has(a.id)) || b.score - a.score || (a.id as number) - (b.id as number),
      )
      .map((result) => foundOf(rows[result.id as number]!, insideOf, result));
  };
  return {
    all: (kind) => rows.filter((row) => kindOf(row) === kind).map((row) => plainly(row)),
    find(query, kind) {
      const scanned =
        kind === '' || kind === 'miniapp' ? scannedIn({ link, rows }, insideOf, query, opensIn) : undefined;
      if (scanned) return { count: 1, found: [scanned] };
      const own = search(query, kind);
      if (kind !== '' && kind !== 'miniapp') return { count: own.length, found: own.slice(0, MOST_FOUND) };
      // By an app or a member that it has, only beside other words: alone these lead to the app and to the person.
      const isKnown = new Set(own.map(({ id }) => id));
      const further =
        wordsOf(query).length > 1
          ? search(query, 'miniapp', [...OWN_FIELDS, 'related']).filter(({ id }) => !isKnown.has(id))
          : [];
      const found = [
        ...versionsIn(query, [...own, ...further], insides),
        ...cellsIn(rows, query, (rest) => search(rest, 'miniapp')),
        ...own.filter((one) => one.kind !== 'commit'),
        ...further,
        ...own.filter((one) => one.kind === 'commit'),
      ];
      return { count: found.length, found: found.slice(0, MOST_FOUND) };
    },
  };
}

/** Of what by its words alone is found. */
const OWN_FIELDS = ['id', 'title', 'text', 'versions', 'pages', 'origins', 'regions'];
/** What a miniapp may be found by besides. */
const RELATED: ReadonlySet<FoundKind> = new Set<FoundKind>(['app', 'person']);

/** Versions that a question names beside words of their miniapp, of an app or of a member: of the first miniapps that answer it. */
function versionsIn(query: string, found: readonly Found[], insides: SearchInsides): Found[] {
  const asked = wordsOf(query);
  const numbers = asked.filter((word) => VERSION.test(word));
  if (numbers.length !== 1 || asked.length < 2) return [];
  const [number] = numbers as [string];
  return found
    .filter(({ kind, id }) => kind === 'miniapp' && insides[id]?.[0].includes(number) === true)
    .slice(0, MOST_CELLS)
    .map((one) => ({
      ...one,
      title: `${one.title} · ${number}`,
      path: `${one.path}#${versionAnchor(number)}`,
      inside: [],
    }));
}

const VERSION = /^\d+\.\d+\.\d+$/;

/**
 * The miniapp that a scanned link means: its version, where the index knows it (one that was deleted has no place to lead to), and for each
 * app that has the link's scheme what such a code opens there.
 */
function scannedIn(
  { link, rows }: SearchIndex,
  insideOf: (row: SearchRow) => SearchInside,
  query: string,
  opensIn: string,
): Found | undefined {
  const read = readLink(link, query);
  const row = read && rows.find((one) => kindOf(one) === 'miniapp' && one[1] === read.miniapp);
  if (!row) return undefined;
  const { entry, scheme, version, device } = read;
  const found = plainly(row);
  const [versions] = insideOf(row);
  const isKnown = version !== undefined && versions.includes(version);
  const apps = rows.filter((one) => scheme !== undefined && one[5] === scheme);
  const asked = Object.entries({ entry, page: pageOf(read), device }).filter(([, value]) => value !== undefined) as [
    string,
    string,
  ][];
  return {
    ...found,
    inside: [
      ...(isKnown ? [{ label: version, path: `${found.path}#${versionAnchor(version)}` }] : []),
      ...apps.map(([, app, title]) => {
        const parameters = [['app', app] as const, ...asked].map(([name, value]) => [`qr.${name}`, value]);
        return {
          label: fill(opensIn, { app: title }),
          path: `${found.path}?${new URLSearchParams(parameters as [string, string][])}#try`,
        };
      }),
    ],
  };
}

/** As many miniapps are offered for the words that are left beside those of an app and a region. */
const MOST_CELLS = 3;

/** The cells that a question names: words of an app, words of one of its regions, and words of a miniapp. */
function cellsIn(rows: readonly SearchRow[], query: string, miniapps: (rest: string) => readonly Found[]): Found[] {
  const asked = wordsOf(query);
  const apart = (words: readonly string[], name: string) => {
    const own = wordsOf(name);
    const named = words.filter((word) => own.some((one) => one.startsWith(word)));
    return { isNamed: named.length > 0, rest: words.filter((word) => !named.includes(word)) };
  };
  return rows.flatMap(([, app, title, , regions = []]) => {
    const byApp = apart(asked, `${app} ${title}`);
    if (!byApp.isNamed) return [];
    return regions.flatMap(([region, name]) => {
      const { isNamed, rest } = apart(byApp.rest, `${region} ${name}`);
      if (!isNamed || rest.length === 0) return [];
      return miniapps(rest.join(' '))
        .slice(0, MOST_CELLS)
        .map((one) => ({
          ...one,
          title: `${one.title} · ${title} · ${name}`,
          path: `${one.path}#cell.${app}.${region}.everyone.link`,
          inside: [],
        }));
    });
  });
}

const kindOf = ([kind]: SearchRow): FoundKind => FOUND_KINDS[kind]!;

/** Below the portal's address in this language. */
const PATHS: Readonly<Record<FoundKind, (id: string) => string>> = {
  section: (id) => (id === OVERVIEW ? '' : `${id}/`),
  miniapp: (id) => `miniapps/${id}/`,
  app: (id) => `apps/${id}/`,
  person: (id) => `people/${id}/`,
  symptom: (id) => `symptoms/#${id}`,
  rule: (id) => `rules/#${id}`,
  commit: (id) => `history/#commit-${id}`,
};

/** A row as it is found by its name alone. */
function plainly(row: SearchRow): Found {
  const [, id, title, text] = row;
  const kind = kindOf(row);
  return { kind, id, title, text, path: PATHS[kind](id), inside: [] };
}

function foundOf(row: SearchRow, insideOf: (row: SearchRow) => SearchInside, { match }: SearchResult): Found {
  const found = plainly(row);
  const [versions, pages, origins] = insideOf(row);
  const inside = (field: string, of: readonly string[], path: (one: string) => string) => {
    const words = new Set(Object.keys(match).filter((word) => match[word]!.includes(field)));
    const counted = of.map((label) => ({ label, times: wordsOf(label).filter((word) => words.has(word)).length }));
    // Those that answer most of the question: `images.example.com` is not every address below `example.com`.
    const most = Math.max(1, ...counted.map(({ times }) => times));
    return counted
      .filter(({ times }) => times === most)
      .map(({ label }) => ({ label, path: found.path + path(label) }));
  };
  const own = [
    ...inside('versions', versions, (version) => `#${versionAnchor(version)}`),
    ...inside('pages', pages, (page) => `?${new URLSearchParams({ 'qr.page': page })}#try`),
    ...inside('origins', origins, () => '#network'),
  ];
  return { ...found, inside: own.slice(0, MOST_INSIDE) };
}
