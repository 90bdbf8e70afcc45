/**
 * The whole of a folder, judged a part at a time: whatever its size, only a part of it is in memory, a second thread takes parts of a
 * large one, and what was found of a miniapp whose files stand as they did is not looked for again. The findings are those of `load` and
 * all rules over all files at once.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { filesOf } from '../../git/working-tree/working-tree.ts';
import { nearby, type DiskSource } from '../../read/disk.ts';
import { editStamp, pendingEdits } from '../../read/edit-state.ts';
import { FILE_LIMIT, STRAYS } from '../../read/load.ts';
import { sortedOnce, type LocatedProblem } from '../../read/positions.ts';
import { loadShared, isUnchanged, type ExaminedFolder, type SharedFiles, type FolderState } from './examine.ts';
import { isWithin } from './part-finding.ts';
import type { KeptReading, MiniappReading } from './readings.ts';
import type { PartRecord, RecordPlace, Records } from './records.ts';
import type { MiniappSummary } from './summary.ts';
import { work, type PartsToExamine } from './work.ts';

/** Miniapps of a part: so few that what is read of them is garbage before it is old, which keeps memory small. */
const PART = 10;
/** Miniapps to examine from which a second thread earns what its start costs. */
const MANY = 2000;

/** Under Node a thread runs a file. */
export const WORKER = join(import.meta.dirname, '../../validate-worker.mjs');

export interface ByParts {
  /** Where findings are kept, if they are. */
  readonly place?: RecordPlace | undefined;
  /** Whether all that is read of the miniapps is asked for, and not what is found alone. */
  readonly isWhole?: boolean;
  /** Miniapps to examine from which a second thread is started. */
  readonly many?: number;
  /** The file that it runs. */
  readonly thread?: string;
  /** The clock of this machine, milliseconds since 1970. */
  readonly began?: number;
}

/** What was found of a folder. */
export interface FoundByParts {
  /** All of them, sorted, files without the folder before them. */
  readonly problems: readonly LocatedProblem[];
  /** The miniapps in the order of their ids. */
  readonly miniapps: ReadonlyMap<string, MiniappSummary>;
  readonly shared: SharedFiles;
  /** All that was read of the miniapps, where that was asked for. */
  readonly readings?: ReadonlyMap<string, MiniappReading>;
}

/**
 * Reads and judges the folder. `now`: milliseconds since 1970. Undefined where the folder has to be read whole: an edit of several files is
 * half in place, or files stand where none belongs that parts do not tell apart. Then all that was kept is forgotten, unless each miniapp that it
 * is of stands as it did. Throws EnvironmentError.
 */
export async function readByParts(root: string, now: number, how: ByParts = {}): Promise<FoundByParts | undefined> {
  const found = await readParts(root, now, how);
  if (!found && how.place && !standsAsKept(root, how.place, how.began ?? Date.now())) forgetAll(how.place);
  return found;
}

/** Whether every miniapp that something is kept of holds what it held then. */
function standsAsKept(root: string, place: RecordPlace, began: number): boolean {
  const records = place.read();
  const near = nearby(root);
  return (
    records !== undefined && [...records.parts].every(([id, one]) => isUnchanged(near, id, one.folderState, began))
  );
}

function forgetAll(place: RecordPlace): void {
  place.readings.dropStale(undefined, () => undefined);
  // Also over what another code kept, which this one cannot read.
  place.write({ shared: '', sharedProblems: [], comparing: [], parts: new Map() });
}

