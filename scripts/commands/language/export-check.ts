/** The texts of a miniapp as a file to hand around, and what is wrong with them. */
import { resolve } from 'node:path';
import { keyUse, keysOf, missingKeys, placeholderDifferences, type Strings } from '../../core/strings.ts';
import type { Miniapp, Workspace } from '../../core/model.ts';
import { keysInProject } from '../../project/keys.ts';
import { painter, plural, safe, type Paint } from '../../report/terminal.ts';
import { stringsJson, stringsTable } from '../../tables/strings.ts';
import { EXIT, isJson, printJson, text, UsageError, words, type Input, type Io } from '../../cli/frame/command.ts';
import { isFolder } from '../../cli/input/input-file.ts';
import { configFolder, soundConfig } from '../../cli/config/load-config.ts';
import { outputPlace, saveOutput } from '../../cli/output/output-place.ts';
import { unknownMiniapp } from '../../cli/input/unknown-miniapp.ts';

/** A file of its own begins with a byte order mark: without it Excel takes UTF-8 for something else. */
const MARK = '\uFEFF';

/**
 * `language export`: prints the texts as JSON or CSV, or writes them to `--out`. Gives the exit code; throws UsageError for words that
 * are none and a file that cannot be written.
 */
export async function exportTexts(input: Input, io: Io): Promise<number> {
  const [id = ''] = words(input, 'ID');
  const out = text(input, 'out');
  const ending = /\.(json|csv)$/i.exec(out ?? '')?.[1]?.toLowerCase();
  if (out !== undefined && ending === undefined) throw new UsageError(`--out ${out}: a .json or .csv file`);
  const found = await loadMiniapp(id, input, io);
  if (!found) return EXIT.no;
  const { strings } = found.miniapp;
  const isTable = ending === 'csv' || (ending === undefined && input.values['csv'] === true);
  const content = isTable ? stringsTable(strings) : stringsJson(strings);
  if (out === undefined) {
    io.stdout(content);
    return EXIT.fine;
  }
  saveOutput(outputPlace(out, configFolder(input, io).path, io), out, isTable ? MARK + content : content);
  const [texts, languages] = [keysOf(strings).length, Object.keys(strings)];
  if (isJson(input)) printJson(io, { ok: true, miniapp: id, out, texts, languages });
  else io.stdout(`${safe(out)}: ${plural(texts, 'text')} in ${safe(languages.join(', ')) || 'no language'}\n`);
  return EXIT.fine;
}

/** Exit 1 when a text is missing, its placeholders differ, or the project names one that is not there. */
export async function checkTexts(input: Input, io: Io): Promise<number> {
  const [id = '', folder] = input.positionals.length > 1 ? words(input, 'ID', 'DIR') : words(input, 'ID');
  if (folder !== undefined && !isFolder(folder, io)) throw new UsageError(`${folder} is no folder`);
  const found = await loadMiniapp(id, input, io);
  if (!found) return EXIT.no;
  const { strings } = found.miniapp;
  const { languages } = found.workspace.platform;
  const [fallback = ''] = languages;
  const used = folder === undefined ? undefined : keysInProject(resolve(io.cwd, folder));
  const use = used && keyUse(strings, used);
  const missing = missingKeys(strings, languages);
  const placeholders = placeholderDifferences(strings, fallback);
  const ok = Object.keys(missing).length === 0 && placeholders.length === 0 && (use?.undefinedKeys.length ?? 0) === 0;
  const answer = {
    ok,
    miniapp: id,
    languages: Object.keys(strings),
    keys: keysOf(strings).length,
    missing,
    placeholders,
    unused: use ? unusedByLanguage(strings, use.unused) : null,
    undefined: use?.undefinedKeys ?? null,
    unread: used?.unread ?? null,
  };
  if (isJson(input)) printJson(io, answer);
  else io.stdout(`${said(answer, painter(io.isColoured))}\n`);
  return ok ? EXIT.fine : EXIT.no;
}

const unusedByLanguage = (strings: Strings, unused: readonly string[]): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(strings)
      .map(([language, texts]) => [language, unused.filter((key) => Object.hasOwn(texts, key))] as const)
      .filter(([, keys]) => keys.length > 0),
  );

interface CheckedExport {
  readonly ok: boolean;
  readonly languages: readonly string[];
  readonly keys: number;
  readonly missing: Readonly<Record<string, readonly string[]>>;
  readonly placeholders: ReturnType<typeof placeholderDifferences>;
  readonly unused: Readonly<Record<string, readonly string[]>> | null;
  readonly undefined: readonly string[] | null;
  readonly unread: readonly string[] | null;
}

function said(found: CheckedExport, paint: Paint): string {
  const { ok, languages, keys, missing, placeholders, unused, unread } = found;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [paint('bold', title), ...lines.map((line) => `  ${safe(line)}`), ''];
  const perLanguage = (lists: Readonly<Record<string, readonly string[]>>) =>
    Object.entries(lists).map(([language, names]) => `${language}: ${some(names)}`);
  const braces = (names: readonly string[]) => names.map((name) => `{${name}}`).join(' ');
  const differences = placeholders.map(({ key, language, against, lacks, extra }) => {
    const parts = [
      lacks.length > 0 ? `lacks ${braces(lacks)}` : '',
      extra.length > 0 ? `has ${braces(extra)} besides` : '',
    ];
    return `${key} in ${language}, compared with ${against}: ${parts.filter((part) => part !== '').join(', ')}`;
  });
  return [
    ...section('missing', perLanguage(missing)),
    ...section('placeholders that differ', differences),
    ...section('used by the project and not there', found.undefined?.length ? [some(found.undefined)] : []),
    ...section('not found in the project', perLanguage(unused ?? {})),
    ...section('files that could not be read', unread?.length ? [some(unread)] : []),
    ok
      ? paint('green', `${plural(keys, 'text')} in ${safe(languages.join(', ')) || 'no language'}: nothing is missing`)
      : paint('red', 'the texts are not complete'),
  ].join('\n');
}

/** At most thirty names: `--format json` has all of them. */
const some = (names: readonly string[]): string =>
  names.length > 30 ? `${names.slice(0, 30).join(', ')}, … (${names.length} in all)` : names.join(', ');

async function loadMiniapp(
  id: string,
  input: Input,
  io: Io,
): Promise<{ miniapp: Miniapp; workspace: Workspace } | undefined> {
  const checked = await soundConfig(input, io, { miniapps: [id] });
  if (!checked) return undefined;
  const miniapp = checked.workspace.miniapps.get(id);
  if (!miniapp) throw new UsageError(unknownMiniapp(id));
  return { miniapp, workspace: checked.workspace };
}
