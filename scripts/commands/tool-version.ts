/** Which tool this is: its version, and the commit that it came from where that is known. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitAnswer } from '../git/process/run.ts';
import { defined } from '../core/defined.ts';
import { EnvironmentError } from '../core/errors.ts';
import { isJson, EXIT, printJson, words, type Command } from '../cli/frame/command.ts';

/** Where this tool is. */
export const PROJECT = join(import.meta.dirname, '../..');

/** What `init` and `upgrade` write beside package.json: the tool that a platform was last given. */
export const TOOL_FILE = 'tool.json';

export interface ToolVersion {
  readonly version: string;
  readonly commit?: string;
}

/** Of the project in a folder. */
export function toolVersion(root = PROJECT): ToolVersion {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const commit = recordedCommit(root) ?? headOf(root);
  return { version, ...defined({ commit }) };
}

function recordedCommit(root: string): string | undefined {
  const file = join(root, TOOL_FILE);
  if (!existsSync(file)) return undefined;
  const { commit } = JSON.parse(readFileSync(file, 'utf8')) as { commit?: string };
  return commit;
}

/** The commit of a checkout that stands for itself: not of a repository in which the project is a mere folder. */
function headOf(root: string): string | undefined {
  try {
    const { stdout, status } = gitAnswer(root, ['rev-parse', '--show-prefix', 'HEAD'], { accept: [128] });
    const [prefix, commit] = stdout.toString('utf8').split('\n');
    return status === 0 && prefix === '' ? commit : undefined;
  } catch (error) {
    if (error instanceof EnvironmentError) return undefined;
    throw error;
  }
}

export const version: Command = {
  name: 'version',
  summary: 'which version of the tool this is',
  usage: ['version'],
  options: {},
  run(input, io) {
    words(input);
    const known = toolVersion();
    if (isJson(input)) printJson(io, known);
    else io.stdout(`miniapp ${known.version}${known.commit === undefined ? '' : ` (${known.commit.slice(0, 10)})`}\n`);
    return EXIT.fine;
  },
};
