import { EXIT, nowOf, text, words, type Command, type Input, type Io } from '../../cli/frame/command.ts';
import { printProblems, readConfig, type ReportedProblems } from '../../cli/config/load-config.ts';
import { NO_CACHE, wholeByParts } from './whole.ts';

export const validate: Command = {
  name: 'validate',
  summary: 'everything that is wrong with the configuration, all at once',
  usage: ['validate [--base REF | --staged] [--now TIME] [--no-cache]'],
  options: {
    base: {
      type: 'string',
      value: 'REF',
      describe: 'only what is wrong now and was not at this commit, branch or tag',
    },
    staged: {
      type: 'boolean',
      describe: 'what is about to be committed: the miniapps touched, without what others say of them',
    },
    now: { type: 'string', value: 'TIME', describe: 'the clock that expiry is judged by (default: now)' },
    ...NO_CACHE,
  },
  async run(input, io) {
    words(input);
    const now = nowOf(input, io);
    const base = text(input, 'base');
    if (input.values['staged'] === true) {
      const { checkStaged } = await import('./staged.ts');
      return answer(await checkStaged(input, io, now), input, io);
    }
    if (base === undefined)
      return answer((await wholeByParts(input, io, now)) ?? (await readConfig(input, io, now)), input, io);
    const { checkSince } = await import('./since.ts');
    return answer(await checkSince(input, io, base, now), input, io);
  },
};

function answer(checked: ReportedProblems, input: Input, io: Io): number {
  printProblems(checked, input, io);
  return checked.problems.some(({ severity }) => severity === 'error') ? EXIT.no : EXIT.fine;
}
