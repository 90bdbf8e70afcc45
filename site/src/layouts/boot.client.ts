/** On every page: keys, and a copy button beside each command; what other scripts draw (`live`) brings its own. */
import './scrolling.client.ts';
import './sections.client.ts';
import './shortcut.client.ts';
import './place.client.ts';
import './clock.client.ts';
import './theme.client.ts';
import './page-code.client.ts';
import { pageWords } from '../lib/dom.client.ts';
import { copyButton } from '../lib/copy.client.ts';

document.documentElement.classList.add('js');
const { site } = pageWords();
for (const code of document.querySelectorAll<HTMLElement>('.command:not(.live)'))
  code.after(copyButton(() => code.textContent.trim(), site, code.textContent.trim()));
