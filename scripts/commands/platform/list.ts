/** What `person list` and `app list` answer. */
import type { App, Person } from '../../core/model.ts';
import { textIn } from '../../core/localized-text.ts';
import { EXIT, words, type Command, type Input, type Io } from '../../cli/frame/command.ts';
import { printList, type ListOutput } from '../../cli/output/list-output.ts';
import { soundSummary, type SummarizedConfig } from '../validate/whole.ts';

/** The command with a `list` of all that there is. */
export const withList = (command: Command, make: (shared: SummarizedConfig['shared']) => ListOutput): Command => ({
  ...command,
  usage: [...command.usage, `${command.name} list`],
  run(input, io) {
    const [verb, ...positionals] = input.positionals;
    return verb === 'list' ? list({ ...input, positionals }, io, make) : command.run(input, io);
  },
});

async function list(input: Input, io: Io, make: (shared: SummarizedConfig['shared']) => ListOutput): Promise<number> {
  words(input);
  const config = await soundSummary(input, io);
  if (!config) return EXIT.no;
  printList(make(config.shared), input, io);
  return EXIT.fine;
}

/** The people as a table and as JSON, in the order of their files. */
export function peopleOf({ people }: SummarizedConfig['shared']): ListOutput {
  const all: Person[] = [...people.values()];
  const row = ({ login, githubId, name, internal, platformRoles = [], left = '' }: Person) => [
    ...[login, String(githubId), internal === true ? 'internal' : 'external'],
    ...[platformRoles.join(', '), left, name],
  ];
  return {
    rows: [['login', 'github id', 'is', 'roles', 'left', 'name'], ...all.map(row)],
    json: { people: all },
    none: 'there is nobody',
  };
}

/** The host apps as a table, each with its name in the platform's first language, and as JSON. */
export function appsOf({ apps, platform }: SummarizedConfig['shared']): ListOutput {
  const all: App[] = [...apps.values()];
  const row = ({ id, name, regions, scheme, managers = [], default: isDefault }: App) => [
    ...[id, isDefault === true ? 'default' : '', scheme, regions.join(', ')],
    ...[managers.join(', '), textIn(name, platform.languages)],
  ];
  return {
    rows: [['id', '', 'scheme', 'regions', 'managers', 'name'], ...all.map(row)],
    json: { apps: all },
    none: 'there is no app',
  };
}
