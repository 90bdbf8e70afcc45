/** The files beside the pages: the API's documents and the avatars. Written directly, at a tenth of what a page costs. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cellsOf, configFile, ownIds, workspace } from './data.ts';
import {
  appsDocument,
  catalogueDocument,
  miniappDocument,
  miniappsDocument,
  resolutionDocument,
  reviewsDocument,
} from './views/api.ts';
import { avatarPath } from './views/list.ts';

/** Writes them below the folder of the built portal. */
export function writeFiles(folder: string): void {
  const made = new Set<string>();
  const place = (path: string): string => {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    return file;
  };
  const write = (path: string, document: unknown) =>
    writeFileSync(place(`api/v1/${path}`), `${JSON.stringify(document)}\n`);

  write('miniapps.json', miniappsDocument(workspace));
  write('apps.json', appsDocument(workspace));
  write('reviews.json', reviewsDocument(workspace));
  write('catalogue.json', catalogueDocument());
  for (const id of ownIds) {
    const miniapp = workspace.miniapps.get(id)!;
    write(`miniapps/${id}/resolution.json`, resolutionDocument(cellsOf(id)));
    write(`miniapps/${id}.json`, miniappDocument(miniapp));
    if (miniapp.avatar) copyFileSync(configFile(miniapp.avatar.file), place(avatarPath(miniapp)));
  }
}
