/** Which miniapp a word of a command line means: an id, the beginning of one, or a name in any language. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { idsByName } from '../../core/named.ts';
import { identify, pathOf } from '../../core/paths.ts';
import { loadWorkingTree } from '../../git/working-tree/working-tree.ts';
import { safe } from '../../report/terminal.ts';
import { UsageError, type Input, type Io } from '../frame/command.ts';
import { configFolder } from '../config/load-config.ts';

/** Characters of a beginning that means an id, and how many the id has beyond it: what is nearly nothing, or nearly all, is a slip. */
const BEGINNING = { least: 4, beyond: 3 };

/** How many candidates are named. */
const NAMED = 5;

/**
 * The input with ids in place of what stands for them: the word at `index`, and each `--miniapp`. An id that is there costs one
 * look at its folder. A word that means none stays, so that the command says what it always says. Throws UsageError for a word
 * that means several. What is read is the folder on disk, also with `--at`.
 */
export function withMiniappIds(input: Input, io: Io, index: number): Input {
  const { path } = configFolder(input, io);
  const idOf = (word: string) => miniappId(path, word);
  const { positionals, values } = input;
  const named = (values['miniapp'] ?? []) as string[];
  const isMany = values['all'] === true || named.length > 0;
  return {
    positionals: positionals.map((word, i) => (i === index && !isMany ? idOf(word) : word)),
    values: named.length > 0 ? { ...values, miniapp: named.map(idOf) } : values,
  };
}

function miniappId(path: string, word: string): string {
  const isId = identify(pathOf.file(word, 'miniapp')) !== undefined;
  const isThere = (id: string) =>
    statSync(join(path, pathOf.folder(id)), { throwIfNoEntry: false })?.isDirectory() === true;
  // A link or a path names no miniapp.
  if (word === '' || /[/:]/.test(word) || (isId && isThere(word))) return word;
  const ids = foldersIn(join(path, 'miniapps'));
  // An id that is not there is unknown: one with a slip is not taken for another.
  const isBegun = (id: string) => id.startsWith(word) && id.length >= word.length + BEGINNING.beyond;
  const begun = word.length < BEGINNING.least ? [] : ids.filter(isBegun);
  const [only = word, ...others] = begun.length > 0 ? begun : called(path, ids, word);
  if (others.length === 0) return only;
  const all = [only, ...others];
  const more = all.length > NAMED ? `, … (${all.length} in all)` : '';
  throw new UsageError(`"${safe(word)}" may be ${all.slice(0, NAMED).join(', ')}${more}: write more of the id`);
}

function foldersIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  const isMiniapp = (name: string) => identify(pathOf.file(name, 'miniapp')) !== undefined;
  return readdirSync(folder).filter(isMiniapp).sort();
}

/** The miniapps with this name in one of their languages, whatever the case of its letters. */
function called(path: string, ids: readonly string[], word: string): string[] {
  const { miniapps } = loadWorkingTree(path, { miniapps: ids, kinds: new Set(['miniapp']) }).workspace;
  return [...idsByName([...miniapps.values()].map(({ id, basics }) => [id, basics.name]))(word)];
}
