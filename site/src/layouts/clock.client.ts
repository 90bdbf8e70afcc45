/**
 * What becomes untrue while a page waits to be built again, by the visitor's clock: ages, what is late, rows that have ended. And every
 * moment in the visitor's own zone, for whoever asks for it.
 */
import { fill } from '#core/problems/fill.ts';
import { endOf } from '#core/dates.ts';
import { ageText, isLate } from '../lib/age.ts';
import { el, pageWords } from '../lib/dom.client.ts';
import { preference, setPreference } from '../lib/preferences.client.ts';

const words = pageWords();
const { clock: t } = words;
const built = document.querySelector<HTMLTimeElement>('#as-of time')!;
const asOf = Date.parse(built.dateTime);
/** A clock that is behind the build is not used. */
const now = Math.max(Date.now(), asOf);

/** The portal is built every night, so an older page is worth saying. */
const FRESH = 36 * 3_600_000;
if (now - asOf > FRESH) built.after(` · ${fill(t.ago, { time: ageText(asOf, now, words) })}`);

for (const age of document.querySelectorAll<HTMLElement>('.age')) {
  const since = Number(age.dataset['since']);
  const sla = age.dataset['sla'] === undefined ? undefined : Number(age.dataset['sla']);
  const late = isLate(since, sla, now);
  age.textContent = ageText(since, now, words) + (late ? ` · ${t.late}` : '');
  if (late) age.classList.add('badge', 'rejected');
}

let ended = 0;
for (const row of document.querySelectorAll<HTMLElement>('[data-ends]:not([data-ends=""])')) {
  const end = endOf(row.dataset['ends']!);
  if (end <= asOf || end > now) continue;
  ended += 1;
  row.append(' ', el('span', 'badge off', t.ended));
  row.closest('tr')?.classList.add('idle');
}
// The table of answers is of the moment of the build; what ended since is the one thing that time alone changes in it.
if (ended > 0) {
  const note = el('p', 'note', fill(t.endedSince, { count: ended, time: built.textContent }));
  document.querySelector('#resolution h2 + p')?.after(note);
}

/** A moment to the minute in the zone of the visitor. The form of Sweden's dates is that of the UTC ones. */
const local = new Intl.DateTimeFormat('sv-SE', {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});
const times = [...document.querySelectorAll<HTMLTimeElement>('time')].map((time) => ({
  time,
  utc: time.textContent,
  own: local.format(new Date(time.dateTime)),
}));
const ZONE = 'zone';
const button = el('button', 'plain');
button.type = 'button';

function show(isLocal: boolean): void {
  for (const { time, utc, own } of times) {
    time.textContent = isLocal ? own : utc;
    time.title = isLocal ? utc : own;
  }
  button.textContent = isLocal ? t.inUtc : t.inLocal;
}

button.addEventListener('click', () => {
  const isLocal = preference(ZONE) !== 'local';
  setPreference(ZONE, isLocal ? 'local' : undefined);
  show(isLocal);
});
document.getElementById('as-of')!.append(' ', button);
show(preference(ZONE) === 'local');
