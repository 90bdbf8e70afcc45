/** What a form of a command does not take is refused in words; nothing that is typed is dropped in silence. */
import { describe, expect, test } from 'vitest';
import { VERBS } from '../../cli.ts';
import { COMMON, type Command } from './command.ts';
import { formsOf, refuseStrayOptions } from './forms.ts';

const commands = await Promise.all(Object.values(VERBS).map(({ load }) => load()));
const named = new Map(commands.map((command) => [command.name, command]));

/** What is said of a command line; nothing where it goes on. */
function saidOf(line: string): string | undefined {
  const [name = '', ...rest] = line.split(' ');
  const positionals = rest.filter((word) => !word.startsWith('--'));
  const options = rest.filter((word) => word.startsWith('--')).map((word) => [word.slice(2), 'x']);
  try {
    refuseStrayOptions(named.get(name)!, { positionals, values: Object.fromEntries(options) });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

test.each(commands.map((command) => [command.name, command] as const))(
  'the usage of %s names each of its options, and no other',
  (_, command: Command) => {
    const inForms = new Set(formsOf(command).flatMap(({ options }) => [...options]));
    expect([...inForms].sort()).toEqual(Object.keys(command.options).sort());
  },
);

describe('refused', () => {
  test.each([
    ['edit --file --archive', '--file and --archive do not go together'],
    ['edit ID --file --name', '--file and --name do not go together'],
    ['edit --all --file', '--all and --file do not go together'],
    ['person add --file --internal', '--file and --internal do not go together'],
    ['person add --file --left', '--file and --left do not go together'],
    ['app add --file --default', '--file and --default do not go together'],
    ['app add --file --language', '--file and --language do not go together'],
    ['app add APP --add-region', '--add-region'],
    ['app edit APP --region', 'app edit takes no --region'],
    ['app edit APP --file', 'app edit takes no --file'],
    ['person list --role', 'person list takes no --role'],
    ['person edit LOGIN --github-id', 'person edit takes no --github-id'],
    ['whitelist list ID --app', 'whitelist list takes no --app'],
    ['whitelist remove ID ACCOUNT --note', 'whitelist remove takes no --note'],
    ['member remove ID LOGIN --role', 'member remove takes no --role'],
    ['language remove ID --text', 'language remove takes no --text'],
    ['language list ID --csv', 'language list takes no --csv'],
    ['report show ID --replace', 'report show takes no --replace'],
    ['package list --out', 'package list takes no --out'],
    ['rollout stop ID --percent', 'rollout stop takes no --percent'],
    ['scenario remove ID --app', 'scenario remove takes no --app'],
    ['accounts show --miniapp', 'accounts show takes no --miniapp'],
    ['portal serve --shard', 'portal serve takes no --shard'],
    ['portal build --include-experience', '--include-experience goes with --packages'],
    ['edit ID --type', '--type goes with --all'],
    ['app edit APP --kit', '--kit goes with --runtime'],
    ['disable ID --approved-by', '--approved-by goes with --commit'],
    ['edit ID --archive --unarchive', '--archive and --unarchive exclude each other'],
    ['resolve ID --account --audience', '--account and --audience exclude each other'],
    ['upgrade --from --into', '--from and --into exclude each other'],
  ])('%s', (line, why) => {
    expect(saidOf(line)).toContain(why);
  });
});

describe('not refused', () => {
  test.each([
    'edit --file --language --dry-run',
    'edit --all --type --category --commit --approved-by',
    'whitelist add --miniapp ACCOUNT --file --app --note --expires',
    'whitelist list ID --actor --no-pr --format',
    'app add APP --name --scheme --region --runtime --kit --share',
    'domain add ID --request --upload --region --api',
    'disable ID --no-pr --commit',
    'resolve smartlife://x --region --account',
    'person nonsense --internal',
  ])('%s', (line) => {
    expect(saidOf(line)).toBeUndefined();
  });
});

test('every command takes what all take', () => {
  for (const { name } of commands)
    for (const option of Object.keys(COMMON)) expect(saidOf(`${name} --${option}`), name).toBeUndefined();
});
