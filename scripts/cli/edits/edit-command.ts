/** What all commands that edit have in common: their words and options, and the two things that they can ask for. */
import type { Miniapp, Workspace } from '../../core/model.ts';
import { pathOf } from '../../core/paths.ts';
import { problem } from '../../core/problems/problem.ts';
import { MINIAPPS_LISTED } from '../../core/tool-command.ts';
import type { Edited, EditState } from '../../edit/edit.ts';
import { ACTING, EXIT, UsageError, type Command, type Input, type Io, type Options } from '../frame/command.ts';
import { printList, type ListOutput } from '../output/list-output.ts';
import type { EditRequest, ActorIdentity } from '../frame/edit-context.ts';
import { soundConfig } from '../config/load-config.ts';
import { runEdit } from './run-edit.ts';
import { unknownMiniapp } from '../input/unknown-miniapp.ts';

/** What the words of a command line ask for: an edit, or a list of what is there. */
export type CommandRequest = EditRequest | ListRequest;

interface ListRequest {
  readonly miniapp: string;
  readonly list: (miniapp: Miniapp, workspace: Workspace) => ListOutput;
}

interface Definition {
  readonly name: string;
  readonly summary: string;
  readonly usage: readonly string[];
  /** Which word after the verb names a miniapp. */
  readonly miniappWord?: Command['miniappWord'];
  readonly takesNames?: boolean;
  readonly options?: Options;
  readonly request: (input: Input, io: Io) => CommandRequest;
}

/** `ACTING` of `command.ts`, as a usage line writes it. */
export const ACTS = '[--actor LOGIN] [--dry-run] [--no-pr] [--commit [--approved-by LOGIN …]] [--now TIME]';

/** With what every edit takes, at the end of each form that edits. */
const withActs = (usage: readonly string[]): string[] =>
  usage.map((line, i) => (IS_LIST.test(line) || usage[i + 1]?.startsWith(' ') ? line : `${line} ${ACTS}`));

const IS_LIST = /^[a-z]+ (?:list|show) /;

/** A command from the little that is its own. */
export const editingCommand = ({
  name,
  summary,
  usage,
  miniappWord,
  takesNames,
  options = {},
  request,
}: Definition): Command => ({
  name,
  summary,
  usage: withActs(usage),
  ...(miniappWord === undefined ? {} : { miniappWord }),
  ...(takesNames === undefined ? {} : { takesNames }),
  takesLogins: true,
  options: { ...options, ...ACTING },
  async run(input, io) {
    const asked = request(input, io);
    return 'list' in asked ? list(asked, input, io) : runEdit(name, asked, input, io);
  },
});

/** An edit of a miniapp that is there. */
export const onMiniapp = (
  id: string,
  make: (given: EditState, miniapp: Miniapp, who: ActorIdentity) => Edited,
): EditRequest => ({
  miniapp: id,
  edit(given, who) {
    const miniapp = given.workspace.miniapps.get(id);
    if (miniapp) return make(given, miniapp, who);
    const file = pathOf.file(id, 'miniapp');
    return { problems: [problem('reference-unknown', { file }, { kind: 'miniapp', name: id, near: MINIAPPS_LISTED })] };
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

async function list({ miniapp: id, list: make }: ListRequest, input: Input, io: Io): Promise<number> {
  const checked = await soundConfig(input, io, { miniapps: [id] });
  if (!checked) return EXIT.no;
  const miniapp = checked.workspace.miniapps.get(id);
  if (!miniapp) throw new UsageError(unknownMiniapp(id));
  printList(make(miniapp, checked.workspace), input, io);
  return EXIT.fine;
}
