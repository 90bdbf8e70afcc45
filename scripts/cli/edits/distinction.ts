/** What of a command line says which edit it is. */
import { createHash } from 'node:crypto';
import type { Input } from '../frame/command.ts';
import type { EditContext } from '../frame/edit-context.ts';

/** Options that do not say what is wanted. */
const MANNER = new Set([
  'config',
  'format',
  'help',
  'actor',
  'dry-run',
  'no-pr',
  'commit',
  'approved-by',
  'no-store',
  'allow',
  'now',
]);

/** The words by which this edit differs from others of the same kind: none where kind, miniapp and version say it all. */
export function distinction(name: string, { positionals, values }: Input, id?: string): string[] {
  if (id !== undefined) return [];
  const options = Object.entries(values)
    .filter(([key, value]) => !MANNER.has(key) && value !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => JSON.stringify([key, value]));
  const isPlain = options.length === 0 && positionals.length <= 2;
  return isPlain ? [] : [name, ...positionals, ...options];
}

/** What the command line asks for, however it is to be done: a digest, the same for the same words of the same actor. */
export function requestOf({ name, input: { positionals, values }, who }: EditContext): string {
  const options = Object.entries(values).filter(([key, value]) => !MANNER.has(key) && value !== undefined);
  const words = JSON.stringify([name, who.actor, positionals, options.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  return createHash('sha256').update(words).digest('hex');
}
