/** Walking, reading and parsing a configuration and nothing else, as whoever uses the same parser of YAML would do it. */
import { load } from 'js-yaml';
import { diskSource } from '../read/disk.ts';

/** Everything read is kept, as validation keeps it; gives the number of files. */
export function readAll(root: string): number {
  const source = diskSource(root);
  const kept: unknown[] = [];
  for (const { path } of source.list('')) {
    const bytes = source.read(path);
    kept.push(path.endsWith('.yaml') ? load(new TextDecoder().decode(bytes)) : bytes);
  }
  return kept.length;
}

if (import.meta.main) console.log(readAll(process.argv[2]!));
