import { openStore } from '../../cache/store.ts';
import { EXIT, nowOf, text, words, type Command, type Input, type Io } from '../../cli/command.ts';
import { configFolder, printProblems, readConfig, type Reported } from '../../cli/load-config.ts';

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
    'no-cache': { type: 'boolean', describe: 'look at every file, and keep nothing for the next time' },
  },
  async run(input, io) {
    words(input);
    const now = nowOf(input, io);
    const base = text(input, 'base');
    if (input.values['staged'] === true) {
      const { checkStaged } = await import('./staged.ts');
      return answer(await checkStaged(input, io, now), input, io);
    }
    if (base === undefined) return answer(await checkWhole(input, io, now), input, io);
    const { checkSince } = await import('./since.ts');
    return answer(await checkSince(input, io, base, now), input, io);
  },
};

async function checkWhole(input: Input, io: Io, now: number): Promise<Reported> {
  const { folder, path } = configFolder(input, io);
  const [{ validateByParts }, { recordsOf }, { fileIn }, { textsIn }] = await Promise.all([
    import('./by-parts.ts'),
    import('./records.ts'),
    import('../../read/positions.ts'),
    import('./texts.ts'),
  ]);
  const place = input.values['no-cache'] === true ? undefined : recordsOf(openStore(io.env), path, Date.now());
  const found = await validateByParts(path, now, { place });
  if (!found) return readConfig(input, io, now);
  const problems = found.map((problem) => ({ ...problem, file: fileIn(folder, problem.file) }));
  return { problems, folder, texts: textsIn(path) };
}

function answer(checked: Reported, input: Input, io: Io): number {
  printProblems(checked, input, io);
  return checked.problems.some(({ severity }) => severity === 'error') ? EXIT.no : EXIT.fine;
}
