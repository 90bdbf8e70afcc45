/** The rows of the list as the browser fetches them: what many share stands once, so that ten thousand come in little time. Pure. */
import { defined } from '#core/defined.ts';
import { avatarFile, STATES, type ListRow } from './row.ts';

/** `0` stands for what is not there. */
type PackedRow = readonly [
  id: string,
  isPanel: 0 | 1,
  name: string,
  /** The names in other languages, which the search looks in too. */
  otherNames: string,
  /** In `categories`. */
  category: number,
  /** The ending of its avatar's file. */
  avatar: string | 0,
  online: string | 0,
  isEnabled: 0 | 1,
  experience: string | 0,
  pending: string | 0,
  /** A bit for each of STATES. */
  states: number,
  /** In `deliveries`. */
  apps: number,
];

export interface PackedRows {
  /** Each with the name that people read. */
  readonly categories: readonly (readonly [category: string, name: string])[];
  /** Lists of apps. */
  readonly deliveries: readonly (readonly string[])[];
  readonly rows: readonly PackedRow[];
}

/** Numbers in the order in which things first come. */
function numbering<Item>(): { readonly all: Item[]; of(item: Item): number } {
  const known = new Map<string, number>();
  const all: Item[] = [];
  return {
    all,
    of(item) {
      const key = JSON.stringify(item);
      const before = known.get(key);
      if (before !== undefined) return before;
      known.set(key, all.length);
      return all.push(item) - 1;
    },
  };
}

/** From rows to lists of numbers and texts; `unpackRows` is its inverse. */
export function packRows(rows: readonly ListRow[]): PackedRows {
  const categories = numbering<readonly [string, string]>();
  const deliveries = numbering<readonly string[]>();
  const packed = rows.map((row): PackedRow => [
    row.id,
    row.type === 'panel' ? 1 : 0,
    row.name,
    row.otherNames,
    categories.of([row.category, row.categoryName]),
    row.avatar?.split('.').at(-1) ?? 0,
    row.online?.version ?? 0,
    row.online?.enabled === true ? 1 : 0,
    row.experience ?? 0,
    row.pending ?? 0,
    row.states.reduce((bits, state) => bits | (1 << STATES.indexOf(state)), 0),
    deliveries.of(row.apps),
  ]);
  return { categories: categories.all, deliveries: deliveries.all, rows: packed };
}

/** The rows that `packRows` was given. */
export function unpackRows({ categories, deliveries, rows }: PackedRows): ListRow[] {
  // Thousands of rows stand in a few combinations of states.
  const known = new Map<number, ListRow['states']>();
  const statesOf = (bits: number): ListRow['states'] => {
    let states = known.get(bits);
    if (!states) known.set(bits, (states = STATES.filter((_, bit) => (bits & (1 << bit)) !== 0)));
    return states;
  };
  return rows.map(
    ([id, isPanel, name, otherNames, category, avatar, online, isEnabled, experience, pending, states, apps]) => ({
      id,
      type: isPanel ? 'panel' : 'smart',
      name,
      otherNames,
      category: categories[category]![0],
      categoryName: categories[category]![1],
      ...defined({
        avatar: avatar === 0 ? undefined : avatarFile(id, avatar),
        online: online === 0 ? undefined : { version: online, enabled: isEnabled === 1 },
        experience: experience === 0 ? undefined : experience,
        pending: pending === 0 ? undefined : pending,
      }),
      states: statesOf(states),
      apps: deliveries[apps]!,
    }),
  );
}
