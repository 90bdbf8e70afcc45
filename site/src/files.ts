/** The files of each miniapp: its pages, made in the frame that Astro rendered, its documents of the API, and its avatar. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { aroundOf, codeOf } from './around.ts';
import { configFile, ownMiniapps, pasts, redact, runtimeIndexText, runtimeText, tableOf, workspace } from './data.ts';
import { badgePath, badgeSvg } from './features/badge/badge.ts';
import { miniappFeedPath, miniappFeedText } from './feeds.ts';
import { languages, localeOf, type Language } from './i18n/index.ts';
import { sharedPath, withoutShared } from './features/miniapp/shared-markup.ts';
import { frameFiller, FRAME, FRAME_NAME, LIST_FRAME, LIST_FRAME_NAME } from './features/miniapp/frame-markup.ts';
import { miniappFacts, miniappParts, type MiniappFacts } from './features/miniapp/markup.ts';
import { miniappDocument } from './features/api/documents.ts';
import { resolutionDocument } from './features/api/resolution-document.ts';
import { pastAnswers, pastParts, pastPath } from './features/what-if/past-answers.ts';
import { codePath } from './features/qr/markup.ts';
import { svgText } from './features/qr/qr-code.ts';
import { avatarPath } from './features/list/view-model.ts';
import { whitelistCsv, whitelistCsvPath } from './features/access/whitelist-markup.ts';
import { compactPage } from './lib/markup.ts';
import { longWhitelist, whitelistParts } from './whitelists.ts';

/** Writes them below the folder of the built portal; gives how many pages it wrote, and how many frames it took away. */
export function writeFiles(folder: string): { pages: number; frames: number } {
  const made = new Set<string>();
  const place = (path: string): string => {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) makeFolder(parent);
    return file;
  };
  /** With its parents, each once: asking the disk about all of them for every miniapp takes longer. */
  const makeFolder = (path: string): void => {
    const parent = dirname(path);
    if (path !== folder && !made.has(parent)) makeFolder(parent);
    if (!existsSync(path)) mkdirSync(path);
    made.add(path);
  };
  const write = (path: string, document: unknown) =>
    writeFileSync(place(`api/v1/${path}`), `${JSON.stringify(document)}\n`);

  const pagesOf = pageWriter(folder, (path, text) => writeFileSync(place(path), text));
  let pages = 0;
  for (const miniapp of ownMiniapps) {
    const { id } = miniapp;
    const table = tableOf(id);
    const around = aroundOf(id);
    const facts = miniappFacts(workspace, miniapp, table, around);
    pages += pagesOf(facts);
    write(`miniapps/${id}/resolution.json`, resolutionDocument(workspace, miniapp, table, facts.reasons));
    write(`miniapps/${id}.json`, miniappDocument(miniapp, around.packageOf));
    writeFileSync(place(`api/v1/runtime/${id}.json`), runtimeText(id));
    const answers = pastAnswers(pasts.get(id)?.events ?? []);
    for (const [name, part] of pastParts(answers))
      writeFileSync(place(join(dirname(pastPath(id)), name)), JSON.stringify(part));
    for (const language of languages) {
      writeFileSync(place(badgePath(id, language)), badgeSvg(miniapp, language));
      const feed = miniappFeedText(workspace, pasts.get(id), id, language);
      if (feed !== undefined) writeFileSync(place(miniappFeedPath(id, language)), feed);
    }
    const drawn = codeOf(id)?.code;
    if (drawn) writeFileSync(place(codePath(id)), svgText(drawn));
    if (miniapp.avatar) copyAvatar(configFile(miniapp.avatar.file), place(avatarPath(miniapp)));
  }
  writeFileSync(place('api/v1/runtime/index.json'), runtimeIndexText());
  return { pages, frames: 2 * languages.length };
}

/** A drawing holds text, too. */
function copyAvatar(from: string, to: string): void {
  if (!from.endsWith('.svg')) return copyFileSync(from, to);
  const bytes = readFileSync(from);
  const drawn = bytes.toString();
  const shown = redact.name(drawn);
  writeFileSync(to, shown === drawn ? bytes : shown);
}

/** Takes the frames out of the built portal, and gives what writes the pages of a miniapp with them, and how many it has written. */
function pageWriter(folder: string, write: (path: string, text: string) => void): (facts: MiniappFacts) => number {
  const pagePath = (path: string, language: Language): string =>
    join(localeOf(language) ?? '', 'miniapps', path, 'index.html');
  const taken = (path: string, language: Language): string => {
    const file = join(folder, pagePath(path, language));
    const frame = readFileSync(file, 'utf8');
    rmSync(dirname(file), { recursive: true });
    return frame;
  };
  const frames = languages.map((language) => {
    const { frame, shared } = withoutShared(taken(FRAME_NAME, language));
    write(sharedPath(language), shared);
    const list = frameFiller(compactPage(taken(join(LIST_FRAME_NAME, 'whitelist'), language)), LIST_FRAME);
    rmSync(join(folder, dirname(pagePath(LIST_FRAME_NAME, language))), { recursive: true });
    return { language, page: frameFiller(compactPage(frame), FRAME), list };
  });
  return (facts) => {
    const { miniapp } = facts;
    let pages = 0;
    for (const { language, page, list } of frames) {
      write(pagePath(miniapp.id, language), page({ ...miniappParts(facts, language) }));
      const parts = whitelistParts(miniapp, language);
      for (const part of parts) write(pagePath(part.path, language), list({ ...part }));
      const long = longWhitelist(miniapp, language);
      if (long) write(whitelistCsvPath(miniapp.id, language), whitelistCsv(language, long));
      pages += 1 + parts.length;
    }
    return pages;
  };
}
