/** The index of the search, fetched once when somebody first asks; what failed is tried again by the next question. */
import { finderOf, type Finder } from './found.ts';

import { findingWords } from '../../lib/finding-words.client.ts';
import { INSIDES, type SearchIndex, type SearchInsides } from './row.ts';

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
  const fetched = async <Document>(address: string | URL) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${response.status}`);
    return (await response.json()) as Document;
  };
  const insides = fetched<SearchInsides>(new URL(INSIDES, new URL(index, location.href)));
  const [rows, inside] = await Promise.all([fetched<SearchIndex>(index), insides]);
  return finderOf(rows, inside, findingWords().search.opensIn);
}
