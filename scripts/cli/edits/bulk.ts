/** One edit of many miniapps: judged as one change, with what each needs. */
import type { Miniapp } from '../../core/model.ts';
import { nearest } from '../../core/problems/suggest.ts';
import { pathOf } from '../../core/paths.ts';
import { problem, type Problem } from '../../core/problems/problem.ts';
import type { Edited, FileEdit, EditState } from '../../edit/edit.ts';
import { plural } from '../../report/terminal.ts';
import { oneOf, text, UsageError, type Input, type Options } from '../frame/command.ts';
import { onMiniapp, type CommandRequest } from './edit-command.ts';
import type { ActorIdentity } from '../frame/edit-context.ts';

/** Which miniapps an edit is of, as a usage line writes it. */
export const TARGET = '(ID | --all [--type smart|panel] | --miniapp ID …)';

export const MANY_OPTIONS: Options = {
  all: {
    type: 'boolean',
    describe: 'all miniapps instead of one ID, in one change; those that need nothing are left alone',
  },
  type: { type: 'string', value: 'smart|panel', describe: 'with --all: only those of this type' },
  miniapp: {
    type: 'string',
    multiple: true,
    value: 'ID',
    describe: 'instead of one ID: these; may be given several times',
  },
};

type Make = (given: EditState, miniapp: Miniapp, who: ActorIdentity) => Edited;

/** The words of a command that names its miniapps, and those after. */
export interface BulkTarget {
  /** Undefined for many. */
  readonly id: string | undefined;
  readonly words: readonly string[];
  readonly request: (make: Make) => CommandRequest;
}

/**
 * From the words of a command: the one miniapp they begin with, or those of `--miniapp`, `--all` and `--type`. `words` is what is left
 * of them. Throws UsageError where neither is given.
 */
export function bulkTarget(input: Input): BulkTarget {
  const { positionals, values } = input;
  const named = (values['miniapp'] ?? []) as string[];
  const isMany = values['all'] === true || named.length > 0;
  if (!isMany) {
    const [id, ...words] = positionals;
    if (id === undefined) throw new UsageError('ID is missing', 'word-missing');
    return { id, words, request: (make) => onMiniapp(id, make) };
  }
  const type = text(input, 'type') === undefined ? undefined : oneOf(input, 'type', ['smart', 'panel'], 'smart');
  return {
    id: undefined,
    words: positionals,
    request: (make) => ({
      edit: (given, who) => {
        refuseId(positionals, given, named.length > 0 ? '--miniapp' : '--all');
        return onMany(given, who, named, type, make);
      },
    }),
  };
}

/** Throws UsageError where a word is the id of a miniapp, which would else be taken for an account, a login or an API of all of them. */
function refuseId(positionals: readonly string[], { workspace }: EditState, option: string): void {
  const id = positionals.find((word) => workspace.miniapps.has(word.toLowerCase()));
  if (id !== undefined)
    throw new UsageError(`${id} is a miniapp, and ${option} says which it is: leave one of the two out`);
}

function onMany(
  given: EditState,
  who: ActorIdentity,
  named: readonly string[],
  type: string | undefined,
  make: Make,
): Edited {
  const { miniapps } = given.workspace;
  const unknown = named.filter((id) => !miniapps.has(id));
  if (unknown.length > 0) {
    const near = (id: string) => nearest(id, [...miniapps.keys()]);
    const problems = unknown.map((id) =>
      problem('reference-unknown', { file: pathOf.file(id, 'miniapp') }, { kind: 'miniapp', name: id, near: near(id) }),
    );
    return { problems };
  }
  const isChosen = ({ id, basics }: Miniapp) =>
    named.length > 0 ? named.includes(id) : type === undefined || basics.type === type;
  const chosen = [...miniapps.values()].filter(isChosen);
  return together(
    chosen.map((miniapp) => make(given, miniapp, who)),
    'miniapp',
  );
}

/** Several edits as one: all that is wrong with any of them, or what they change. */
export function together(results: readonly Edited[], noun: string): Edited {
  const problems: Problem[] = results.flatMap((made) => ('problems' in made ? made.problems : []));
  if (problems.length > 0) {
    const texts = new Map(results.flatMap((made) => ('problems' in made ? [...(made.texts ?? [])] : [])));
    return { problems, texts };
  }
  const edits: FileEdit[] = results.flatMap((made) => ('edits' in made ? made.edits : []));
  if (edits.length === 0) return { already: `none of ${plural(results.length, noun)} needs it` };
  const notes = new Set(results.flatMap((made) => ('edits' in made ? (made.notes ?? []) : [])));
  const changed = results.filter((made) => 'edits' in made).length;
  const count = `${changed} of ${plural(results.length, noun)} changed, ${results.length - changed} left alone`;
  return { edits, notes: [...notes, count] };
}
