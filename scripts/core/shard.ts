/** A part of a portal: the pages of every n-th miniapp. */
import { UsageError } from './errors.ts';

/** The I-th of N, from 1. */
export interface Shard {
  readonly part: number;
  readonly parts: number;
}

/** Of `I/N` with 1 ≤ I ≤ N. Throws UsageError. */
export function shardIn(text: string): Shard {
  const [part = 0, parts = 0] = /^[1-9][0-9]{0,3}\/[1-9][0-9]{0,3}$/.test(text) ? text.split('/').map(Number) : [];
  if (part === 0 || part > parts) throw new UsageError(`--shard ${text}: it is I/N, such as 1/4`);
  return { part, parts };
}

/** Several as one text: `1/5 2/5`. */
export const shardsText = (shards: readonly Shard[]): string =>
  shards.map(({ part, parts }) => `${part}/${parts}`).join(' ');

/** Of such a text. Throws UsageError. */
export const shardsIn = (text: string): Shard[] => text.split(' ').map(shardIn);

/** What is of one of these parts, in the order of all. */
export const ofShards = <Item>(all: Iterable<Item>, shards: readonly Shard[]): Item[] =>
  [...all].filter((_, index) => shards.some(({ part, parts }) => index % parts === part - 1));
