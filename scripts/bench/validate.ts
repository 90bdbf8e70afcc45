/** What `validate` costs as a whole process: beside the reading that it cannot do without, and where nothing changed since. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { FORMER, formerCli } from './builds.ts';
import { byTurns, runNode, spreadOf } from './measure.ts';
import { onTheWall, ratio, type BenchRow } from './row.ts';

const CLI = join(import.meta.dirname, '../miniapp.mjs');
const FLOOR = join(import.meta.dirname, 'floor.ts');
const TIMES = join(import.meta.dirname, 'times.ts');

/** No folder of a user, so that nothing is kept, and nothing that was kept before is used. */
export const NOTHING_KEPT = { XDG_CACHE_HOME: '', HOME: '', LOCALAPPDATA: '' };
/** A folder for what is kept, of the bench's own. */
export const keptIn = (folder: string): { XDG_CACHE_HOME: string } => ({ XDG_CACHE_HOME: join(folder, 'kept') });

/** Commands that say something of all miniapps, with what they are told besides. */
const ALL: Readonly<Record<string, (folder: string) => string[]>> = {
  list: () => [],
  export: (folder) => ['--out', join(folder, 'exported')],
};

/** `folder`: for files of the measurement; `root`: a configuration without problems, of so many miniapps. */
export function measureValidate(folder: string, root: string, miniapps: number, rounds: number): BenchRow[] {
  // Both sides have compiled code kept, as the tool keeps its own.
  const compiled = { NODE_COMPILE_CACHE: join(folder, 'compile') };
  const words = [CLI, 'validate', '--config', root];
  const peak = join(folder, 'peak');
  const [peaks, formerPeaks]: [number[], number[]] = [[], []];
  const cold = (cli: string) => () =>
    runNode(['--import', tellsPeak(peak), cli, 'validate', '--config', root], NOTHING_KEPT);
  const found = byTurns(
    [
      { name: 'floor', run: () => runNode([FLOOR, root], compiled) },
      { name: 'cold', run: cold(CLI), after: () => void peaks.push(takePeak(peak)) },
      { name: 'former', run: cold(formerCli(folder)), after: () => void formerPeaks.push(takePeak(peak)) },
      { name: 'warm', run: () => runNode(words, keptIn(folder)) },
      { name: 'times', run: () => runNode([TIMES, root], compiled) },
      ...Object.entries(ALL).flatMap(([verb, more]) => [
        { name: `${verb} anew`, run: () => runNode([CLI, verb, ...more(folder), '--config', root], NOTHING_KEPT) },
        { name: `${verb} again`, run: () => runNode([CLI, verb, ...more(folder), '--config', root], keptIn(folder)) },
      ]),
    ],
    rounds,
  );
  const of = `validate of ${miniapps}`;
  return [
    ratio(`${of} / reading and parsing, whole process`, found('cold'), found('floor'), 1.25),
    ratio(`the same at ${FORMER}`, found('former'), found('floor')),
    onTheWall(`${of} / reading and parsing, on the wall`, found('cold'), found('floor'), 0.8),
    onTheWall(`the same at ${FORMER}`, found('former'), found('floor')),
    onTheWall(`${of}, nothing changed / for the first time, wall`, found('warm'), found('cold'), 0.05),
    ratio('the same in processor time', found('warm'), found('cold')),
    ratio('asking for the times of its files alone / for the first time', found('times'), found('cold')),
    ...Object.keys(ALL).map((verb) =>
      ratio(
        `${verb} of ${miniapps}, nothing changed / for the first time`,
        found(`${verb} again`),
        found(`${verb} anew`),
      ),
    ),
    memoryRow(`peak memory of ${of}`, peaks, 250),
    memoryRow(`the same at ${FORMER}`, formerPeaks),
  ];
}

function memoryRow(what: string, peaks: readonly number[], target?: number): BenchRow {
  const spread = spreadOf(peaks);
  const wanted = target === undefined ? {} : { target };
  return { what, measured: spread.middle, spread, ...wanted, unit: 'MB', detail: '' };
}

/** A module that writes down at the end how much memory the process had at most. */
const tellsPeak = (file: string): string =>
  `data:text/javascript,${encodeURIComponent(
    `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(file)}, String(process.resourceUsage().maxRSS)));`,
  )}`;

function takePeak(file: string): number {
  const kilobytes = Number(readFileSync(file, 'utf8'));
  rmSync(file);
  return kilobytes / 1024;
}
