/** The code that a miniapp's page shows before and without any script. */
import { fill, messages, type Language } from '#core/problems/messages.ts';
import { localized } from '../../lib/text.ts';
import { codeLines, type CodeLine } from './code-answers.ts';
import { qrCode, type QrCode } from './qr-code.ts';
import { href } from '../../href.ts';
import { words } from '../../i18n/index.ts';
import { defaultCode, type DefaultCode } from './default-code.ts';
import type { PublicMiniapp, PublicWorkspace } from '../../lib/public.ts';
import { markup, type Markup } from '../../lib/markup.ts';

/** Every reader reads every mask; the best one would cost more than all the rest of a page. */
const SOME_MASK = 2;

/** A code with its drawing, which is the same in every language. */
export interface DrawnCode extends DefaultCode {
  /** None when the link is too long for a code. */
  readonly code?: QrCode;
}

/**
 * The link that the default code leads to, and the code; without one where the link is too long for any. Undefined for a panel, which
 * needs a device, and on a platform without apps.
 */
export function drawnCode(workspace: PublicWorkspace, miniapp: PublicMiniapp, now: number): DrawnCode | undefined {
  const found = defaultCode(workspace, miniapp, now);
  if (!found) return undefined;
  const code = qrCode(found.link, 'M', SOME_MASK);
  return code ? { ...found, code } : found;
}

/** Where the code of a miniapp is, one drawing for its pages and for the sheet. */
export const codePath = (id: string): string => `miniapps/${id}/code.svg`;

/** The image of a code, which is a file of its own. `isDead`: it opens nothing, and is shown so. */
export const codeMarkup = (id: string, label: string, isDead = false): Markup =>
  markup`<div class="qr-image${isDead && ' dead'}"><img src="${href(codePath(id))}" alt="${label}" width="256" height="256"></div>`;

/** What stands where the configurator draws. */
export function firstCodeMarkup(
  language: Language,
  { platform }: PublicWorkspace,
  miniapp: PublicMiniapp,
  drawn: DrawnCode | undefined,
): Markup {
  const { qr } = words[language];
  if (!drawn) {
    const { outcomes, fixes } = messages[language];
    const { message, cause } = outcomes['device-required'];
    const isPanel = miniapp.basics.type === 'panel';
    return markup`<div class="notice error"><strong>${qr.refused}</strong>
        ${isPanel && [message, cause, fixes['give-device']].map((line) => markup`<p>${line}</p>`)}</div>`;
  }
  const { answers, app, code, link } = drawn;
  const { languages, regions } = platform;
  const name = localized(app.name, language, languages);
  const regionNames = new Map(app.regions.map((id) => [id, localized(regions[id], language, languages) || id]));
  return markup`${code ? codeMarkup(miniapp.id, qr.image, answers.isDead) : markup`<p class="notice error">${qr.tooLong}</p>`}
    <div class="fields">
      <p><b>${fill(qr.scannedIn, { app: name })}</b></p>
      <dl class="code-answers">${codeLines(answers, regionNames, language).map(lineMarkup)}</dl>
      ${answers.isForNobody && markup`<p class="note">${qr.forNobody}</p>`}
      ${answers.isDead && markup`<p class="note nothing">${qr.dead}</p>`}
      <div class="command-line"><code class="command live">${link}</code></div></div>`;
}

const lineMarkup = ({ audience, tone, answer, detail, where }: CodeLine): Markup =>
  markup`<dt>${audience}</dt><dd><span class="answer ${tone}">${answer}</span> <small>${detail}${where !== '' && ` · ${where}`}</small></dd>`;
