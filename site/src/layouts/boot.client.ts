/** On every page: keys, and a copy button beside each command; what other scripts draw (`live`) brings its own. */
import './arrival.client.ts';
import './scrolling.client.ts';
import './sections.client.ts';
import './shortcut.client.ts';
import './place.client.ts';
import './clock.client.ts';
import './theme.client.ts';
import './page-code.client.ts';
import { el, pageWords } from '../lib/dom.client.ts';
import { copyButton } from '../lib/copy.client.ts';

document.documentElement.classList.add('js');
const { site } = pageWords();
// In a list a command has its own line.
for (const code of document.querySelectorAll<HTMLElement>('li > kbd')) {
  const line = el('div', 'command-line');
  code.replaceWith(line);
  line.append(code);
}
for (const code of document.querySelectorAll<HTMLElement>('kbd:not(.live)'))
  code.after(copyButton(() => code.textContent.trim(), site, code.textContent.trim()));
