/** What a version was when it was uploaded, and beside each fact how that differs from the version that it is compared with. */
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { markup, type Markup, type Piece } from '../../lib/markup.ts';
import { count } from '../../lib/format.ts';
import { size } from '../../lib/text.ts';
import { versionAnchor } from './anchor.ts';
import { BASE_LIBRARY, type VersionChange } from './compare.ts';
import type { VersionCard } from './view-model.ts';

/** A list of so many names is not worth a way to another version. */
const SHORT = 5;
/** As many names stand there of a list that went; the rest is counted. */
const NAMED = 20;

const LISTS = ['pages', 'origins', 'apis'] as const;
type List = (typeof LISTS)[number];

/** A list of facts as HTML. */
export function uploadedMarkup(language: Language, card: VersionCard): Markup {
  const { versions: t } = words[language];
  const { version, change } = card;
  const { package: uploaded, baseLibrary, analysis } = version;
  const before = new Map(change?.needs.map((need) => [need.name, need]));
  const needed = (name: string, least: string): string => {
    const was = before.get(name)?.before;
    return was === undefined ? least : `${was} → ${least}`;
  };
  const gone = [...before.values()].filter(({ after }) => after === undefined);
  const kits = [
    ...card.kits.map(([kit, least]) => `${kit} ${needed(kit, least)}`),
    ...gone.filter(({ name }) => name !== BASE_LIBRARY).map((need) => `${need.name} ${need.before} → –`),
  ];
  const library = baseLibrary === undefined ? gone.some(({ name }) => name === BASE_LIBRARY) && '–' : baseLibrary;
  const sizes = uploaded && change?.bytes ? `${size(change.bytes[0])} → ${card.size}` : card.size;
  const fact = (name: Piece, values: readonly Piece[]) =>
    values.length > 0 && markup`<dt>${name}</dt>${values.map((value) => markup`<dd>${value}</dd>`)}`;
  return markup`<details>
      <summary>${t.details}${change && markup` <small>${summaryOf(language, change)}</small>`}</summary>
      <dl>
        ${fact(t.package, [uploaded ? fill(t.size, { size: sizes!, files: uploaded.files }) : t.noPackage])}
        ${uploaded && fact(t.digest, [markup`<code class="break">${uploaded.sha256}</code>`])}
        ${library && fact(t.baseLibrary, [needed(BASE_LIBRARY, library)])}
        ${fact(t.kits, kits)}
        ${LISTS.map((list) => listMarkup(language, list, version[list] ?? [], change))}
        ${analysis && fact(t.unknownCalls, [analysis.unknown])}
      </dl>
    </details>`;
}

/** The same in a line, lists counted: what it needs of the app, what it has, and what it changed. */
export function uploadedLine(language: Language, { version, kits, change }: VersionCard): string {
  const { versions: t } = words[language];
  const { baseLibrary } = version;
  return [
    ...(baseLibrary === undefined ? [] : [`${t.baseLibrary} ${baseLibrary}`]),
    ...kits.map(([kit, least]) => `${kit} ${least}`),
    ...LISTS.flatMap((list) => (version[list]?.length ? [`${t[list]} ${count(version[list].length, language)}`] : [])),
    ...(change ? [summaryOf(language, change)] : []),
  ].join(' · ');
}

/** What it changes, in a line. */
function summaryOf(language: Language, { before, lists, needs }: VersionChange): string {
  const { versions: t } = words[language];
  const changes = LISTS.flatMap((list) => {
    const { added, removed } = lists[list];
    if (added.length + removed.length === 0) return [];
    return [`${t[list]} +${count(added.length, language)} −${count(removed.length, language)}`];
  });
  if (needs.length > 0) changes.push(t.compare.needs);
  return [fill(t.compare.title, { version: before }), ...(changes.length > 0 ? changes : [t.compare.same])].join(' · ');
}

/** The names of a list, those that are new marked, and those that went behind them; a way to the other version where all are the same. */
function listMarkup(
  language: Language,
  list: List,
  values: readonly string[],
  change: VersionChange | undefined,
): Piece {
  const { versions: t, history } = words[language];
  const changed = change?.lists[list];
  const { added = [], removed = [] } = changed ?? {};
  if (values.length + removed.length === 0) return false;
  const isSame = change !== undefined && added.length + removed.length === 0;
  const rest = removed.length - NAMED;
  return markup`<dt>${t[list]} <span class="count">${values.length}</span></dt>
    ${
      isSame && values.length > SHORT
        ? markup`<dd><a href="#${versionAnchor(change.before)}">${fill(t.compare.as, { version: change.before })}</a></dd>`
        : namesMarkup(changed ?? values, values, added, removed.slice(0, NAMED))
    }
    ${rest > 0 && markup`<dd class="quiet">− ${fill(history.more, { count: rest })}</dd>`}`;
}

const made = new WeakMap<object, Markup>();

/** The same in every language, so made once: `of` is the change that the names are of, or the list alone where there is none. */
function namesMarkup(
  of: object,
  values: readonly string[],
  added: readonly string[],
  removed: readonly string[],
): Markup {
  const known = made.get(of);
  if (known) return known;
  const isNew = new Set(added);
  const lines = [
    ...values.map((name) => (isNew.has(name) ? `+ ${name}` : name)),
    ...removed.map((name) => `− ${name}`),
  ];
  const names = markup`<dd class="names">${lines.join('\n')}</dd>`;
  made.set(of, names);
  return names;
}
