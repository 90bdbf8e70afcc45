/** A miniapp's picture; the name stands beside it, so it says nothing of its own. */
import type { Language } from '#core/problems/messages.ts';
import { href } from '../href.ts';
import { markup, type Markup } from './markup.ts';

export function avatar(path: string | undefined, isLarge = false): Markup {
  if (path === undefined) return markup`<span class="avatar" aria-hidden="true"></span>`;
  const side = isLarge ? 64 : 36;
  const loading = isLarge ? 'eager' : 'lazy';
  return markup`<img class="avatar" src="${href(path)}" alt="" width="${side}" height="${side}" loading="${loading}" decoding="async">`;
}

/** A miniapp in a row: its picture, name and id, leading to its page. */
export const miniappLink = (
  language: Language,
  { id, name, avatar: path }: { readonly id: string; readonly name: string; readonly avatar?: string },
): Markup => markup`<a class="who" href="${href(`miniapps/${id}/`, language)}">
    ${avatar(path)}
    <span><b>${name}</b> <small>${id}</small></span>
  </a>`;
