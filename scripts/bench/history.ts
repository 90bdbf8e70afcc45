/** What one more change in a history costs whoever judges or tells it, and what a second audit costs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMER, formerCli } from './builds.ts';
import { byTurns, runNode, type Cost } from './measure.ts';
import { miniappId } from './platform.ts';
import { git, writeRepository } from './repository.ts';
import { excess, ratio, type BenchRow } from './row.ts';
import { keptIn, NOTHING_KEPT } from './validate.ts';

const CLI = join(import.meta.dirname, '../miniapp.mjs');
const MINIAPPS = 50;
/** Changes of the shorter and of the longer history; what a process costs once does not count between them. */
const [FEW, MANY] = [100, 1000];
const TOLD = miniappId(1);

/** A repository with so many edits by admins, every other one of one miniapp. Gives the folder of its configuration. */
export function writeHistory(root: string, changes: number): string {
  writeRepository(root, MINIAPPS);
  const config = join(root, 'config');
  const parts = Array.from({ length: changes }, (_, at) => {
    const id = at % 2 === 0 ? TOLD : miniappId(2 + (at % (MINIAPPS - 2)));
    const read = (name: string) => readFileSync(join(config, 'miniapps', id, name), 'utf8');
    const [, actor = ''] = /login: (\w+), role: admin/.exec(read('members.yaml')) ?? [];
    const text = read('miniapp.yaml').replace(/^ {2}en: .*$/m, `  en: Text ${at}`);
    const message = `Edit ${at}\n\nTransition: edit\nActor: ${actor}\n`;
    const from = at === 0 ? 'from refs/heads/main^0\n' : '';
    return `commit refs/heads/main\ncommitter bench <bench@example.com> ${1_790_000_100 + at * 60} +0000
data ${Buffer.byteLength(message)}\n${message}${from}M 100644 inline config/miniapps/${id}/miniapp.yaml
data ${Buffer.byteLength(text)}\n${text}\n`;
  });
  git(root, ['fast-import', '--quiet', '--force'], parts.join(''));
  git(root, ['reset', '-q', '--hard', 'main']);
  return config;
}

/** Rows in milliseconds of processor time a change. Writes its histories below `folder`; commands are run `rounds` times by turns. */
export function measureHistory(folder: string, rounds: number): BenchRow[] {
  const [few, many] = [FEW, MANY].map((changes) => writeHistory(join(folder, `history-${changes}`), changes)) as [
    string,
    string,
  ];
  const run =
    (words: readonly string[], config: string, env: NodeJS.ProcessEnv, cli = CLI) =>
    () =>
      runNode([cli, ...words, '--config', config], env);
  const tell = ['history', TOLD, '--format', 'json'];
  const found = byTurns(
    [
      { name: 'audit few', run: run(['audit'], few, NOTHING_KEPT) },
      { name: 'audit', run: run(['audit'], many, NOTHING_KEPT) },
      { name: 'history few', run: run(tell, few, NOTHING_KEPT) },
      { name: 'history', run: run(tell, many, NOTHING_KEPT) },
      { name: 'former few', run: run(['audit'], few, NOTHING_KEPT, formerCli(folder)) },
      { name: 'former', run: run(['audit'], many, NOTHING_KEPT, formerCli(folder)) },
      { name: 'audit again', run: run(['audit'], many, keptIn(folder)) },
    ],
    rounds,
  );
  const each = (name: string, changes: number): Cost[] =>
    found(name).map(({ cpu, wall }, turn) => {
      const less = found(`${name} few`)[turn]!;
      return { cpu: (cpu - less.cpu) / changes, wall: (wall - less.wall) / changes };
    });
  const nothing = Array.from({ length: rounds }, () => ({ cpu: 0, wall: 0 }));
  return [
    excess('one more change, audit', each('audit', MANY - FEW), nothing, 3),
    excess(`the same at ${FORMER}`, each('former', MANY - FEW), nothing),
    excess('one more change of a miniapp, history of it', each('history', (MANY - FEW) / 2), nothing, 3),
    ratio(`a second audit of ${MANY} changes / the first`, found('audit again'), found('audit')),
  ];
}
