/** Small help with the page: elements, the page's words and its data. */
import type { MiniappData, PageData, PlatformData } from './page-data.ts';
import type { Language } from '#core/problems/messages.ts';
import { browserWords, type BrowserWords } from '../i18n/browser/index.ts';
import { languageOf } from '../i18n/language.ts';

/** The language of the page, by the `lang` of its root. */
export const pageLanguage = (): Language =>
  languageOf(document.documentElement.lang.startsWith('zh') ? 'zh' : undefined);

/** The scripts' words in the language of the page. */
export const pageWords = (): BrowserWords => browserWords[pageLanguage()];

/** The element with this id, which the page's own component has put there. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return found as E;
}

/** The JSON that a component has put into a `<script type="application/json">`. */
const dataOf = <T>(id: string): T => JSON.parse(byId(id).textContent) as T;

/** What the page knows of its miniapp. */
export const pageMiniapp = (): MiniappData => dataOf('miniapp');

/** What the page knows of the platform, once shared.client.ts has run, and of its miniapp. */
export const pageData = (): PageData => ({ ...dataOf<PlatformData>('platform'), miniapp: pageMiniapp() });

type Child = Node | string;

/** A new element. Texts go in as text, never as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}
