/** The address of the page as a QR code, to hand it to a phone: drawn here, by a script that is loaded when somebody asks. */
import { el, pageWords } from '../lib/dom.client.ts';

const { pageCode: t, site } = pageWords();
const box = el('div', 'page-code');
box.popover = 'auto';
box.role = 'dialog';
box.ariaLabel = t.title;
const button = el('button', 'plain', t.title);
button.type = 'button';
button.setAttribute('aria-haspopup', 'dialog');

button.addEventListener('click', async () => {
  // Without a network, or once a newer portal took the place of the one that this page is of, it cannot be fetched.
  const drawer = await import('../features/qr/qr-code.ts').catch(() => undefined);
  const code = drawer?.qrCode(location.href);
  const close = el('button', 'secondary', site.close);
  close.type = 'button';
  close.addEventListener('click', () => box.hidePopover());
  const drawn =
    drawer && code
      ? el('div', 'qr-image', drawer.svgElement(code, t.image))
      : el('p', 'notice error', drawer ? t.tooLong : site.notFetched);
  box.replaceChildren(drawn, el('p', 'break quiet', location.href), close);
  box.showPopover();
  close.focus();
});
document.querySelector('#as-of')!.after(button);
document.body.append(box);
