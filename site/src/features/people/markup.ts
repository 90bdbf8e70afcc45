/** Names of people, each leading to the page of that person, and the miniapps that they work on. */
import type { Language } from '#core/problems/messages.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import type { Person } from '../../lib/person-name.ts';
import type { PersonView } from './view-model.ts';

/** The address of somebody's page; undefined of somebody who has none. */
export const personPath = (language: Language, { login, hasPage }: Person): string | undefined =>
  hasPage ? href(`people/${login}/`, language) : undefined;

/** One name in a row, leading to that person's page. */
export const personMarkup = (language: Language, person: Person): Piece => {
  const path = personPath(language, person);
  return path === undefined ? person.name : markup`<a href="${path}">${person.name}</a>`;
};

/** Miniapps, each with the role in it unless that is said already. */
export const membershipsMarkup = (language: Language, of: PersonView['miniapps'], withRole = true): Markup =>
  markup`<ul class="plain">${of.map(
    ({ id, name, role }) =>
      markup`<li><a href="${href(`miniapps/${id}/`, language)}">${name}</a>${withRole && markup` <small>${words[language].roles[role]}</small>`}</li>`,
  )}</ul>`;
