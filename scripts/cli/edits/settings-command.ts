/** A settings command: entries from the command line or a file, added to or removed from one miniapp or many, or listed. */
import type { Miniapp, Workspace } from '../../core/model.ts';
import { problem, type Place, type Problem } from '../../core/problems/problem.ts';
import type { Edited, EditState } from '../../edit/edit.ts';
import { withPromises, type AnsweringList } from '../../edit/scenarios.ts';
import { Findings } from '../../project/finding.ts';
import { readEntries, type EntryShape } from '../../tables/entries.ts';
import {
  MissingOption,
  text,
  UsageError,
  words,
  type Command,
  type Input,
  type Io,
  type Options,
} from '../frame/command.ts';
import { editingCommand, split, type CommandRequest } from './edit-command.ts';
import type { ActorIdentity } from '../frame/edit-context.ts';
import { ENTRIES_LIMIT, givenFile, type GivenFile } from '../input/input-file.ts';
import { accountFormFor, type AccountForm } from '../input/account-form.ts';
import type { ListOutput } from '../output/list-output.ts';
import { bulkTarget, MANY_OPTIONS } from './bulk.ts';
import { texts } from '../frame/options.ts';
import { keepsPromises, UPDATE } from './promises.ts';

/** What an entry says of a field. */
export type Field = (name: string) => string | undefined;

export interface Setting<Row> {
  readonly name: string;
  readonly summary: string;
  readonly usage: readonly string[];
  readonly options: Options;
  /** The first field is the main one: what a word, or a line of plain text, gives. */
  readonly shape: EntryShape;
  /** The option of a field, where it has another name. */
  readonly optionOf?: Readonly<Record<string, string>>;
  /** How the main word is called where it is missing. */
  readonly missing: string;
  readonly needs: Readonly<Record<'add' | 'remove', readonly string[]>>;
  /** Entries that options give besides. */
  readonly besides?: (input: Input) => ReadonlyMap<string, string>[];
  readonly rowOf: (field: Field, keep: AccountForm) => Row;
  readonly add: (given: EditState, miniapp: Miniapp, rows: readonly Row[], who: ActorIdentity) => Edited;
  readonly remove: (given: EditState, miniapp: Miniapp, rows: readonly Row[]) => Edited;
  readonly list: (miniapp: Miniapp) => ListOutput;
  /** The list that it edits, where answers depend on it: promises can be brought up to date in the same change. */
  readonly answers?: AnsweringList;
  /** What of a row no configuration may hold, each with the row's index. */
  readonly faults: (
    workspace: Workspace,
    miniapp: Miniapp,
    rows: readonly Row[],
  ) => { index: number; problem: Problem }[];
}

/** The verb for a list of settings, with `add`, `remove` and `list`, and its options for many miniapps and for files. */
export const settingsCommand = <Row>(setting: Setting<Row>): Command =>
  editingCommand({
    name: setting.name,
    summary: setting.summary,
    usage: setting.usage,
    miniappWord: 1,
    takesNames: true,
    options: {
      ...setting.options,
      ...MANY_OPTIONS,
      ...(setting.answers === undefined ? {} : UPDATE),
      file: {
        type: 'string',
        value: 'FILE',
        describe: `entries from a .csv, .yaml, .json or .txt file, or - for standard input (fields: ${setting.shape.fields.join(', ')})`,
      },
    },
    request: (input, io) => requestOf(setting, input, io),
  });

interface SettingsEntry {
  readonly values: ReadonlyMap<string, string>;
  /** Absent for what was typed. */
  readonly place?: Place;
  /** Fields that have a column and no cell. */
  readonly blank?: readonly string[];
}