async function readParts(
  root: string,
  now: number,
  { place, isWhole = false, many = MANY, thread = WORKER, began = Date.now() }: ByParts,
): Promise<FoundByParts | undefined> {
  const stamp = editStamp(root);
  if (pendingEdits(root).length > 0) return undefined;
  const source = filesOf(root);
  const { entries, miniapps } = source.apart();
  // Beside the folders of miniapps: names that differ from theirs by case are found by whoever has all names.
  if (entries.some(({ path }) => path.startsWith('miniapps'))) return undefined;
  const shared = readShared(source, entries);
  const digest = digestOf(shared);
  const records = place?.read();
  const before = records?.shared === digest ? records : undefined;
  const readBefore = isWhole && before ? place!.readings.read() : new Map<string, KeptReading>();
  const known = new Map<string, FolderState>();
  for (const [id, { folderState, span }] of before?.parts ?? []) {
    const isRead = !isWhole || readBefore.get(id)?.content === folderState.content;
    if (isRead && isWithin(span, now)) known.set(id, folderState);
  }
  // Asking for times takes no time beside judging: two threads would only pay for the second.
  const near = nearby(root);
  const toExamine = miniapps.filter((id) => !known.has(id) || !isUnchanged(near, id, known.get(id)!, began));
  const parts = partsOf(toExamine);
  const next = new Int32Array(new SharedArrayBuffer(4));
  const given = { root, parts, next, shared, known, isKept: place !== undefined, isWhole, now, began };
  const examined = await examineAll(given, toExamine.length >= many ? thread : undefined);
  const anew = new Map(examined.flat().map((one) => [one.id, one]));
  const all: ExaminedFolder[] = miniapps.map((id) => anew.get(id) ?? { id });
  const merged = merge(before, all);
  const isSame = before !== undefined && all.length === before.parts.size && all.every(({ finding }) => !finding);
  const [sharedProblems, comparing] = isSame
    ? [before.sharedProblems, before.comparing]
    : await evaluateRest(source, shared, merged, now);
  if (editStamp(root) !== stamp) return undefined;
  const toKeep = kept(merged);
  const isNews = all.some(({ folderState }) => folderState) || toKeep.size !== before?.parts.size;
  const readings = isWhole ? readingsOf(merged, readBefore) : undefined;
  if (place && isNews) {
    const gone = records && [...records.parts.keys()].filter((id) => !toKeep.has(id));
    // First: once the findings are kept, nothing that is stale is news to the next command.
    place.readings.dropStale(gone && [...anew.keys(), ...gone], (id) => toKeep.get(id)?.folderState.content);
    place.write({ shared: digest, sharedProblems, comparing, parts: toKeep });
    if (readings) place.readings.write(keptReadings(toKeep, readings), readBefore);
  }
  const problems = [...sharedProblems, ...[...merged.values()].flatMap((part) => part.problems), ...comparing];
  const strays = problems.filter(({ code }) => /^files?-(?:unknown|not-plain)$/.test(code)).length;
  if (strays > STRAYS) return undefined;
  const found = { problems: sortedOnce(problems), miniapps: summariesOf(merged), shared };
  return readings ? { ...found, readings } : found;
}

function partsOf(miniapps: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let i = 0; i < miniapps.length; i += PART) parts.push(miniapps.slice(i, i + PART));
  return parts;
}

function readShared(source: DiskSource, entries: SharedFiles['entries']): SharedFiles {
  const contents = new Map<string, Uint8Array | string>();
  for (const { path, kind, size } of entries) {
    if (kind !== 'file' || size > FILE_LIMIT) continue;
    try {
      contents.set(path, source.read(path));
    } catch (error) {
      contents.set(path, error instanceof Error ? error.message : String(error));
    }
  }
  return { entries: entries.map(({ path, kind, size }) => ({ path, kind, size })), contents };
}

function digestOf({ entries, contents }: SharedFiles): string {
  const digest = process.getBuiltinModule('node:crypto').createHash('sha256');
  for (const { path, kind, size } of entries) {
    const content = contents.get(path);
    digest.update(`${path}\n${kind} ${size} ${typeof content} ${content?.length ?? 0}\n`).update(content ?? '');
  }
  return digest.digest('base64url');
}

