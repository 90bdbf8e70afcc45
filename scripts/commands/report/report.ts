/** The data report: daily figures, imported from what other systems give, and shown. */
import { defined } from '../../core/defined.ts';
import type { Miniapp, Workspace } from '../../core/model.ts';
import { namedIds, type NamedIds } from '../../core/named.ts';
import { pathOf } from '../../core/paths.ts';
import { problem, type Place, type Problem } from '../../core/problems/problem.ts';
import type { ReportRow } from '../../core/report/statistics.ts';
import { datesAreReal } from '../../core/rules/dates-are-real.ts';
import { figuresFitApp } from '../../core/rules/delivery-fits-app.ts';
import { referencesExist } from '../../core/rules/references-exist.ts';
import { rowsAreUnique } from '../../core/rules/rows-are-unique.ts';
import { applyRules } from '../../core/rules/rule.ts';
import { MINIAPPS_LISTED } from '../../core/tool-command.ts';
import { edited, type Edited, type FileEdit, type EditState } from '../../edit/edit.ts';
import { importRows } from '../../edit/report.ts';
import { Findings } from '../../project/finding.ts';
import { readReportJson, readReportTable, REPORT_COLUMNS, type GivenRow } from '../../tables/report.ts';
import { UsageError, words, type Command, type Input, type Io } from '../../cli/frame/command.ts';
import { ACTS, editingCommand, onMiniapp, split, type CommandRequest } from '../../cli/edits/edit-command.ts';
import { givenFile, type GivenFile } from '../../cli/input/input-file.ts';
import { showReport } from './show.ts';
import { unfitFor } from '../../cli/input/schema-check.ts';

const edits = editingCommand({
  name: 'report',
  takesNames: true,
  summary: 'the data report: daily figures, imported and shown',
  usage: [],
  // What alone follows import is a file.
  miniappWord: ([verb, ...others]) => (verb === 'import' && others.length < 2 ? undefined : 1),
  options: {
    replace: {
      type: 'boolean',
      describe: 'import: where a row is there with other figures, the file counts (without it the import is refused)',
    },
    from: { type: 'string', value: 'DAY', describe: 'show: from this day on, as 2026-11-01' },
    to: { type: 'string', value: 'DAY', describe: 'show: through this day' },
    app: { type: 'string', value: 'APP', describe: 'show: of this app alone' },
    region: { type: 'string', value: 'REGION', describe: 'show: of this region alone' },
    version: { type: 'string', value: 'VERSION', describe: 'show: of this version alone' },
  },
  request(input, io) {
    const { rest } = split(input, ['import']);
    return importRequest(rest, io);
  },
});

export const reportCommand: Command = {
  ...edits,
  usage: [
    `report import ID FILE.csv|FILE.json|- [--replace] ${ACTS}`,
    `report import FILE    with a column miniapp besides ${REPORT_COLUMNS.join(', ')}`,
    'report show ID [--from DAY] [--to DAY] [--app APP] [--region REGION] [--version VERSION]',
  ],
  run(input, io) {
    const [verb, ...positionals] = input.positionals;
    if (verb === 'show') return showReport({ ...input, positionals }, io);
    if (verb !== 'import')
      throw new UsageError(`${verb === undefined ? 'a word is missing' : `"${verb}"`}: it is one of import, show`);
    return edits.run(input, io);
  },
};

function importRequest(input: Input, io: Io): CommandRequest {
  const hasId = input.positionals.length > 1;
  const [first = '', second = ''] = hasId ? words(input, 'ID', 'FILE') : words(input, 'FILE');
  const file = givenFile(hasId ? second : first, io);
  const replace = input.values['replace'] === true;
  const wanted = (given: EditState, id: string | undefined) => {
    const made = imported(given, file, id, replace);
    return 'problems' in made ? { ...made, texts: new Map([[file.name, file.text]]) } : made;
  };
  return hasId ? onMiniapp(first, (given) => wanted(given, first)) : { edit: (given) => wanted(given, undefined) };
}

