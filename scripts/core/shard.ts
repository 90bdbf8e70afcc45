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

/** What is a part's of all, in their order. */
export const ofShard = <Item>(all: Iterable<Item>, { part, parts }: Shard): Item[] =>
  [...all].filter((_, index) => index % parts === part - 1);
