/** `--app` and `--region` by the names that people read: commands get the ids. */
import { loadWorkingTree } from '../git/working-tree.ts';
import type { Input, Io } from './command.ts';
import { configFolder } from './load-config.ts';

const OPTIONS = ['app', 'region', 'add-region', 'remove-region'] as const;

type Name = string | Readonly<Record<string, string>>;

/**
 * The input with an id in place of each name or label that is one app's or one region's alone, in any language, whatever the case
 * of its letters. What is an id, or means none or several, stays, so that the command says what it always says.
 */
export function withNamedOptions(input: Input, io: Io): Input {
  const given = OPTIONS.filter((option) => input.values[option] !== undefined);
  if (given.length === 0) return input;
  const { path } = configFolder(input, io);
  const { apps, platform } = loadWorkingTree(path, { miniapps: [], kinds: new Set(['platform', 'app']) }).workspace;
  const names = {
    app: [...apps.values()].map(({ id, name }) => [id, name] as const),
    region: Object.entries(platform.regions),
  };
  const values = { ...input.values };
  for (const option of given) {
    const known = option === 'app' ? names.app : names.region;
    const value = values[option];
    if (typeof value === 'string') values[option] = idsIn(value, known);
    else if (Array.isArray(value)) values[option] = value.map((one) => idsIn(String(one), known));
  }
  return { ...input, values };
}

type NamesById = readonly (readonly [id: string, name: Name])[];

/** Of one, or of several with commas. */
const idsIn = (given: string, known: NamesById): string =>
  idOf(given, known) ??
  given
    .split(',')
    .map((part) => idOf(part, known) ?? part)
    .join(',');

function idOf(word: string, known: NamesById): string | undefined {
  if (known.some(([id]) => id === word)) return word;
  const plain = (name: string) => name.trim().toLocaleLowerCase('en');
  const wanted = plain(word);
  const isCalled = (name: Name) =>
    (typeof name === 'string' ? [name] : Object.values(name)).some((one) => plain(one) === wanted);
  const found = known.filter(([, name]) => isCalled(name));
  return found.length === 1 ? found[0]![0] : undefined;
}
