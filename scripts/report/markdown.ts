/** A decision as GitHub Markdown, for a comment, a summary, a fixture. Nothing that came from a file is written without `plain`. */
import type { Decision } from '../core/transitions/decide.ts';
import { groupCompatibility } from '../core/resolution/compatibility-effects.ts';
import { groupEffects, type Effect, type EffectGroup } from '../core/resolution/resolution-table.ts';
import type { Workspace } from '../core/model.ts';
import { textIn } from '../core/localized-text.ts';
import type { LocatedProblem } from '../read/positions.ts';
import { waitsText } from './waits-text.ts';

/** How many problems and lines of effects are written out; GitHub refuses comments above 65,536 characters. */
const SHOWN_IN_MARKDOWN = 50;

/**
 * Text that shows as it is, on one line: no markup, HTML, link, mention, reference, emoji, formula or alert. Escapes keep Markdown
 * from reading it. What GitHub looks for afterwards, in what Markdown gave, is parted by an empty HTML comment, which shows nothing;
 * a dollar sign stands in an element of its own, which is GitHub's own advice beside formulas.
 */
export function plain(text: string): string {
  return oneLine(text)
    .trim()
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()|~!#^]/g, String.raw`\$&`)
    .replace(/^[-+=]/, String.raw`\$&`)
    .replace(/^\d+(?=\.)/, '$&\\')
    .replace(REFERENCE, '$&<!-- -->')
    .replace(COMMIT, (id) => id.replace(/.{5}(?=.)/g, '$&<!-- -->'))
    .replace(/\$/g, '<span>$</span>');
}

/** The first part of a mention, of the number of an issue, of an address, of an emoji's name, of an alert. */
const REFERENCE = /@(?=\S)|#(?=[\p{L}\p{N}]|\\_)|:(?=\/\/|[\w+\\-]{1,50}:)|www(?=\.)|GH(?=-\d)|\[(?=\\!)/giu;
/** What GitHub takes for the id of a commit has seven digits and more. */
const COMMIT = /(?<![0-9a-z])[0-9a-f]{7,64}(?![0-9a-z])/gi;

/** Without line ends and other control characters; what would reorder the text around it, or hides in it, is shown to have been there. */
const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u206F\u{E0000}-\u{E007F}]/gu, '\uFFFD');

/** Text in a code span, whatever backticks it holds. */
export function code(text: string): string {
  const inner = oneLine(text);
  const runs = inner.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const isTouching = inner === '' || inner.startsWith('`') || inner.endsWith('`');
  return isTouching ? `${fence} ${inner} ${fence}` : `${fence}${inner}${fence}`;
}

export interface MarkdownInput {
  readonly decision: Decision;
  readonly problems: readonly LocatedProblem[];
  /** The state after, for names. */
  readonly workspace: Workspace;
  /** The address of a line of a file, where there is one. */
  readonly link?: (file: string, line: number) => string;
  /** How many problems, transitions and lines of effects are written out at most. */
  readonly shown?: number;
}

/**
 * The whole decision: what it is, transitions, people who may approve, problems, and what changes for whom. `shown`: how many lines of
 * each list.
 */
