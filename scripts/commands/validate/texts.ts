/** The texts of files of a folder, read when a report shows a line of them. */
import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify } from '../../core/paths.ts';
import type { ReportedProblems } from '../../cli/config/load-config.ts';
import { orUndefined } from '../../read/edit-state.ts';
import { FILE_LIMIT } from '../../read/load.ts';
import { readYaml } from '../../read/yaml.ts';

/** Of the YAML files that a configuration may have there. Problems come file by file, so the last text is kept. */
export function textsIn(root: string): ReportedProblems['texts'] {
  let last: { readonly file: string; readonly text: string } | undefined;
  const textOf = (file: string): string | undefined => {
    const kind = identify(file)?.kind;
    if (kind === undefined || kind === 'readme' || kind === 'avatar') return undefined;
    const stats = lstatSync(join(root, file), { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size > FILE_LIMIT) return undefined;
    const bytes = orUndefined(() => readFileSync(join(root, file)));
    return bytes && readYaml(file, bytes).text;
  };
  return {
    get(file) {
      if (last?.file === file) return last.text;
      const text = textOf(file);
      if (text !== undefined) last = { file, text };
      return text;
    },
  };
}
