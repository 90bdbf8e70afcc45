/** The way to each section of a miniapp's page; layouts/sections.client.ts marks the one in sight. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { markup, type Markup } from '../../lib/markup.ts';

const links = new Map<Language, Markup>();

/** The way to each section of the page. */
export function sectionLinks(language: Language): Markup {
  let made = links.get(language);
  if (!made) links.set(language, (made = navigation(language)));
  return made;
}

function navigation(language: Language): Markup {
  const t = words[language];
  const sections = [
    ['resolution', t.resolution.title],
    ['versions', t.versions.title],
    ['try', t.qr.title],
    ['ask', t.whatIf.title],
    ['access', t.access.title],
    ['network', t.network.title],
    ['languages', t.languages.title],
    ['report', t.report.title],
    ['promises', t.scenarios.title],
    ['history', t.history.title],
  ] as const;
  return markup`<nav class="sections" aria-label="${t.miniapp.sections}">
      ${sections.map(([id, label]) => markup`<a href="#${id}">${label}</a>`)}
    </nav>`;
}
