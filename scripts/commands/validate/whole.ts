/** A whole configuration for the commands that say something of all of it: what was found before is not looked for again. */
import { openStore } from '../../cache/store.ts';
import type { Workspace } from '../../core/model.ts';
import { nowOf, text, type Input, type Io, type Options } from '../../cli/frame/command.ts';
import { configFolder, ifSound, readConfig, soundConfig, type ReportedProblems } from '../../cli/config/load-config.ts';
import type { FoundByParts } from './by-parts.ts';
import type { MiniappSummary } from './summary.ts';

export const NO_CACHE = {
  'no-cache': { type: 'boolean', describe: 'look at every file, and keep nothing for the next time' },
} as const satisfies Options;

type FolderFindings = ReportedProblems & FoundByParts;

/**
 * What is found in the folder, part by part. `now`: milliseconds since 1970; `isWhole`: whether with all that is read of the miniapps. Undefined
 * where it has to be read at once. Throws EnvironmentError.
 */
export async function wholeByParts(
  input: Input,
  io: Io,
  now: number,
  isWhole = false,
): Promise<FolderFindings | undefined> {
  const { folder, path } = configFolder(input, io);
  const [{ readByParts }, { recordsOf }, { fileIn }, { textsIn }] = await Promise.all([
    import('./by-parts.ts'),
    import('./records.ts'),
    import('../../read/positions.ts'),
    import('./texts.ts'),
  ]);
  const place = input.values['no-cache'] === true ? undefined : recordsOf(openStore(io.env), path, Date.now());
  const found = await readByParts(path, now, { place, isWhole });
  if (!found) return undefined;
  const problems = found.problems.map((problem) => ({ ...problem, file: fileIn(folder, problem.file) }));
  return { ...found, problems, folder, texts: textsIn(path) };
}

/** What all miniapps share, and each of them in brief, by its id and in the order of the ids. */
export interface SummarizedConfig {
  readonly shared: Pick<Workspace, 'platform' | 'policy' | 'apps' | 'people'>;
  readonly miniapps: ReadonlyMap<string, MiniappSummary>;
}

/**
 * A configuration without errors, of the folder or of the state that `--at` names. When it has errors, prints them and gives undefined: a
 * wrong answer is worse than none. Throws UsageError, EnvironmentError.
 */
export async function soundSummary(input: Input, io: Io): Promise<SummarizedConfig | undefined> {
  const found = text(input, 'at') === undefined ? await wholeByParts(input, io, nowOf(input, io)) : undefined;
  if (!found) {
    const workspace = (await soundConfig(input, io))?.workspace;
    if (!workspace) return undefined;
    const { summaryOf } = await import('./summary.ts');
    const miniapps = [...workspace.miniapps].map(([id, miniapp]) => [id, summaryOf(miniapp)] as const);
    return { shared: workspace, miniapps: new Map(miniapps) };
  }
  if (!ifSound(found, input, io)) return undefined;
  const { loadShared } = await import('./examine.ts');
  return { shared: loadShared(found.shared).workspace, miniapps: found.miniapps };
}

/** A configuration as a whole, with its problems. */
export interface WholeConfig extends ReportedProblems {
  /** Maps in the files of its miniapps may be plain objects, which have a prototype. */
  readonly workspace: Workspace;
  /** Of the paths and the contents of its text files, in hexadecimal digits. */
  readonly digest: string;
}

/** Reads and judges all of it. `now`: milliseconds since 1970. Throws UsageError, EnvironmentError. */
export async function readWhole(input: Input, io: Io, now: number): Promise<WholeConfig> {
  const found = await wholeByParts(input, io, now, true);
  const { configDigest, configDigestOf } = await import('./texts-digest.ts');
  if (!found?.readings) {
    const checked = await readConfig(input, io, now);
    return { ...checked, digest: configDigestOf(checked.texts) };
  }
  const { loadShared } = await import('./examine.ts');
  const { workspace, texts } = loadShared(found.shared);
  const readings = [...found.readings];
  const files = [...workspace.files, ...readings.flatMap(([, reading]) => reading.files)];
  return {
    ...found,
    workspace: {
      ...workspace,
      miniapps: new Map(readings.map(([id, { miniapp }]) => [id, miniapp])),
      files: new Set(files),
    },
    digest: configDigest(texts, new Map(readings.map(([id, reading]) => [id, reading.texts]))),
  };
}
