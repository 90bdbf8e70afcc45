/**
 * A transition that a person requested by the form of a workflow: the command that they would type runs for them on the tip of the
 * default branch. Its edits become a pull request of the bot's, which is evaluated like any other.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inRepository } from '../../core/paths.ts';
import { UsageError } from '../../core/errors.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import { temporaryFolder } from '../../git/stores/temporary.ts';
import { diskSource } from '../../read/disk.ts';
import type { Source } from '../../read/source.ts';
import type { FileChange } from '../../github/types.ts';

/** The inputs of the form. All of them are untrusted text. */
export interface TransitionForm {
  readonly transition: string;
  readonly miniapp: string;
  readonly version: string;
  readonly reason: string;
  readonly arguments: string;
}

/** Characters of arguments that a run's name can be trusted to hold. */
const MAX_ARGUMENTS_LENGTH = 500;

/** What the workflow calls the run of a form. */
export const runNameOf = ({ transition, miniapp, version, arguments: more }: TransitionForm): string =>
  `${transition} ${miniapp} ${version || more} ${version && more}`.trim();

/** A run's name without a setting's arguments, which may name accounts. */
export function withoutArguments(name: string): string {
  const form = settingOf(name);
  return form ? `${form.transition} ${form.miniapp}` : name;
}

/** Parses a run's name: the form of a setting, of a rollout, or of a step with its promises; undefined for anything else. */
export function settingOf(name: string): TransitionForm | undefined {
  const [, transition = '', miniapp = '', more = ''] = /^(\S+) (\S+)(?: (.*))?$/s.exec(name) ?? [];
  const form = { transition, miniapp, version: '', reason: '', arguments: more };
  if (SETTINGS.includes(transition) || ARCHIVING.includes(transition)) return form;
  const [version = '', ...options] = more.trim().split(/ +/);
  if (transition === START || transition === WIDEN)
    return /^\d/.test(version) ? { ...form, version, arguments: options.join(' ') } : form;
  const isWithPromises = WITH_PROMISES.includes(transition) && options.length === 1 && options[0] === UPDATE;
  return isWithPromises ? { ...form, version, arguments: UPDATE } : undefined;
}

/** The words of the command line, and the word between the verb and the id. */
const OF_A_VERSION = ['submit', 'withdraw', 'approve', 'reject', 'revoke', 'publish', 'rollback', 'delete'];
const OF_A_MINIAPP = ['enable', 'disable'];
const ARCHIVING = ['archive', 'unarchive'];
const SETTINGS = ['whitelist', 'trafficking', 'member', 'domain', 'cloud', 'language', 'scenario'];
/** Steps that change what opens; promises may be updated in the same change. A promise about a revoked version is suspended anyway. */
const WITH_PROMISES = ['publish', 'rollback'];
const UPDATE = '--update-scenarios';
/** Steps whose arguments say for whom they are. */
const [START, WIDEN, STOP] = ['start-rollout', 'widen-rollout', 'stop-rollout'];
const OF_A_ROLLOUT = new Set(['--percent', '--app', '--region', UPDATE]);
const REASONED = ['reject', 'revoke'];

/** Options of settings that name no file of this machine and change nobody's identity. */
const OPTIONS = new Set(
  [
    ...['app', 'account', 'note', 'expires', 'region', 'login', 'role', 'api', 'language', 'key', 'text'],
    ...['name', 'opens', 'error', 'entry', 'page', 'device', 'audience', 'app-version'],
  ].map((one) => `--${one}`),
);

/** The command line of a form. Throws UsageError where the inputs give none. */
export function wordsOf({ transition, miniapp, version, reason, arguments: more }: TransitionForm): string[] {
  const isId = /^[a-z0-9]{8,32}$/.test(miniapp);
  if (!isId) throw new UsageError("the miniapp's id is missing, or is none: 8 to 32 small letters and digits");
  const given = split(more);
  if (SETTINGS.includes(transition)) {
    if (more.length > MAX_ARGUMENTS_LENGTH)
      throw new UsageError(
        `the arguments are longer than ${MAX_ARGUMENTS_LENGTH} characters: use the command line, or several runs`,
      );
    return settingWords(transition, miniapp, given);
  }
  const isVersion = /^\d{1,9}\.\d{1,9}\.\d{1,9}$/.test(version);
  if (transition === START || transition === WIDEN) return rolloutWords(transition, miniapp, version, isVersion, given);
  const isUpdate = WITH_PROMISES.includes(transition) && given.length === 1 && given[0] === UPDATE;
  if (given.length > 0 && !isUpdate) {
    const but = WITH_PROMISES.includes(transition) ? `but ${UPDATE}` : 'at all';
    throw new UsageError(`${transition} takes no arguments ${but}; leave that field empty`);
  }
  if (ARCHIVING.includes(transition)) return ['edit', miniapp, `--${transition}`];
  // One word with the option's name, because a reason may begin with a dash.
  const why = REASONED.includes(transition) ? [`--reason=${reason.trim()}`] : [];
  if (why.length > 0 && reason.trim() === '') throw new UsageError(`${transition} needs a reason`);
  if (OF_A_MINIAPP.includes(transition)) return [transition, miniapp];
  if (transition === 'clear-experience') return ['experience', 'clear', miniapp];
  if (transition === STOP) return ['rollout', 'stop', miniapp];
  if (!isVersion) throw new UsageError(NO_VERSION);
  if (transition === 'set-experience') return ['experience', 'set', miniapp, version];
  if (OF_A_VERSION.includes(transition)) return [transition, miniapp, version, ...why, ...given];
  throw new UsageError('there is no such transition');
}

