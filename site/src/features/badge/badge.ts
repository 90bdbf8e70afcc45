/** A badge that other pages can show: the version that is online, and whether it is in service. Pure. */
import type { Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import type { PublicMiniapp } from '../../lib/public.ts';

/** The path of the badge, below the portal's address. */
export const badgePath = (id: string, language: Language): string =>
  `${language === 'en' ? '' : `${language}/`}miniapps/${id}/badge.svg`;

/** White text on each is readable by WCAG AA. */
const COLOURS = { online: '#0f6b3f', disabled: '#ad2430', none: '#5a6472' } as const;

/** The texts of the badge: the subject on the left, the status on the right. */
export function badgeOf({ release: { online } }: PublicMiniapp, language: Language) {
  const { states, miniapp } = words[language];
  if (!online) return { label: miniapp.online, value: states.offline, colour: COLOURS.none };
  const value = online.enabled ? online.version : `${online.version} · ${states.disabled}`;
  return { label: miniapp.online, value, colour: COLOURS[online.enabled ? 'online' : 'disabled'] };
}

/** Estimates the width of a text at 11 pixels; `textLength` makes browsers draw it in exactly this width. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 11 : 6.5), 0);

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

/** The badge as SVG, 20 pixels high. */
export function badgeSvg(miniapp: PublicMiniapp, language: Language): string {
  const { label, value, colour } = badgeOf(miniapp, language);
  const [left, right] = [Math.ceil(widthOf(label)) + 12, Math.ceil(widthOf(value)) + 12];
  const text = (what: string, from: number, width: number) =>
    `<text x="${from + 6}" y="14" textLength="${width - 12}">${escape(what)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img"><title>${escape(`${label}: ${value}`)}</title><rect width="${left + right}" height="20" rx="3" fill="#333b46"/><path d="M${left} 0h${right - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H${left}z" fill="${colour}"/><g fill="#fff" font-family="Verdana,sans-serif" font-size="11">${text(label, 0, left)}${text(value, left, right)}</g></svg>\n`;
}
