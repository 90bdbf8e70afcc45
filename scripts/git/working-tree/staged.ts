/** Reads the index, which is about to be committed; only what a change touches is read. */
import { inRepository } from '../../core/paths.ts';
import type { Source } from '../../read/source.ts';
import { readBlobs } from '../objects/blobs.ts';
import { locationOf } from '../process/location.ts';
import { listedSource } from '../objects/listed-source.ts';
import { gitAnswer } from '../process/run.ts';

export interface StagedTree {
  /** Files of the configuration that differ from HEAD, relative to it. */
  readonly paths: readonly string[];
  /** The index below these folders and files of the configuration. */
  source(under: readonly string[]): Source;
}

/** `folder`: the configuration. */
export function staged(folder: string): StagedTree {
  const { top, prefix } = locationOf(folder);
  const start = inRepository(prefix);
  const where = (path: string) => `:(top,literal)${start}${path}`;
  const text = (...args: string[]) => gitAnswer(top, args).stdout.toString('utf8').split('\0');
  const difference = [
    'diff',
    '--cached',
    '--name-only',
    '--no-renames',
    '--no-ext-diff',
    '--no-relative',
    '--ignore-submodules=none',
    '-z',
    '--',
  ];
  const whole = prefix === '' ? [] : [where('').replace(/\/$/, '')];
  const paths = text(...difference, ...whole)
    .filter((path) => path !== '')
    .map((path) => path.slice(start.length));
  return {
    paths,
    source(under) {
      const isChanged = new Set(paths);
      const files = text('ls-files', '--stage', '--full-name', '-z', '--', ...under.map(where)).flatMap((line) => {
        const [, mode, id, stage, name] = /^(\d+) ([0-9a-f]+) (\d)\t(.*)$/s.exec(line) ?? [];
        if (mode === undefined || id === undefined || name === undefined || stage !== '0') return [];
        const path = name.slice(start.length);
        // `git add -N` puts an empty file into the index, which is not committed.
        return id === EMPTY && !isChanged.has(path) ? [] : [{ path, mode, id }];
      });
      const ids = files.map(({ id }) => id);
      return listedSource(files, readBlobs(top, ids));
    },
  };
}

/** The id of an empty file. */
const EMPTY = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';
