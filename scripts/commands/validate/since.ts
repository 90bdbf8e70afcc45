/** What is wrong now and was not at a commit. */
import { inRepository } from '../../core/paths.ts';
import { commitSource } from '../../git/objects/commit-source.ts';
import { git } from '../../git/process/location.ts';
import { listing } from '../../git/objects/unfolding.ts';
import { type Input, type Io } from '../../cli/frame/command.ts';
import { touchedOnly } from '../../evaluate/touched.ts';
import { configFolder, readConfig, type CheckedConfig } from '../../cli/config/load-config.ts';
import { beyond } from '../../core/problems/beyond.ts';

/**
 * The problems of the folder that the commit did not have, wherever they show: an app that goes is found in the miniapps that
 * name it. Reads the miniapps that differ, or all when what all depend on differs. Throws UsageError when Git cannot tell.
 */
export async function checkSince(input: Input, io: Io, base: string, now: number): Promise<CheckedConfig> {
  const { path } = configFolder(input, io);
  const repository = git(path);
  const commit = await repository.commit(base);
  const prefix = await repository.prefix();
  // Paths are relative to the repository; -z keeps names as they are.
  const names = ['--name-only', '--no-renames', '--ignore-submodules=none', '-z'];
  const tracked = listing(path, ['diff', ...names, commit, '--', '.'], commit).toString('utf8');
  const untracked = await repository.run('ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', '.');
  const start = inRepository(prefix).length;
  const paths = `${tracked}\0${untracked}`.split('\0').flatMap((name) => (name === '' ? [] : [name.slice(start)]));
  const options = touchedOnly(paths);
  const before = await readConfig(input, io, now, options, commitSource(path, commit, prefix));
  const after = await readConfig(input, io, now, options);
  return { ...after, problems: beyond(before.problems, after.problems, keyOf) };
}

/** A row is the same after another was put above it, so its number is no part of what is compared. */
const keyOf = ({ code, file, message }: CheckedConfig['problems'][number]) =>
  JSON.stringify([code, file, message.replaceAll(/\[\d+\]/g, '[]')]);