/** The rows of all miniapps that the file names, or everything that is wrong with them. */
function imported(given: EditState, file: GivenFile, id: string | undefined, replace: boolean): Edited {
  const findings = new Findings('.');
  const isTable = /\.(?:csv|tsv)$/i.test(file.name) || (!/\.json$/i.test(file.name) && !/^\s*[{/[]/.test(file.text));
  const read = (isTable ? readReportTable : readReportJson)(file.name, file.text, findings);
  if (!read) return { problems: findings.problems };
  const place = (offset: number): Place => ({ file: file.name, isOutside: true, offset });
  if (read.length === 0) {
    const expected = `The columns are ${REPORT_COLUMNS.join(', ')}`;
    return { problems: [...findings.problems, problem('table-empty', place(0), { expected })] };
  }
  // A row with a cell that cannot be read is not looked at any further; the others are, so that everything is said at once.
  const faulty = new Set(findings.problems.map(({ at }) => at.offset));
  const ids = namedIds(given.workspace);
  const rows = read.filter(({ offset }) => !faulty.has(offset)).map((row) => withIds(row, ids));
  const problems: Problem[] = [...findings.problems];
  const made: FileEdit[] = [];
  const notes: string[] = [];
  const already: string[] = [];
  for (const [name, own] of Map.groupBy(rows, ({ miniapp }) => miniapp ?? id)) {
    const miniapp = name === undefined ? undefined : given.workspace.miniapps.get(name);
    const isOther = id !== undefined && name !== id;
    const [at] = own;
    if (!miniapp || isOther) {
      problems.push(whose(name, id, place(at!.offset)));
      continue;
    }
    const unfit = unfitRows(own, place);
    const refusedAt = new Set(unfit.map(({ at }) => at.offset));
    const fit = own.filter(({ offset }) => !refusedAt.has(offset));
    const wrong = wrongRows(given.workspace, miniapp, fit, place);
    problems.push(...unfit, ...wrong);
    if (unfit.length + wrong.length > 0) continue;
    const offsets = new Map(own.map(({ row, offset }) => [row, offset]));
    const result = importRows(given, miniapp, [...offsets.keys()], replace, (row) => place(offsets.get(row) ?? 0));
    if ('problems' in result) problems.push(...result.problems);
    else if ('already' in result) already.push(result.already);
    else {
      made.push(...result.edits);
      notes.push(...(result.notes ?? []));
    }
  }
  if (problems.length > 0) return { problems };
  const all = edited(made, already.join('; '));
  return 'edits' in all ? { ...all, notes } : all;
}

/** The row with ids where it has the names that people read; what is no text is for the schema to judge. */
function withIds({ miniapp, row, offset }: GivenRow, ids: NamedIds): GivenRow {
  const idOf = (value: unknown, find: (word: string) => string) => (typeof value === 'string' ? find(value) : value);
  const { app, region } = row;
  const named = {
    ...defined({
      app: 'app' in row ? idOf(app, ids.app) : undefined,
      region: 'region' in row ? idOf(region, ids.region) : undefined,
    }),
  };
  return { miniapp: miniapp && ids.miniapp(miniapp), row: { ...row, ...named } as ReportRow, offset };
}

function whose(name: string | undefined, id: string | undefined, at: Place): Problem {
  if (name === undefined) {
    const next = 'Name the miniapp: npx miniapp report import ID FILE, or a column miniapp';
    return problem('table-value', at, { field: 'miniapp', actual: 'empty', expected: 'the id of a miniapp', next });
  }
  if (id !== undefined) {
    const args = {
      field: 'miniapp',
      actual: name,
      expected: id,
      next: 'To import rows of several: npx miniapp report import FILE',
    };
    return problem('table-value', at, args);
  }
  return problem('reference-unknown', at, { kind: 'miniapp', name, near: MINIAPPS_LISTED });
}

type PlaceAt = (offset: number) => Place;

/** As many rows as a month may have: a file for many months has more, and is looked at in pieces. */
const PIECE = 5000;

/** What no file of a month may hold. */
function unfitRows(own: readonly GivenRow[], place: PlaceAt): Problem[] {
  const starts = Array.from({ length: Math.ceil(own.length / PIECE) }, (_, i) => i * PIECE);
  return starts.flatMap((start) => {
    const piece = own.slice(start, start + PIECE);
    return unfitFor('report', { rows: piece.map(({ row }) => row) }).map(({ path: [, i], problem: found }) => ({
      ...found,
      at: place(piece[Number(i ?? 0)]?.offset ?? 0),
    }));
  });
}

/** What the rules say of the rows alone: apps, regions and versions that are none, days in no calendar, a row that is there twice. */
function wrongRows(workspace: Workspace, miniapp: Miniapp, own: readonly GivenRow[], place: PlaceAt): Problem[] {
  const month = 'given';
  const alone: Miniapp = { ...miniapp, reports: new Map([[month, { rows: own.map(({ row }) => row) }]]) };
  const narrowed: Workspace = { ...workspace, miniapps: new Map([[miniapp.id, alone]]) };
  const file = pathOf.report(miniapp.id, month);
  return applyRules([referencesExist, datesAreReal, rowsAreUnique, figuresFitApp], narrowed, 0)
    .filter(({ at, code }) => at.file === file && code !== 'report-month')
    .map((found) => ({ ...found, at: place(own[Number(found.at.path?.[1] ?? 0)]?.offset ?? 0) }));
}
