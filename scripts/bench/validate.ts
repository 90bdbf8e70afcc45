/** What `validate` costs as a whole process: beside the reading that it cannot do without, and where nothing changed since. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { byTurns, runNode, spreadOf } from './measure.ts';
import { onTheWall, ratio, type BenchRow } from './row.ts';

const CLI = join(import.meta.dirname, '../miniapp.mjs');
const FLOOR = join(import.meta.dirname, 'floor.ts');

/** No folder of a user, so that nothing is kept. */
export const NOTHING_KEPT = { XDG_CACHE_HOME: '-' };
/** A folder for what is kept, of the bench's own. */
export const keptIn = (folder: string): { XDG_CACHE_HOME: string } => ({ XDG_CACHE_HOME: join(folder, 'kept') });

/** `folder`: for files of the measurement; `root`: a configuration without problems. */
export function measureValidate(folder: string, root: string, rounds: number): BenchRow[] {
  // Both sides have compiled code kept, as the tool keeps its own.
  const compiled = { NODE_COMPILE_CACHE: join(folder, 'compile') };
  const words = [CLI, 'validate', '--config', root];
  const peaks: number[] = [];
  const peak = join(folder, 'peak');
  const cold = () => runNode(['--import', tellsPeak(peak), ...words], NOTHING_KEPT);
  const found = byTurns(
    [
      { name: 'floor', run: () => runNode([FLOOR, root], compiled) },
      { name: 'cold', run: cold, after: () => void peaks.push(takePeak(peak)) },
      { name: 'warm', run: () => runNode(words, keptIn(folder)) },
    ],
    rounds,
  );
  const memory = spreadOf(peaks);
  return [
    ratio('validate / reading and parsing, whole process', found('cold'), found('floor'), 1.25),
    onTheWall('the same by the clock on the wall', found('cold'), found('floor'), 0.8),
    onTheWall('validate, nothing changed / as for the first time, wall', found('warm'), found('cold'), 0.05),
    ratio('the same in processor time', found('warm'), found('cold')),
    { what: 'peak memory of validate', measured: memory.middle, spread: memory, target: 250, unit: 'MB', detail: '' },
  ];
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
