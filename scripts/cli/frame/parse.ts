/** From the words of a command line to options and positionals. */
import { parseArgs } from 'node:util';
import { systemCode } from '../../core/errors.ts';
import { nearest } from '../../core/problems/suggest.ts';
import { COMMON, UsageError, type Command, type Input, type Options } from './command.ts';

/** The options and words of a command. Throws UsageError for an option that it does not know, that lacks its value, or that is given twice and takes one. */
export function parse(command: Pick<Command, 'options'>, args: string[]): Input {
  const options: Options = { ...COMMON, ...command.options };
  const { values, positionals, tokens } = parsed(args, options);
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { type, multiple, value = 'value' } = options[token.name]!;
    const isRepeated = seen.has(token.name) && type === 'string' && multiple !== true;
    if (isRepeated)
      throw new UsageError(`--${token.name} is given twice, and takes one ${value}: leave one out`, 'option-repeated');
    seen.add(token.name);
  }
  return { values: values as Input['values'], positionals };
}

function parsed(args: string[], options: Options) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new UsageError(misread(error.message, Object.keys(options)), MISREAD[systemCode(error) ?? '']);
  }
}

/** What Node's errors of options are called here. */
const MISREAD: Readonly<Record<string, string>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'option-unknown',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'option-value',
};

/** What Node says of an option, in one sentence, with the one that may have been meant. */
function misread(message: string, known: readonly string[]): string {
  const [, lacking] = /^Option '(--[a-z-]+)' argument is ambiguous/.exec(message) ?? [];
  if (lacking !== undefined)
    return `${lacking} lacks its value: what follows is an option (a value that begins with a dash: ${lacking}=-VALUE)`;
  const [sentence = message] = message.split(/\. |\n/);
  const [, unknown] = /^Unknown option '--([^']*)'/.exec(sentence) ?? [];
  const near = unknown === undefined ? '' : nearest(unknown, known);
  return near.startsWith('Did you mean ') ? `${sentence}. ${near.replace('mean ', 'mean --')}` : sentence;
}
