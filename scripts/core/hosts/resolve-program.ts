/** resolve.mjs as a program of Node: `node resolve.mjs ID --app APP --region REGION` answers by the data.json beside it. */
import { messageOf } from '../errors.ts';
import type { Exported } from './exported.ts';

/** How the file begins: by it the program knows itself, as a host's own program may be called alike. */
export const FIRST_LINE =
  '// Answers as `npx miniapp resolve` does: import { resolver } from "./resolve.mjs"; see README.md beside it.';

/** What Node says of the process. */
interface NodeProcess {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  exitCode?: number;
  /** Node 20.16, 22.3 and newer have it; an import would be one more thing that engines and bundlers have to know. */
  getBuiltinModule?(name: 'node:fs'): { readFileSync(path: string, encoding: 'utf8'): string };
}

/** Texts by the names of a question; what they may be is for whoever answers to say. */
type QuestionWords = Readonly<Record<string, string>>;

type Ask = (data: Exported, words: QuestionWords, accountsKey: string | undefined) => { readonly outcome: string };

const OPTIONS = ['app', 'region', 'account', 'audience', 'entry', 'page', 'device', 'app-version', 'now', 'format'];
const USAGE = `usage: node resolve.mjs ID --app APP --region REGION [${OPTIONS.slice(2)
  .map((name) => `--${name}`)
  .join('] [')}]
Where accounts are kept as digests, the environment variable MINIAPP_ACCOUNTS_KEY holds their key.\n`;

/** Where this file is what Node was started with: prints the answer as JSON. Exit code 0: it opens, 1: it does not, 2: wrong usage. */
export function answerAsProgram(ask: Ask): void {
  const { process: node } = globalThis as { process?: NodeProcess };
  const [, file, ...words] = node?.argv ?? [];
  const files = node?.getBuiltinModule?.('node:fs');
  if (!node || !files || file === undefined || !/[/\\]resolve\.mjs$/.test(file)) return;
  try {
    if (!files.readFileSync(file, 'utf8').startsWith(FIRST_LINE)) return;
    if (words.includes('--help') || words.includes('-h')) {
      node.stdout.write(USAGE);
      return;
    }
    const question = questionIn(words);
    const data = JSON.parse(files.readFileSync(file.replace(/resolve\.mjs$/, 'data.json'), 'utf8')) as Exported;
    const answer = ask(data, question, node.env['MINIAPP_ACCOUNTS_KEY']);
    node.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
    node.exitCode = answer.outcome === 'opens' ? 0 : 1;
  } catch (error) {
    node.stderr.write(`resolve.mjs: ${messageOf(error)}\n`);
    node.exitCode = 2;
  }
}

/** A question in the words of `npx miniapp resolve`. Throws for others. */
function questionIn(words: readonly string[]): QuestionWords {
  const given: Record<string, string> = {};
  const ids: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    if (word === '') throw new Error('a word is empty: a variable that is not set?');
    if (!word.startsWith('-')) {
      ids.push(word);
      continue;
    }
    const [, name = word, beside] = /^--([^=]*)(?:=([^]*))?$/.exec(word) ?? [];
    if (!OPTIONS.includes(name)) throw new Error(`there is no option ${word}\n${USAGE.trimEnd()}`);
    const value = beside ?? words[(i += 1)];
    const isLacking = value === undefined || (beside === undefined && value.startsWith('-'));
    if (isLacking) throw new Error(`--${name} lacks its value (one that begins with a dash: --${name}=-VALUE)`);
    if (value === '') throw new Error(`--${name} is empty: give it a value, or leave it out`);
    if (Object.hasOwn(given, name)) throw new Error(`--${name} is given twice`);
    given[name] = value;
  }
  const { app, region, format = 'json', 'app-version': appVersion, ...others } = given;
  const [miniapp] = ids;
  if (miniapp === undefined || ids.length > 1) throw new Error(`one miniapp's id is asked\n${USAGE.trimEnd()}`);
  const lacking = ['app', 'region'].filter((name) => given[name] === undefined).map((name) => `--${name}`);
  if (app === undefined || region === undefined)
    throw new Error(`${lacking.join(', ')} ${lacking.length === 1 ? 'is' : 'are'} missing`);
  if (given['account'] !== undefined && given['audience'] !== undefined)
    throw new Error('--account and --audience exclude each other');
  if (format !== 'json') throw new Error('--format: it is json');
  return { miniapp, app, region, ...others, ...(appVersion === undefined ? {} : { appVersion }) };
}
