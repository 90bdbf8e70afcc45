/** An answer of `resolve` as elements: what opens or what the phone says, how to change it, and, folded, the rules tried. */
import { fill } from '#core/problems/fill.ts';
import { resolutionMessages } from '#core/problems/resolution-messages.ts';
import { fixText, outcomeMessage, traceText } from '#core/resolution/resolution-text.ts';
import type { Resolution } from '#core/resolution/resolve.ts';
import { copyButton } from '../../lib/copy.client.ts';
import { el, pageLanguage, pageWords } from '../../lib/dom.client.ts';

const language = pageLanguage();
const { whatIf: words, site, resolution: tableWords } = pageWords();

/** New elements, to be put into the page. */
export const answerNodes = (resolution: Resolution): Node[] => [
  ...headline(resolution),
  ...fixes(resolution),
  el('details', '', el('summary', '', words.trace), trace(resolution)),
];

/** A text to copy, with the button that copies it. */
export const commandLine = (text: string): HTMLElement =>
  el(
    'div',
    'command-line',
    el('kbd', 'live', text),
    copyButton(() => text, site, text),
  );

function headline(resolution: Resolution): Node[] {
  if (resolution.outcome === 'opens') {
    const { version, channel } = resolution;
    const how = el('small', '', words.opensAs[channel]);
    return [el('p', `verdict ${channel}`, fill(words.opens, { version }), ' ', how)];
  }
  const { title, cause } = resolutionMessages[language].outcomes[resolution.code];
  const label = (text: string) => el('span', 'label', text);
  const says = el('p', 'says', label(tableWords.says), ' ', el('q', '', outcomeMessage(resolution, language)));
  return [el('p', 'verdict error', title), says, el('p', 'cause', label(words.cause), ' ', cause)];
}

const trace = (resolution: Resolution): HTMLElement =>
  el(
    'ol',
    'trace',
    ...resolution.trace.map((step) => el('li', step.applies ? 'applies' : '', traceText(step, language))),
  );

function fixes(resolution: Resolution): Node[] {
  if (resolution.outcome === 'opens' || resolution.fix.length === 0) return [];
  const items = resolution.fix.map((fix) => el('li', '', fixText(fix, language), commandLine(fix.command)));
  return [el('div', '', el('h3', '', words.fixes), el('ul', 'fixes', ...items))];
}
