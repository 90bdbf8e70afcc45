/** Copying a text, with an answer that a screen reader hears. */
import type { BrowserWords } from '../i18n/browser/index.ts';
import { el } from './dom.client.ts';

export function copyButton(text: () => string, words: BrowserWords['site']): HTMLButtonElement {
  const button = el('button', 'copy', words.copy);
  button.type = 'button';
  button.addEventListener('click', async () => {
    button.textContent = (await copy(text())) ? words.copied : words.copyFailed;
    setTimeout(() => (button.textContent = words.copy), 2000);
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
