/** "This is me": which person the visitor is, kept in this browser alone. */
import { byId, pageWords } from '../../lib/dom.client.ts';
import { keep, kept } from '../../lib/kept.client.ts';

const button = byId<HTMLButtonElement>('me');
const login = button.dataset['login']!;
const { site } = pageWords();

const show = () => (button.textContent = kept('me') === login ? site.notMe : site.isMe);
button.addEventListener('click', () => {
  keep('me', kept('me') === login ? undefined : login);
  show();
});
show();
button.hidden = false;
