/** What rows of long lists have in common: thousands of rows would be slow as components, and each byte of a row weighs by their number. */
import type { Language } from '#core/problems/messages.ts';
import { versionAnchor } from './version-anchor.ts';
import { href } from '../href.ts';
import { words } from '../i18n/index.ts';
import { ageText, isLate } from './age.ts';
import { markup, type Markup, type Piece } from './markup.ts';

/** A miniapp, leading to its page, as the head of a row. The name stands beside the picture, which says nothing of its own. */
export function miniappHead(
  language: Language,
  { id, name, avatar }: { readonly id: string; readonly name: string; readonly avatar?: string },
): Markup {
  const picture =
    avatar === undefined
      ? markup`<span class="avatar" aria-hidden="true"></span>`
      : markup`<img src="${href(avatar)}" alt="" loading="lazy">`;
  return markup`<th scope="row"><a class="who" href="${href(`miniapps/${id}/`, language)}">${picture}<b>${name}</b> <small>${id}</small></a></th>`;
}

/** A version, leading to where it stands on its miniapp's page. */
export const versionLink = (language: Language, miniapp: string, version: string): Markup =>
  markup`<a href="${href(`miniapps/${miniapp}/`, language)}#${versionAnchor(version)}">${version}</a>`;

/** A command to copy; layouts/boot.client.ts puts the button beside it. */
export const commandLine = (command: string): Markup => markup`<div class="command-line"><kbd>${command}</kbd></div>`;

/**
 * How long something has waited `now`, and whether that is longer than is promised; clock.client.ts keeps it true by the visitor's clock.
 * `since`, `now`: milliseconds since 1970; `slaHours`: what is promised.
 */
export function ageMarkup(
  language: Language,
  now: number,
  since: number | undefined,
  slaHours: number | undefined,
): Piece {
  if (since === undefined) return '–';
  const text = ageText(since, now, words[language]);
  if (slaHours === undefined) return markup`<span class="age" data-since="${since}">${text}</span>`;
  const late = isLate(since, slaHours, now);
  return markup`<span class="age${late && ' badge rejected'}" data-since="${since}" data-sla="${slaHours}">${text}${late && ` · ${words[language].clock.late}`}</span>`;
}
