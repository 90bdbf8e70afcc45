/** The theme that the visitor chooses; the system's until then. `public/assets/theme.js` sets it before anything is drawn. */
import { el, pageWords } from '../lib/dom.client.ts';
import { setPreference, preference } from '../lib/preferences.client.ts';

const { theme: t } = pageWords();
const THEMES = ['system', 'light', 'dark'] as const;

/** The colours of the browser's own frame, as theme.js names them for each theme. */
const frames = [...document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')].map((meta) => ({
  meta,
  media: meta.media,
  theme: meta.media.includes('dark') ? 'dark' : 'light',
}));

function show(theme: string): void {
  const isChosen = theme === 'light' || theme === 'dark';
  if (isChosen) document.documentElement.dataset['theme'] = theme;
  else delete document.documentElement.dataset['theme'];
  for (const { meta, media, theme: own } of frames) meta.media = !isChosen ? media : own === theme ? 'all' : 'not all';
}

const select = el('select', '', ...THEMES.map((theme) => new Option(t[theme], theme)));
select.value = preference('theme') ?? 'system';
show(select.value);
select.addEventListener('change', () => {
  setPreference('theme', select.value === 'system' ? undefined : select.value);
  show(select.value);
});
document.getElementById('as-of')!.after(el('label', 'theme', t.title, ' ', select));
