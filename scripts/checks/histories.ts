/**
 * npm run histories [-- --count N --seed N]: generated histories, most of them with one way past the check planted in it (a push
 * by a stranger, a missing approval, swapped parents, a renamed folder, …), and whether the audit finds each and names nothing
 * else. Prints the seed, so that a run can be made again; exit 1 when one was missed or something was named that is right.
 */
import { parseArgs } from 'node:util';
import { play } from '../fixtures/histories/play.ts';
import { removeRepositories } from '../fixtures/repository.ts';

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 1000);
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const started = performance.now();
const sums = { histories: 0, planted: 0, commits: 0, missed: 0, cried: 0 };
process.stdout.write(`seed ${seed}\n`);
try {
  for await (const { branch, bypass, commits, missed, cried } of play(count, seed)) {
    sums.histories += 1;
    sums.planted += bypass === undefined ? 0 : 1;
    sums.commits += commits;
    sums.missed += missed.length;
    sums.cried += cried.length;
    const name = `${branch} (${bypass ?? 'nothing planted'})`;
    for (const commit of missed) process.stdout.write(`MISSED ${name}: ${commit}\n`);
    for (const finding of cried) process.stdout.write(`NAMED WITHOUT REASON ${name}: ${finding}\n`);
  }
} finally {
  removeRepositories();
}
const seconds = ((performance.now() - started) / 1000).toFixed(0);
process.stdout.write(
  `${sums.histories} histories of ${sums.commits} changes, ${sums.planted} with a bypass: ` +
    `${sums.missed} missed, ${sums.cried} named without reason; ${seconds} s\n`,
);
process.exitCode = sums.missed + sums.cried > 0 ? 1 : 0;
