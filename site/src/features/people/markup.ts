/** Names of people, each leading to the page of that person, and the miniapps that they work on. */
import type { Language } from '#core/problems/messages.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import { separator } from '../../lib/text.ts';
import type { Person } from './person-name.ts';
import type { PersonView } from './view-model.ts';

/** One name; of somebody who has no page the name alone. */
export const personMarkup = (language: Language, { login, name, hasPage }: Person): Piece =>
  hasPage ? markup`<a href="${href(`people/${login}/`, language)}">${name}</a>` : name;

/** Names one after the other, as the language separates them. */
export const peopleMarkup = (language: Language, people: readonly Person[]): Piece =>
  people.map((person, at) => [at > 0 && separator(language), personMarkup(language, person)]);

/** Miniapps, each with the role in it unless that is said already. */
export const membershipsMarkup = (language: Language, of: PersonView['miniapps'], withRole = true): Markup =>
  markup`<ul class="plain">${of.map(
    ({ id, name, role }) =>
      markup`<li><a href="${href(`miniapps/${id}/`, language)}">${name}</a>${withRole && markup` <small>${words[language].roles[role]}</small>`}</li>`,
  )}</ul>`;
