/** What a version was when it was uploaded, and beside each fact how that differs from the version that it is compared with. */
import { defined } from '#core/defined.ts';
import { fill, type Language } from '#core/problems/messages.ts';
import { words } from '../../i18n/index.ts';
import { count } from '../../lib/format.ts';
import { size } from '../../lib/text.ts';
import { BASE_LIBRARY, type VersionChange } from './compare.ts';
import type { VersionCard } from './view-model.ts';

/** A list of so many names is not worth a way to another version. */
const SHORT = 5;
/** As many names stand there of a list that went; the rest is counted. */
const NAMED = 20;

const LISTS = ['pages', 'origins', 'apis'] as const;
type List = (typeof LISTS)[number];

/** A fact: its name, and what it says or, of a list of names, how many there are. */
export interface UploadedFact {
  readonly name: string;
  readonly count?: number;
  readonly values: readonly string[];
  /** Whether that is code of one word without an end. */
  readonly isCode?: true;
  /** The names, a line each: those that are new marked, and those that went behind them. */
  readonly names?: string;
  /** The version that has the same names, in place of them. */
  readonly isAs?: string;
  /** How many more went. */
  readonly moreGone?: number;
}

/** What is shown of an upload. */
type UploadedCard = Pick<VersionCard, 'version' | 'kits' | 'size' | 'change'>;

/** The facts of a version in their order, those that it does not have left out. */
export function uploadedFacts(language: Language, card: UploadedCard): UploadedFact[] {
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
  return [
    { name: t.package, values: [uploaded ? fill(t.size, { size: sizes!, files: uploaded.files }) : t.noPackage] },
    ...(uploaded ? [{ name: t.digest, values: [uploaded.sha256], isCode: true } as const] : []),
    ...(library ? [{ name: t.baseLibrary, values: [needed(BASE_LIBRARY, library)] }] : []),
    ...(kits.length > 0 ? [{ name: t.kits, values: kits }] : []),
    ...LISTS.flatMap((list) => listFact(t[list], version[list] ?? [], change?.lists[list], change?.before) ?? []),
    ...(analysis ? [{ name: t.unknownCalls, values: [String(analysis.unknown)] }] : []),
  ];
}

/** A version in a line, lists counted: what it needs of the app, what it has, and what it changed. */
export function uploadedLine(language: Language, { version, kits, change }: Omit<UploadedCard, 'size'>): string {
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
export function summaryOf(language: Language, { before, lists, needs }: VersionChange): string {
  const { versions: t } = words[language];
  const changes = LISTS.flatMap((list) => {
    const { added, removed } = lists[list];
    if (added.length + removed.length === 0) return [];
    return [`${t[list]} +${count(added.length, language)} −${count(removed.length, language)}`];
  });
  if (needs.length > 0) changes.push(t.compare.needs);
  return [fill(t.compare.title, { version: before }), ...(changes.length > 0 ? changes : [t.compare.same])].join(' · ');
}

/** A list and what changed of it; undefined of one that never had a name. `before`: the version that it is compared with. */
function listFact(
  name: string,
  values: readonly string[],
  changed: VersionChange['lists'][List] | undefined,
  before: string | undefined,
): UploadedFact | undefined {
  const { added = [], removed = [] } = changed ?? {};
  if (values.length + removed.length === 0) return undefined;
  const fact = { name, count: values.length, values: [] };
  const isSame = before !== undefined && added.length + removed.length === 0;
  if (isSame && values.length > SHORT) return { ...fact, isAs: before };
  const isNew = new Set(added);
  // No line ends behind a sign, however long the name is.
  const lines = [
    ...values.map((one) => (isNew.has(one) ? `+\u00A0${one}` : one)),
    ...removed.slice(0, NAMED).map((one) => `−\u00A0${one}`),
  ];
  const moreGone = removed.length - NAMED;
  return { ...fact, names: lines.join('\n'), ...defined({ moreGone: moreGone > 0 ? moreGone : undefined }) };
}
