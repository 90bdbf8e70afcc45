/** What all commands that edit have in common: read, edit in memory, judge, and only then write. */
import type { Miniapp, Workspace } from '../core/model.ts';
import { identify, pathOf } from '../core/paths.ts';
import { problem } from '../core/problem.ts';
import { unifiedDiff } from '../edit/diff.ts';
import type { Edited, FileEdit, Given } from '../edit/edit.ts';
import { writeEdits } from '../edit/write.ts';
import { judgeEdits, type Judged } from '../judge/edits.ts';
import { diskSource } from '../read/disk.ts';
import { load, type Loaded } from '../read/load.ts';
import { count, locateAll, type LocatedProblem } from '../read/locate.ts';
import { painter } from '../report/terminal.ts';
import { actorOf } from './actor.ts';
import {
  EXIT,
  isJson,
  nowOf,
  printJson,
  UsageError,
  type Command,
  type Input,
  type Io,
  type Options,
} from './command.ts';
import { pastOrNone } from './past.ts';
import { printList, type List } from './lists.ts';
import { approvalLine, effectLines, stepLine, verdictJson } from './verdict.ts';
import { configFolder, printProblems, soundConfig } from './workspace.ts';

export interface Who {
  readonly actor: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Opening the pull request stands where this is said once it is built. */
const NOT_PROPOSED =
  'no pull request was opened: this version edits and judges, it does not talk to GitHub yet; commit and push as you like\n';

/** What the words of a command line ask for: an edit, or a list of what is there. */
export type Wish = EditWish | ListWish;

interface EditWish {
  /** The miniapp that is edited; without one it is the platform, and everything is read. */
  readonly miniapp?: string;
  /** The id of what is new, which is the answer. */
  readonly id?: string;
  readonly edit: (given: Given, who: Who) => Edited;
}

interface ListWish {
  readonly miniapp: string;
  readonly list: (miniapp: Miniapp, workspace: Workspace) => List;
}

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly usage: readonly string[];
  readonly options?: Options;
  readonly about?: Readonly<Record<string, string>>;
  readonly wish: (input: Input, io: Io) => Wish;
}

/** A command from the little that is its own. */
export const editing = ({ name, summary, usage, options = {}, about = {}, wish }: Definition): Command => ({
  name,
  summary,
  usage: usage.map((line) => (line.includes('|list') ? line : `${line} [--actor LOGIN] [--dry-run] [--no-pr]`)),
  options: {
    ...options,
    actor: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'no-pr': { type: 'boolean' },
    now: { type: 'string' },
  },
  about: {
    ...about,
    actor: 'LOGIN    who acts (default: git config github.user)',
    'dry-run': 'show the edit and write nothing',
    'no-pr': 'edit the files, and stop there',
    now: 'TIME    the clock that expiry is judged by (default: now)',
  },
  async run(input, io) {
    const wished = wish(input, io);
    if ('list' in wished) return list(wished, input, io);
    return edit(wished, input, io);
  },
});

/** An edit of a miniapp that is there. */
export const onMiniapp = (id: string, make: (given: Given, miniapp: Miniapp, who: Who) => Edited): Wish => ({
  miniapp: id,
  edit(given, who) {
    const miniapp = given.workspace.miniapps.get(id);
    if (miniapp) return make(given, miniapp, who);
    const near = 'npx miniapp list shows all of them';
    const file = pathOf.file(id, 'miniapp');
    return { problems: [problem('reference-unknown', { file }, { kind: 'miniapp', name: id, near })] };
  },
});

/** The first word, which says what is done, and the input without it. */
export function split<T extends string>(input: Input, allowed: readonly T[]): { verb: T; rest: Input } {
  const [verb, ...positionals] = input.positionals;
  const known = allowed.find((word) => word === verb);
  if (!known)
    throw new UsageError(
      `${verb === undefined ? 'a word is missing' : `"${verb}"`}: it is one of ${allowed.join(', ')}`,
    );
  return { verb: known, rest: { ...input, positionals } };
}

async function list({ miniapp: id, list: make }: ListWish, input: Input, io: Io): Promise<number> {
  const checked = await soundConfig(input, io, { miniapps: [id] });
  if (!checked) return EXIT.no;
  const miniapp = checked.workspace.miniapps.get(id);
  if (!miniapp) throw new UsageError(`there is no miniapp "${id}". npx miniapp list shows all of them`);
  printList(make(miniapp, checked.workspace), input, io);
  return EXIT.fine;
}

