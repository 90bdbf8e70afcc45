/** `--app` and `--region` by the names that people read: commands get the ids. */
import { namedIds } from '../../core/named.ts';
import { loadWorkingTree } from '../../git/working-tree/working-tree.ts';
import type { Input, Io } from '../frame/command.ts';
import { configFolder } from '../config/load-config.ts';

const OPTIONS = ['app', 'region', 'add-region', 'remove-region'] as const;

/** The input with ids in place of the names of apps and regions, one or several with commas. */
export function withNamedOptions(input: Input, io: Io): Input {
  const given = OPTIONS.filter((option) => input.values[option] !== undefined);
  if (given.length === 0) return input;
  const { path } = configFolder(input, io);
  const ids = namedIds(loadWorkingTree(path, { miniapps: [], kinds: new Set(['platform', 'app']) }).workspace);
  const values = { ...input.values };
  for (const option of given) {
    const idOf = option === 'app' ? ids.app : ids.region;
    const value = values[option];
    if (typeof value === 'string') values[option] = idsIn(value, idOf);
    else if (Array.isArray(value)) values[option] = value.map((one) => idsIn(String(one), idOf));
  }
  return { ...input, values };
}

/** A name may hold a comma, so that the whole is asked first. */
function idsIn(given: string, idOf: (word: string) => string): string {
  const whole = idOf(given);
  return whole === given ? given.split(',').map(idOf).join(',') : whole;
}
