/** A row of the list as MiniappTable.astro writes it, of a row of the index. */
import { el, pageWords } from '../../lib/dom.client.ts';
import { findingWords } from '../../lib/finding-words.client.ts';
import type { ListRow } from './row.ts';

const { types, site } = pageWords();
const { list } = findingWords();

/** `home`: where the pages of miniapps are; `index`: where the rows came from, at the root of the portal but for its own path. */
export function rowElement(row: ListRow, home: string, index: string): HTMLTableRowElement {
  const root = index.slice(0, index.lastIndexOf('miniapps/'));
  const link = el('a', 'who', picture(row, root), el('b', '', row.name), ' ', el('small', '', row.id));
  link.href = `${home}${row.id}/`;
  const name = el('th', '', link);
  name.scope = 'row';
  const cell = (...children: (Node | string)[]) => el('td', '', ...children);
  const badge = (version: string | undefined, tone: string) =>
    version === undefined ? [] : [el('span', `badge ${tone}`, version)];
  const { online } = row;
  return el(
    'tr',
    '',
    name,
    cell(types[row.type]),
    cell(row.categoryName),
    cell(
      ...(online ? badge(online.version, online.enabled ? 'online' : 'disabled') : [el('span', 'quiet', site.none)]),
      ...(online?.enabled === false ? [' ', el('small', '', list.outOfService)] : []),
    ),
    cell(...badge(row.experience, 'experience')),
    cell(...badge(row.pending, 'pending')),
    cell(String(row.apps.length)),
  );
}

/** The picture says nothing of its own, as the name stands beside it. */
function picture({ avatar }: ListRow, root: string): HTMLElement {
  if (avatar === undefined) {
    const none = el('span', 'avatar');
    none.ariaHidden = 'true';
    return none;
  }
  const image = el('img', '');
  Object.assign(image, { src: `${root}${avatar}`, alt: '', loading: 'lazy' });
  return image;
}
