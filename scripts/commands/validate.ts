import { EXIT, nowOf, text, words, type Command } from './command.ts';
import { printProblems, readConfig } from './workspace.ts';

export const validate: Command = {
  name: 'validate',
  summary: 'everything that is wrong with the configuration, all at once',
  usage: ['validate [--base REF] [--now TIME]'],
  options: { base: { type: 'string' }, now: { type: 'string' } },
  about: {
    base: 'REF    only what changed since this commit, branch or tag',
    now: 'TIME    the clock that expiry is judged by (default: now)',
  },
  async run(input, io) {
    words(input);
    const now = nowOf(input, io);
    const base = text(input, 'base');
    const { changedSince } = await (base === undefined ? { changedSince: undefined } : import('./changed.ts'));
    const changed = await changedSince?.(input, io, base!);
    const checked = await readConfig(input, io, now, changed?.miniapps ? { miniapps: changed.miniapps } : {});
    const problems = changed ? checked.problems.filter(({ file }) => changed.touches(file)) : checked.problems;
    printProblems({ ...checked, problems }, input, io);
    return problems.some(({ severity }) => severity === 'error') ? EXIT.no : EXIT.fine;
  },
};
