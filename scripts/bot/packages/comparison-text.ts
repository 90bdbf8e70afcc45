/** What comes and goes from one package to another, as GitHub Markdown. Nothing that came from a package is written without `code`. */
import type { Miniapp, Version, Workspace } from '../../core/model.ts';
import { textIn } from '../../core/localized-text.ts';
import { appVersionsWithShare, shutOutBy } from '../../core/resolution/shut-out.ts';
import { toolCommand } from '../../core/tool-command.ts';
import type { PackageComparison, NoComparison } from '../../packages/comparison.ts';
import type { PackageDiff } from '../../packages/diff.ts';
import { code, plain } from '../../report/markdown.ts';
import { cell, count, named } from '../approvals/names.ts';

/** Files that are named, of all that come, go and change. */
const FILES = 20;
/** Characters of a path that are shown: its end names the file. */
const MAX_PATH_LENGTH = 120;

export interface TextOptions {
  /** Where people see the repository that is the store, where that is on the same site: `https://github.com/owner/name`. */
  readonly page?: string;
  /** Takes accounts out. */
  readonly redact: (text: string) => string;
}

/**
 * The comparison of a version's bytes with those of the one before it, or the reason why there is none; names go through `redact`
 * before they are written.
 */
export function comparisonMarkdown(found: PackageComparison | NoComparison, options: TextOptions): string {
  const { redact } = options;
  if ('why' in found) return `Nothing can be compared: ${plain(redact(found.why))}.`;
  const { compared, unkept, id } = found;
  const passed =
    unkept.length === 0
      ? []
      : [`The bytes of ${unkept.map(code).join(', ')} are not kept, so they cannot be compared with.`];
  if (!compared)
    return [...passed, `Its bytes are kept, and those of no earlier version are: there is nothing to compare.`].join(
      '\n\n',
    );
  const { diff } = compared;
  const names = (list: readonly string[]) => named(list.map(redact));
  const lists = [
    ...changesIn('pages', diff.pages, names),
    ...changesIn('origins', diff.origins, names),
    ...changesIn('kits', diff.kits, names),
    ...diff.kits.changed.map(({ kit, before, after }) => `- kit ${code(kit)}: ${code(before)} → ${code(after)}`),
    ...(diff.baseLibrary
      ? [`- base library: ${valueOf(diff.baseLibrary.before)} → ${valueOf(diff.baseLibrary.after)}`]
      : []),
    ...changesIn('APIs', diff.permissions, names),
  ];
  return [
    ...passed,
    summaryOf(compared.with, diff),
    filesTable(diff, redact),
    lists.join('\n'),
    attributesWarning(diff, names),
    whereToRead(options.page, found, toolCommand(`package diff ${id.miniapp} ${compared.with} ${id.version} --patch`)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const valueOf = (value: string | undefined): string => (value === undefined ? 'none' : code(value));

function summaryOf(before: string, { files, bytes }: PackageDiff): string {
  const growth = bytes.after - bytes.before;
  const size = `${count(bytes.after, 'byte')} (${growth < 0 ? '−' : '+'}${Math.abs(growth).toLocaleString('en')})`;
  const all = files.added.length + files.removed.length + files.changed.length;
  if (all === 0) return `The same bytes as ${code(before)}: ${size}.`;
  return `Compared with ${code(before)}, byte by byte: ${count(files.added.length, 'file')} added, ${files.removed.length} removed, ${files.changed.length} changed; ${size}.`;
}

function filesTable({ files }: PackageDiff, redact: (text: string) => string): string {
  const rows: (readonly [path: string, before: number | undefined, after: number | undefined])[] = [
    ...files.added.map(({ path, bytes }) => [path, undefined, bytes] as const),
    ...files.removed.map(({ path, bytes }) => [path, bytes, undefined] as const),
    ...files.changed.map(({ path, before, after }) => [path, before, after] as const),
  ];
  if (rows.length === 0) return '';
  const size = (bytes: number | undefined) => (bytes === undefined ? '-' : bytes.toLocaleString('en'));
  const pathOf = (path: string) => (path.length > MAX_PATH_LENGTH ? `…${path.slice(-MAX_PATH_LENGTH)}` : path);
  const lines = rows
    .slice(0, FILES)
    .map(([path, before, after]) => `| ${code(cell(redact(pathOf(path))))} | ${size(before)} | ${size(after)} |`);
  const left = rows.length - lines.length;
  const more = left > 0 ? [`| … and ${left.toLocaleString('en')} more | | |`] : [];
  return ['| file | bytes before | after |', '| --- | ---: | ---: |', ...lines, ...more].join('\n');
}

function changesIn(
  what: string,
  { added, removed }: PackageDiff['pages'],
  names: (list: readonly string[]) => string,
): string[] {
  return [
    ...(added.length > 0 ? [`- ${what} that come: ${names(added)}`] : []),
    ...(removed.length > 0 ? [`- ${what} that go: ${names(removed)}`] : []),
  ];
}

const attributesWarning = ({ attributes }: PackageDiff, names: (list: readonly string[]) => string): string =>
  attributes.length === 0
    ? ''
    : `> [!WARNING]\n> It holds ${names(attributes)}, which can hide changes in what GitHub shows. Nothing here reads it.`;

/**
 * GitHub compares two commits directly with two dots: with three it begins where their histories part, which is another version where
 * bytes were brought later. It shows at most 300 files, and of a file at most 20,000 lines or 500 KB.
 */
function whereToRead(page: string | undefined, { compared }: PackageComparison, command: string): string {
  const all = `every line, of any size: ${code(command)}`;
  if (page === undefined) return `To read ${all}.`;
  const { before, after } = compared!.objects;
  return `[Compare on GitHub](${page}/compare/${before}..${after}), which shows 300 files at most and no large ones; ${all}.`;
}

/** Versions of the apps that it is delivered to that run what people have now, and not this one; empty where there are none. */
export function fitMarkdown({ apps, platform }: Workspace, miniapp: Miniapp, version: Version): string {
  const { online } = miniapp.release;
  const former = online && online.version !== version.version ? miniapp.versions.get(online.version) : undefined;
  const lines = shutOutBy(apps.values(), miniapp, version, former).map(({ app, runtimes }) => {
    const { versions, share } = appVersionsWithShare(runtimes);
    const users = share === undefined ? '' : `, ${share} % of its users`;
    return `- ${plain(textIn(apps.get(app)?.name ?? app, platform.languages))} ${code(versions)}${users}`;
  });
  if (lines.length === 0) return '';
  const what = former
    ? `App versions that run ${code(former.version)} and would not run it:`
    : 'App versions that would not run it:';
  return [what, '', ...lines].join('\n');
}