const NO_VERSION = 'the version is missing, or is none: three numbers, as 1.2.0';

function rolloutWords(
  transition: string,
  miniapp: string,
  version: string,
  isVersion: boolean,
  given: readonly string[],
): string[] {
  for (const word of given) {
    const [option = ''] = word.split('=');
    if (word.startsWith('-') && !OF_A_ROLLOUT.has(option)) throw new UsageError(`${option} cannot be given here`);
  }
  // A rollout that is widened keeps its version, so the form may leave the version out.
  if (!isVersion && (transition === START || version !== '')) throw new UsageError(NO_VERSION);
  const [verb, ...own] = transition === START ? ['start', miniapp, version] : ['widen', miniapp];
  return ['rollout', verb!, ...own, ...given];
}

function settingWords(name: string, miniapp: string, [verb = '', ...rest]: readonly string[]): string[] {
  if (verb !== 'add' && verb !== 'remove' && verb !== 'set')
    throw new UsageError(`the arguments of ${name} begin with add, remove or set, as on the command line`);
  for (const word of rest) {
    const [option = ''] = word.split('=');
    const isOption = word.startsWith('-') && word !== '-';
    if (isOption && !OPTIONS.has(option)) throw new UsageError(`${option} cannot be given here`);
  }
  return [name, verb, miniapp, ...rest];
}

/** Words as a shell would split them, without anything else that a shell does. */
function split(text: string): string[] {
  const words = text.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single ?? ''));
}

const CONFIG = 'config';

/** Runs a command line in a folder on behalf of somebody, as of a time or now, and gives its exit code. */
export type CommandLine = (words: readonly string[], folder: string, actor: string, now?: number) => Promise<number>;

/** Runs a command line in a folder, and gives its exit code; what it says is for the person. */
export type TransitionCommand = (words: readonly string[], folder: string) => Promise<number>;

export interface BranchTip {
  /** The configuration's folder in a clone, the commit, and the configuration's path from the top of the repository. */
  readonly path: string;
  readonly commit: string;
  readonly prefix: string;
}

/**
 * Runs a command on a copy of the part of the configuration that it reads. Returns its edits; undefined when the command refuses,
 * empty when there is nothing to do.
 */
export async function editsOf(
  tip: BranchTip,
  words: readonly string[],
  miniapp: string,
  run: TransitionCommand,
): Promise<FileChange[] | undefined> {
  const place = temporaryFolder(tmpdir(), 'miniapp-transition-');
  // The command's output names the folder as people do.
  const folder = join(place.path, CONFIG);
  try {
    const source = commitSource(tip.path, tip.commit, tip.prefix);
    const copied = copy(source, folder, miniapp);
    const code = await run([...words, '--config', CONFIG], place.path);
    return code === 0 ? differences(copied, folder, tip.prefix) : undefined;
  } finally {
    place.remove();
  }
}

/** The plain files that a command on one miniapp reads. Links are not followed; the evaluation reports them. */
function copy(source: Source, folder: string, miniapp: string): Map<string, Uint8Array> {
  const read = ['README.md', 'platform.yaml', 'policy.yaml', 'apps', 'people', `miniapps/${miniapp}`];
  const isStrange = (part: string) => part === '' || part === '.' || part === '..' || part.includes('\\');
  const files = new Map<string, Uint8Array>();
  for (const { path, kind } of read.flatMap((under) => source.list(under))) {
    if (kind !== 'file' || path.split('/').some(isStrange)) continue;
    const content = source.read(path);
    files.set(path, content);
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return files;
}

function differences(before: ReadonlyMap<string, Uint8Array>, folder: string, prefix: string): FileChange[] {
  const after = diskSource(folder);
  const now = new Map(after.list('').map(({ path }) => [path, after.read(path)]));
  const paths = [...new Set([...before.keys(), ...now.keys()])].sort();
  const isSame = (path: string) => {
    const [old, fresh] = [before.get(path), now.get(path)];
    return old !== undefined && fresh !== undefined && Buffer.from(old).equals(fresh);
  };
  return paths
    .filter((path) => !isSame(path))
    .map((path) => ({ path: inRepository(prefix, path), content: now.get(path) ?? null }));
}
