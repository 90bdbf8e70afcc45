/** The index of the search, fetched once when somebody first asks; what failed is tried again by the next question. */
import { finderOf, type Finder } from './found.ts';

import { findingWords } from '../../lib/finding-words.client.ts';
import type { SearchIndex } from './row.ts';

let loading: Promise<Finder> | undefined;

/** Rejects where the index cannot be fetched. */
export function loadFinder(index: string): Promise<Finder> {
  loading ??= fetchFinder(index).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchFinder(index: string): Promise<Finder> {
  const response = await fetch(index);
  if (!response.ok) throw new Error(`${response.status}`);
  return finderOf((await response.json()) as SearchIndex, findingWords().search.opensIn);
}