export function decisionMarkdown(input: MarkdownInput): string {
  const { decision, problems, workspace, shown = SHOWN_IN_MARKDOWN } = input;
  const sections = [
    head(decision, problems),
    transitions(decision, shown),
    people(decision),
    list(problems, shown, input.link),
    effectsTable(decision.effects, workspace, shown),
    compatibilityList(decision.compatibility, workspace, shown),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function head({ ok, transitions: all, approvals }: Decision, problems: readonly LocatedProblem[]): string {
  if (ok) return all.length === 0 ? '**Nothing changes.**' : '**May be merged.**';
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return `**Refused:** ${errors} ${errors === 1 ? 'error' : 'errors'}.`;
  return `**Waits for ${approvals.missing} ${approvals.missing === 1 ? 'approval' : 'approvals'}.**`;
}

function transitions({ transitions: all }: Decision, shown: number): string {
  const lines = all
    .slice(0, shown)
    .map(
      ({ kind, miniapp, version, percent }) =>
        `- ${kind}${[miniapp, version].flatMap((word) => (word === undefined ? [] : [` ${code(word)}`])).join('')}${percent === undefined ? '' : ` to ${percent} %`}`,
    );
  const left = all.length - lines.length;
  return [...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
}

function people({ approvals: { required, given, missing, waits } }: Decision): string {
  if (required === 0) return '';
  const had = given.length > 0 ? `, given by ${given.map(code).join(', ')}` : '';
  const who = waitsText(waits, (from) => from.map(code).join(' or ') || 'nobody in people/ could give it');
  const wanted = missing > 0 ? `, ${missing} missing: ${who}` : '';
  return `Approvals: ${required} needed${had}${wanted}.`;
}

function list(problems: readonly LocatedProblem[], most: number, link?: MarkdownInput['link']): string {
  const isError = ({ severity }: LocatedProblem) => severity === 'error';
  const urgent = new Set([...problems.filter(isError), ...problems.filter((one) => !isError(one))].slice(0, most));
  const lines = problems
    .filter((one) => urgent.has(one))
    .map(({ severity, file, line, column, message, hint, code: name }) => {
      const next = hint === '' ? '' : `<br>${plain(hint)}`;
      const place = code(`${file}:${line}:${column}`);
      const linked = link ? `[${place}](${link(file, line)})` : place;
      return `- ${severity} ${linked} ${plain(message)} (${name})${next}`;
    });
  const left = problems.length - lines.length;
  return [...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
}

/** Who gets another answer than before; empty when nobody does. */
export function effectsTable(
  all: readonly Effect[],
  { apps, platform }: Pick<Workspace, 'apps' | 'platform'>,
  most = SHOWN_IN_MARKDOWN,
): string {
  const groups = groupEffects(all);
  if (groups.length === 0) return '';
  const row = ({ miniapp, app, regions, audience, entries, before, after }: EffectGroup) => {
    const where = regions
      .map((region) => plain(textIn(platform.regions[region] ?? region, platform.languages)))
      .join(', ');
    const name = plain(textIn(apps.get(app)?.name ?? app, platform.languages));
    const who = `${audience} in ${name}, ${where}`;
    return `| ${code(miniapp)} | ${who} | ${entryNames(entries)} | ${answer(before)} | ${answer(after)} |`;
  };
  const shown = groups.slice(0, most).map(row);
  const left = groups.length - shown.length;
  const more = left > 0 ? [`| … | and ${left} more | | | |`] : [];
  return ['| miniapp | for whom | by | before | after |', '| --- | --- | --- | --- | --- |', ...shown, ...more].join(
    '\n',
  );
}

/** The versions of which apps begin or end to fit; empty when none does. */
export function compatibilityList(
  effects: Decision['compatibility'],
  { apps, platform }: Pick<Workspace, 'apps' | 'platform'>,
  most = SHOWN_IN_MARKDOWN,
): string {
  const groups = groupCompatibility(effects);
  const lines = groups.slice(0, most).map(({ miniapp, app, isLoss, appVersions, share }) => {
    const known = apps.get(app);
    const name = plain(textIn(known?.name ?? app, platform.languages));
    const users = share === undefined ? '' : `, ${share} % of its users,`;
    const count = `${appVersions.length} of ${known?.runtimes?.length ?? appVersions.length} app versions`;
    const named = appVersions.slice(0, most).map(code).join(', ');
    return `- ${code(miniapp)}: ${name}: ${count}${users} ${isLoss ? 'lose service' : 'get service back'} (${named})`;
  });
  const left = groups.length - lines.length;
  return [...lines, ...(left > 0 ? [`- … and ${left} more`] : [])].join('\n');
}

const entryNames = (entries: readonly string[]): string =>
  entries.length > 1 ? 'link and code' : entries[0] === 'experience' ? 'experience code' : 'link';

const answer = (value: string | null): string => (value === null ? 'nothing' : code(value));
