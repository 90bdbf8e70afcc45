/** Copying a text, with an answer that a screen reader announces. */
import type { BrowserWords } from '../i18n/browser/index.ts';
import { el } from './dom.client.ts';

/** `what` tells it from the other such buttons of a page, for those who do not see what it stands beside. */
export function copyButton(text: () => string, words: BrowserWords['site'], what = ''): HTMLButtonElement {
  const label = document.createTextNode(words.copy);
  const button = el('button', 'copy', label, ...(what === '' ? [] : [el('span', 'sr', ` ${what}`)]));
  button.type = 'button';
  button.addEventListener('click', async () => {
    label.data = (await copy(text())) ? words.copied : words.copyFailed;
    setTimeout(() => (label.data = words.copy), 2000);
  });
  return button;
}

/** Whether it worked: an insecure address or a refused permission has no clipboard. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
