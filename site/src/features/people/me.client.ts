/** "This is me": which person the visitor is, kept in this browser alone. */
import { byId, pageWords } from '../../lib/dom.client.ts';
import { setPreference, preference } from '../../lib/preferences.client.ts';

const button = byId<HTMLButtonElement>('me');
const login = button.dataset['login']!;
const { site } = pageWords();

const show = () => (button.textContent = preference('me') === login ? site.notMe : site.isMe);
button.addEventListener('click', () => {
  setPreference('me', preference('me') === login ? undefined : login);
  show();
});
show();
button.hidden = false;
