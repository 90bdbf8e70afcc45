/** What a version changes against the one that it is compared with: a summary, and the names behind it. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import { count, size } from '../../lib/text.ts';
import { BASE_LIBRARY, type VersionChange } from './compare.ts';

/** As many names of a list stand there; the rest is counted. */
const NAMED = 20;

export function changeMarkup(language: Language, { before, lists, needs, bytes }: VersionChange): Markup {
  const { versions: t, history } = words[language];
  const kinds = (['pages', 'origins', 'apis'] as const).filter(
    (kind) => lists[kind].added.length + lists[kind].removed.length > 0,
  );
  const summary = [
    ...kinds.map((kind) => {
      const { added, removed } = lists[kind];
      return `${t[kind]} +${count(added.length, language)} −${count(removed.length, language)}`;
    }),
    ...(needs.length > 0 ? [t.compare.needs] : []),
  ];
  const named = (names: readonly string[], sign: string): Piece => [
    names.length > 0 &&
      markup`<dd class="names">${names
        .slice(0, NAMED)
        .map((name) => `${sign} ${name}`)
        .join('\n')}</dd>`,
    names.length > NAMED && markup`<dd class="quiet">${fill(history.more, { count: names.length - NAMED })}</dd>`,
  ];
  return markup`<details class="changes">
      <summary>${fill(t.compare.title, { version: before })} <small>${summary.join(' · ') || t.compare.same}</small></summary>
      <dl>
        ${kinds.map((kind) => markup`<dt>${t[kind]}</dt>${named(lists[kind].added, '+')}${named(lists[kind].removed, '−')}`)}
        ${
          needs.length > 0 &&
          markup`<dt>${t.compare.needs}</dt>${needs.map(
            ({ name, before: was, after: is }) =>
              markup`<dd>${name === BASE_LIBRARY ? t.baseLibrary : name}: ${was ?? '–'} → ${is ?? '–'}</dd>`,
          )}`
        }
        ${bytes && markup`<dt>${t.package}</dt><dd>${size(bytes[0])} → ${size(bytes[1])}</dd>`}
      </dl>
    </details>`;
}
