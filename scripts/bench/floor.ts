/** Walking, reading and parsing a configuration and nothing else, as whoever uses the same parser of YAML would do it. */
import { load } from 'js-yaml';
import { diskSource } from '../read/disk.ts';

/** The word for reading without parsing. */
export const READING_ALONE = 'reading-alone';

/** Everything read is kept, as validation keeps it; gives the number of files. `isParsed`: false for reading alone. */
export function readAll(root: string, isParsed = true): number {
  const source = diskSource(root);
  const kept: unknown[] = [];
  for (const { path } of source.list('')) {
    const bytes = source.read(path);
    kept.push(isParsed && path.endsWith('.yaml') ? load(new TextDecoder().decode(bytes)) : bytes);
  }
  return kept.length;
}

if (import.meta.main) console.log(readAll(process.argv[2]!, process.argv[3] !== READING_ALONE));
