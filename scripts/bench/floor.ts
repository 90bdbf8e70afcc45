/** Walking, reading and parsing a configuration and nothing else, with the project's own reader: what validation cannot undercut. */
import { diskSource } from '../read/disk.ts';
import { readYaml, type YamlResult } from '../read/yaml.ts';

/** Everything read is kept, as validation keeps it; gives the number of files. */
export function readAll(root: string): number {
  const source = diskSource(root);
  const kept: (YamlResult | Uint8Array)[] = [];
  for (const { path } of source.list('')) {
    const bytes = source.read(path);
    kept.push(path.endsWith('.yaml') ? readYaml(path, bytes) : bytes);
  }
  return kept.length;
}

if (import.meta.main) console.log(readAll(process.argv[2]!));
