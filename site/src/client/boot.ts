/** On every page: keys, and a copy button beside each command; what other scripts draw (`live`) brings its own. */
import './scrolling.ts';
import './shortcut.ts';
import { pageWords } from './dom.ts';
import { copyButton } from './copy.ts';

document.documentElement.classList.add('js');
const { site } = pageWords();
for (const code of document.querySelectorAll<HTMLElement>('.command:not(.live)'))
  code.after(copyButton(() => code.textContent.trim(), site));