/** What was found in each part. What a second thread leaves undone, whatever happens to it, is done here. */
async function examineAll(given: PartsToExamine, thread: string | undefined): Promise<ExaminedFolder[][]> {
  const found: ExaminedFolder[][] = [];
  const take = (part: number, examined: ExaminedFolder[]) => void (found[part] = examined);
  const isTwo = thread !== undefined && availableParallelism() > 1;
  const other = isTwo ? inThread(thread, given, take) : undefined;
  await work(given, take);
  await other;
  const left = given.parts.filter((_, part) => !found[part]);
  const again = { ...given, parts: left, next: new Int32Array(new SharedArrayBuffer(4)) };
  const late: ExaminedFolder[][] = [];
  if (left.length > 0) await work(again, (_, examined) => void late.push(examined));
  return [...found.filter((part) => part), ...late];
}

/** Ends with the thread, however that ends. */
function inThread(
  file: string,
  given: PartsToExamine,
  take: (part: number, found: ExaminedFolder[]) => void,
): Promise<void> {
  const { Worker } = process.getBuiltinModule('node:worker_threads');
  const { promise, resolve } = Promise.withResolvers<void>();
  const worker = new Worker(file, { workerData: given });
  worker.on('message', ([part, found]: [number, ExaminedFolder[]]) => take(part, found));
  worker.on('error', () => resolve());
  worker.on('exit', () => resolve());
  return promise;
}

type Part = Omit<PartRecord, 'folderState'> & {
  readonly folderState: FolderState | undefined;
  readonly reading?: MiniappReading;
};

/** The new findings, and those before of what stands as it did. */
function merge(before: Records | undefined, found: readonly ExaminedFolder[]): Map<string, Part> {
  return new Map(
    found.map(({ id, folderState, finding }) => {
      const known = before?.parts.get(id);
      return [
        id,
        finding ? { ...finding, folderState } : { ...known!, folderState: folderState ?? known!.folderState },
      ] as const;
    }),
  );
}

function summariesOf(parts: ReadonlyMap<string, Part>): Map<string, MiniappSummary> {
  return new Map([...parts].flatMap(([id, { summary }]) => (summary ? [[id, summary] as const] : [])));
}

/** All that was read, now or before. */
function readingsOf(
  parts: ReadonlyMap<string, Part>,
  before: ReadonlyMap<string, KeptReading>,
): Map<string, MiniappReading> {
  const readings = new Map<string, MiniappReading>();
  for (const [id, { summary, reading = before.get(id)?.reading }] of parts)
    if (summary && reading) readings.set(id, reading);
  return readings;
}

function keptReadings(
  parts: ReadonlyMap<string, PartRecord>,
  readings: ReadonlyMap<string, MiniappReading>,
): Map<string, KeptReading> {
  const all = [...parts].flatMap(([id, { folderState }]) => {
    const reading = readings.get(id);
    return reading ? [[id, { content: folderState.content, reading }] as const] : [];
  });
  return new Map(all);
}

function kept(parts: ReadonlyMap<string, Part>): Map<string, PartRecord> {
  const all = [...parts].flatMap(([id, { folderState, ...rest }]) =>
    folderState ? [[id, { folderState, ...rest }] as const] : [],
  );
  return new Map(all);
}

/** What is wrong with the files that all share, and between miniapps. */
async function evaluateRest(
  source: DiskSource,
  files: SharedFiles,
  parts: ReadonlyMap<string, Part>,
  now: number,
): Promise<[readonly LocatedProblem[], readonly LocatedProblem[]]> {
  const [{ compare, checkShared }, { locateAll }, { readYaml }] = await Promise.all([
    import('./part.ts'),
    import('../../read/positions.ts'),
    import('../../read/yaml.ts'),
  ]);
  const { workspace, problems, texts } = loadShared(files);
  const found = compare(workspace, summariesOf(parts));
  const named = new Set(found.map(({ at }) => at.file).filter((file) => !texts.has(file)));
  const all = new Map(texts);
  for (const file of named) all.set(file, readYaml(file, source.read(file)).text);
  return [locateAll([...problems, ...checkShared(workspace, now)], texts), locateAll(found, all)];
}