interface Situation {
  readonly folder: string;
  readonly input: Input;
  readonly io: Io;
  readonly wish: EditWish;
}

async function edit(wish: EditWish, input: Input, io: Io): Promise<number> {
  const now = nowOf(input, io);
  const { folder, path } = configFolder(input, io);
  const actor = await actorOf(input, io, path);
  const options = wish.miniapp === undefined ? {} : { miniapps: [wish.miniapp] };
  const base = load(diskSource(path), options);
  const situation: Situation = { folder, input, io, wish };
  // What a file that cannot be read would say is not known; an image alone can be replaced unread.
  const isUnknown = [...base.workspace.broken].some((file) => identify(file)?.kind !== 'avatar');
  if (isUnknown) return refused(locateAll(base.problems, base.texts, folder), base.texts, situation);
  const made = wish.edit(givenOf(base, path), { actor, now });
  if ('already' in made) return nothingToDo(made.already, situation);
  if ('problems' in made) return refused(locateAll(made.problems, base.texts, folder), base.texts, situation);
  const { edits } = made;
  const history = await pastOrNone(path, io);
  const judged = judgeEdits({ edits, base, options, folder, path, actor, history, now });
  if (count(judged.problems).errors > 0) return refused(judged.problems, judged.texts, situation, judged);
  const isDryRun = input.values['dry-run'] === true;
  if (!isDryRun) writeEdits(path, edits);
  accepted(edits, judged, situation);
  if (!isDryRun && input.values['no-pr'] !== true) io.stderr(NOT_PROPOSED);
  return EXIT.fine;
}

function givenOf({ workspace, texts }: Loaded, path: string): Given {
  const source = diskSource(path);
  return { workspace, texts, bytes: (file) => (source.list(file).length > 0 ? source.read(file) : null) };
}

const NOTHING = { transitions: [], files: [], approvals: { required: 0, given: [], missing: 0 } };
const subject = ({ wish: { miniapp } }: Situation) => (miniapp === undefined ? {} : { miniapp });

function nothingToDo(why: string, situation: Situation): number {
  const { input, io } = situation;
  if (isJson(input)) printJson(io, { ok: true, ...subject(situation), ...NOTHING, problems: [], message: why });
  else io.stdout(`nothing to do: ${why}\n`);
  return EXIT.fine;
}

function refused(
  problems: readonly LocatedProblem[],
  texts: ReadonlyMap<string, string>,
  situation: Situation,
  judged?: Judged,
): number {
  const { input, io, folder } = situation;
  const found = judged ? verdictJson(judged.verdict, problems) : { problems };
  if (isJson(input)) printJson(io, { ok: false, ...subject(situation), ...NOTHING, ...found });
  else printProblems({ problems, folder, texts }, input, io);
  return EXIT.no;
}

function accepted(edits: readonly FileEdit[], judged: Judged, situation: Situation): void {
  const { input, io, folder, wish } = situation;
  const { verdict, problems, texts, workspace } = judged;
  const files = edits.map(({ path }) => `${folder.replace(/\/+$/, '')}/${path}`);
  const dry = input.values['dry-run'] === true ? { dryRun: true, diff: unifiedDiff(edits, folder) } : undefined;
  const id = wish.id === undefined ? {} : { id: wish.id };
  if (isJson(input)) {
    printJson(io, { ok: true, ...id, ...subject(situation), files, ...verdictJson(verdict, problems), ...dry });
    return;
  }
  const paint = painter(io.isColoured);
  const { approvals } = verdict;
  const lines = [
    ...verdict.transitions.map((transition) => paint('bold', stepLine(transition))),
    ...(dry ? [] : edits.map(({ after }, i) => `  ${after === null ? 'removed' : 'wrote'} ${files[i]}`)),
    ...(approvals.required > 0 ? [`  approvals of the pull request: ${approvalLine(approvals)}`] : []),
    ...effectLines(verdict.effects, workspace).map((line) => `  ${line}`),
  ];
  // What other programs take is alone on standard output: a diff, or the id of what is new.
  const answer = dry?.diff ?? (wish.id === undefined ? undefined : `${wish.id}\n`);
  if (answer !== undefined) io.stdout(answer);
  const tell = answer === undefined ? io.stdout : io.stderr;
  tell(`${lines.join('\n')}\n`);
  if (problems.length > 0) printProblems({ problems, folder, texts }, input, { ...io, stdout: tell });
}
