/** What is wrong with what is about to be committed. Quick however large the configuration is: see `staged`. */
import { identify, miniappOf, pathOf } from '../../core/paths.ts';
import { staged } from '../../git/working-tree/staged.ts';
import type { Input, Io } from '../../cli/frame/command.ts';
import { configFolder, readConfig, type CheckedConfig } from '../../cli/config/load-config.ts';

/**
 * Reads the miniapps that have something staged, and what all of them share. What the other miniapps say of a staged change of
 * the platform is left to the pull request: reading all of them is what would take long.
 */
export async function checkStaged(input: Input, io: Io, now: number): Promise<CheckedConfig> {
  const { folder, path } = configFolder(input, io);
  const { paths, source } = staged(path);
  const miniapps = [...new Set(paths.flatMap((changed) => miniappOf(changed) ?? []))];
  const shared = [pathOf.platform, pathOf.policy, 'apps', 'people'];
  const read = source([...shared, ...paths, ...miniapps.map(pathOf.folder)]);
  // What belongs nowhere is in no folder that is read.
  const also = paths.filter((changed) => identify(changed)?.kind === 'readme' || identify(changed) === undefined);
  const checked = await readConfig(input, io, now, { miniapps, also }, read);
  const start = folder.replace(/(?<!\/)\/+$/, '').length + 1;
  const isShared = paths.some((changed) => !changed.startsWith('miniapps/'));
  const isConcerned = (file: string) => {
    const own = file.slice(start);
    return paths.includes(own) || miniapps.some((id) => own.startsWith(`${pathOf.folder(id)}/`)) || isShared;
  };
  return { ...checked, problems: checked.problems.filter(({ file }) => isConcerned(file)) };
}