function requestOf<Row>(setting: Setting<Row>, input: Input, io: Io): CommandRequest {
  const { verb, rest } = split(input, ['add', 'remove', 'list']);
  if (verb === 'list') {
    const [id = ''] = words(rest, 'ID');
    return { miniapp: id, list: setting.list };
  }
  const aim = bulkTarget(rest);
  const { shape, needs } = setting;
  const optionOf = (field: string) => setting.optionOf?.[field] ?? field;
  // What an entry does not say itself, the options say for all.
  const fallback: Field = (field) => {
    const name = optionOf(field);
    return Array.isArray(input.values[name]) ? texts(input, name).join(' ') : text(input, name);
  };
  const typed: SettingsEntry[] = [
    ...[...aim.words, ...texts(input, optionOf(shape.main))].map((word) => ({ values: new Map([[shape.main, word]]) })),
    ...(setting.besides?.(input) ?? []).map((values) => ({ values })),
  ];
  const name = text(input, 'file');
  if (typed.length === 0 && name === undefined) {
    const { missing } = setting;
    throw new UsageError(`${missing} is missing`, missing.startsWith('--') ? 'option-missing' : 'word-missing');
  }
  const fieldOf =
    ({ values }: SettingsEntry): Field =>
    (field) =>
      values.get(field) ?? (field === shape.main ? undefined : fallback(field));
  for (const entry of typed) {
    const lacking = needs[verb].find((field) => fieldOf(entry)(field) === undefined);
    if (lacking !== undefined) throw new MissingOption(optionOf(lacking));
  }
  const file = name === undefined ? undefined : givenFile(name, io, ENTRIES_LIMIT);
  const findings = new Findings('.');
  const read = file ? entriesOf(file, setting, findings, { needs: needs[verb], fieldOf }) : [];
  const entries = [...typed, ...read];
  const keep = accountFormFor(input, io);
  const rows = entries.map((entry) => setting.rowOf(fieldOf(entry), keep));
  const problems = findings.problems;
  return aim.request((given, miniapp, who) => {
    const edit = (): Edited => {
      const made = verb === 'add' ? setting.add(given, miniapp, rows, who) : setting.remove(given, miniapp, rows);
      return setting.answers === undefined || keepsPromises(input)
        ? made
        : withPromises(given, miniapp, made, { list: setting.answers, now: who.now });
    };
    if (!file) return edit();
    const faults = verb === 'remove' || problems.length > 0 ? [] : setting.faults(given.workspace, miniapp, rows);
    const placed = faults.flatMap(({ index, problem: found }) => {
      const place = entries[index]?.place;
      // What was typed is judged with the rest of the change.
      return place ? [{ ...found, at: place }] : [];
    });
    const all = [...problems, ...placed];
    if (all.length > 0) return { problems: all, texts: new Map([[file.name, file.text]]) };
    return edit();
  });
}

/**
 * The entries of a file; what one lacks is a finding where it stands. An empty cell of a list is none that is left out: who takes rows away by a
 * table whose column is not filled in would take everything.
 */
function entriesOf<Row>(
  file: GivenFile,
  { shape }: Setting<Row>,
  findings: Findings,
  { needs, fieldOf }: { readonly needs: readonly string[]; readonly fieldOf: (entry: SettingsEntry) => Field },
): SettingsEntry[] {
  const entries = (readEntries(file.name, file.text, shape, findings) ?? []).map(
    ({ values, blank = [], unread = [], offset }) => ({
      values,
      ...{ blank, unread },
      place: { file: file.name, isOutside: true as const, offset },
    }),
  );
  for (const entry of entries) {
    if (entry.values.get(shape.main) === '') {
      const args = { field: shape.main, actual: 'empty', expected: 'filled in', next: '' };
      findings.problems.push(problem('table-value', entry.place, args));
    }
    for (const field of shape.lists) {
      const isBlank = entry.blank.includes(field) && !needs.includes(field) && fieldOf(entry)(field) === undefined;
      const actual = isBlank ? '' : entry.values.get(field);
      if (actual === undefined || /[^\s,]/.test(actual)) continue;
      const args = { field, actual: 'a list of nothing', expected: 'one or several, or left out', next: '' };
      findings.problems.push(problem('table-value', entry.place, args));
    }
    for (const field of needs.filter((one) => !entry.unread.includes(one) && fieldOf(entry)(one) === undefined)) {
      const args = { field, actual: 'missing', expected: 'filled in, here or by its option', next: '' };
      findings.problems.push(problem('table-value', entry.place, args));
    }
  }
  return entries;
}
