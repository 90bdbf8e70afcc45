/** What a build leaves in scripts and styles: maps written into them, and paths of the machine that made it. */
import type { Findings } from './finding.ts';
import type { Tree } from './tree.ts';

const INLINE_MAP = 'sourceMappingURL=data:';
/** Folders of people's machines and of those that build for them, as scripts write them. */
const HOME =
  /(?:(?<![\w.@$}-])\/(?:Users|home)\/[\w.-]{1,64}\/|\/var\/lib\/jenkins\/|file:\/\/\/(?=\w)|\b[A-Z]:\\{1,2}Users\\{1,2}[\w.-]{1,64}\\|\b[A-Z]:\\\\[\w.-]{1,64}\\\\)[\w./\\-]{0,80}/g;

/** The beginnings of paths that look like those of a machine, of folders that the project has itself, as `/home/…/`. */
export function homesIn(tree: Tree): Set<string> {
  const found = new Set<string>();
  for (const path of tree.keys()) {
    const folders = path.split('/').slice(0, -1);
    for (const [i, name] of folders.slice(1).entries())
      if (/^(?:Users|home|var)$/.test(folders[i]!)) found.add(`/${folders[i]}/${name}/`);
  }
  return found;
}

/** Tells what a build writes anew each time, or on each machine; `/home/…` is no machine's where the project has a folder of that name. */
export function tellBuild(path: string, text: string, ownHomes: ReadonlySet<string>, findings: Findings): void {
  const map = text.lastIndexOf(INLINE_MAP);
  if (map !== -1) findings.add('upload-inline-map', path, { bytes: text.length - map }, map, text);
  for (const { 0: where, index } of (map === -1 ? text : text.slice(0, map)).matchAll(HOME)) {
    if (ownHomes.has(`${where.split('/', 3).join('/')}/`)) continue;
    findings.add('upload-build-path', path, { path: where }, index, text);
    return;
  }
}
