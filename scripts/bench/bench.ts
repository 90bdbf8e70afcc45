/**
 * npm run bench [-- --size 1000 --rounds 5]: what the tool costs, as ratios of two things measured by turns in one run, in processor
 * time with the wall beside it. Milliseconds say nothing about another machine, ratios do. A measurement, not a test: it always ends
 * with 0. With --compare REF: this build beside the one of a commit.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkRules } from '../core/rules/index.ts';
import { diskSource } from '../read/disk.ts';
import { load } from '../read/load.ts';
import { compiledKey, compiledPages, keptIn } from '../portal/compiled.ts';
import { PROJECT, rendererArguments } from '../portal/renderer.ts';
import { contentBytes } from '../portal/content.ts';
import { measureAjv } from './ajv.ts';
import { FORMER, formerCli } from './builds.ts';
import { writeEmptySite } from './empty-portal.ts';
import { readAll } from './floor.ts';
import { measureDocuments, measureQuestions } from './hosts.ts';
import { compareBuilds } from './compare.ts';
import { byTurns, runNode, type Cost, type Rate } from './measure.ts';
import { measureEvaluation } from './evaluate.ts';
import { measurePackages } from './packages.ts';
import { measurePlan } from './plan.ts';
import { miniappId, writePlatform } from './platform.ts';
import { measureValidate } from './validate.ts';
import { measureHistory } from './history.ts';
import { countRequests } from './requests.ts';
import { excess, lineOf, ms, ratio, type BenchRow } from './row.ts';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    compare: { type: 'string', default: '' },
  },
});
const size = Math.max(10, Number(values.size) || 1000);
const rounds = Math.max(5, Number(values.rounds) || 5);

const CLI = join(import.meta.dirname, '../miniapp.mjs');
// In memory where there is such a place: a disk is too noisy to measure anything beside it.
const memory = '/dev/shm';
const folder = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'miniapp-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const platforms = new Map<number, { root: string; files: number }>();
function platform(miniapps: number): { root: string; files: number } {
  let made = platforms.get(miniapps);
  if (!made) {
    const root = join(folder, `config-${miniapps}`);
    made = { root, files: writePlatform(root, miniapps) };
    platforms.set(miniapps, made);
  }
  return made;
}

/** The whole of `validate` but its report, against the reading that it cannot do without. */
function validateInProcess(): BenchRow {
  const { root } = platform(size);
  const found = byTurns(
    [
      { name: 'floor', run: () => void readAll(root) },
      {
        name: 'validate',
        run: () => {
          const loaded = load(diskSource(root));
          const problems = [...loaded.problems, ...checkRules(loaded.workspace, Date.now())];
          if (problems.length > 0)
            throw new Error(`the generated platform has problems: ${JSON.stringify(problems[0])}`);
        },
      },
    ],
    rounds * 2,
  );
  return ratio('validate / reading and parsing, in process', found('validate'), found('floor'), 1.5);
}

const validateOf = (miniapps: number): BenchRow[] => measureValidate(folder, platform(miniapps).root, miniapps, rounds);

/** Questions about one miniapp, whose cost must not follow the size of the configuration. */
function questionsOfOne(): BenchRow[] {
  const sizes = [100, 1000, 10_000];
  const where = ['--app', 'smart-life', '--region', 'EU', '--account', 'qa-7-0@example.com', '--entry', 'experience'];
  const questions = { resolve: ['resolve', miniappId(7), ...where], show: ['show', miniappId(7)] };
  const all = Object.entries(questions).flatMap(([verb, words]) =>
    sizes.map((miniapps) => ({ name: `${verb} of one in ${miniapps}`, words, root: platform(miniapps).root })),
  );
  const cases = all.map(({ name, words, root }) => ({
    name,
    run: () => runNode([CLI, ...words, '--config', root]),
    times: 3,
  }));
  const [former, { root }] = [formerCli(folder), platform(sizes.at(-1)!)];
  const formerCases = Object.entries(questions).map(([verb, words]) => ({
    name: `${verb} at ${FORMER}`,
    run: () => runNode([former, ...words, '--config', root]),
    times: 3,
  }));
  const empty = { name: 'empty', run: () => runNode(['-e', '0']), times: 3 };
  const found = byTurns([empty, ...cases, ...formerCases], rounds * 2);
  return [
    ...all.map(({ name }) => excess(`${name}, beyond an empty Node`, found(name), found('empty'), 50)),
    ...formerCases.map(({ name }) => excess(`${name}, the same`, found(name), found('empty'))),
  ];
}

/**
 * What one more page costs between two sizes, so that what a build costs once does not count; two pages come with a miniapp.
 * The first row is the whole command: with a page come its share of reading and checking the configuration, of the API's
 * documents, of the avatars and of the lists. The second leaves out what happens before there is a page: its workspace is
 * given. Beside them stand as many empty pages of the same generator with the same settings.
 */
function portalPage(): BenchRow[] {
  const sizes = [Math.ceil(size / 5), size];
  const site = writeEmptySite();
  const out = join(folder, 'portal');
  const after = () => {
    if (!existsSync(out)) throw new Error('a build left nothing behind; the generated platform may have problems');
    rmSync(out, { recursive: true });
  };
  const command = ['portal', 'build', '--out', out, '--now', '2026-11-20'];
  // The whole command comes first, and keeps what it compiled.
  const compiled = () => ({ MINIAPP_COMPILED_DIR: compiledPages(keptIn(PROJECT), compiledKey(PROJECT, '/')!).folder });
  const cases = sizes.flatMap((miniapps) => {
    const { root } = platform(miniapps);
    const given = contentBytes({ workspace: load(diskSource(root)).workspace, submitted: new Map() });
    const renderer = {
      MINIAPP_CONFIG_DIR: root,
      MINIAPP_NOW: String(Date.parse('2026-11-20')),
      MINIAPP_GIVEN: '1',
      MINIAPP_FINAL_DIR: out,
      NODE_ENV: 'production',
    };
    const empty = { BENCH_OUT: out, BENCH_PAGES: String(miniapps * 2) };
    return [
      { name: `whole ${miniapps}`, run: () => runNode([CLI, ...command, '--config', root]), after },
      {
        name: `rendering ${miniapps}`,
        run: () => runNode(rendererArguments(), { ...renderer, ...compiled() }, given),
        after,
      },
      { name: `empty ${miniapps}`, run: () => runNode([join(site.root, 'build.mjs')], empty), after },
    ];
  });
  try {
    const found = byTurns(cases, rounds);
    const [few, many] = sizes as [number, number];
    const perPage = (name: string): Cost[] => {
      const pages = (many - few) * 2;
      const fewer = found(`${name} ${few}`);
      return found(`${name} ${many}`).map(({ cpu, wall }, turn) => ({
        cpu: (cpu - fewer[turn]!.cpu) / pages,
        wall: (wall - fewer[turn]!.wall) / pages,
      }));
    };
    const theirs = perPage('empty');
    return [
      ratio('one more page with its QR / one more empty Astro page', perPage('rendering'), theirs, 2.5),
      // An empty page reads no configuration; what reading and checking add is the row of validation.
      ratio('the same, reading and checking included', perPage('whole'), theirs),
    ];
  } finally {
    site.remove();
  }
}

/** What GitHub is asked for, beside the build before. */
const requests = (): BenchRow[] =>
  countRequests(folder).map(({ what, requests: measured, points, target, before }) => ({
    what,
    measured,
    ...(target === undefined ? {} : { target }),
    unit: 'requests',
    detail: `${points} points of GraphQL${before === undefined ? '' : `; ${before} before: 1/${(before / measured).toFixed(1)}`}`,
  }));

/** In a configuration of 10,000 miniapps and in one of 100: the cost follows the change. */
const planOne = (): BenchRow[] =>
  measurePlan(folder, 100, 10_000, rounds).map(({ what, ours, theirs, target }) => ratio(what, ours, theirs, target));

/** Runtime documents of 10,000 miniapps: what they add to a portal's build. */
function runtimeDocuments(): BenchRow[] {
  const { root } = platform(10_000);
  const { cpu: measured, wall } = measureDocuments(folder, load(diskSource(root)).workspace, rounds);
  const detail = `of processor time: made, digested, written, and their index; ${ms(wall)} on the wall`;
  return [{ what: '10,000 runtime documents, beyond the portal', measured, target: 3000, unit: 'ms', detail }];
}

/**
 * What a host asks is which version opens: a decision, as an evaluation of a flag is one. The whole answer with its reasons is for people.
 */
async function hostQuestions(): Promise<BenchRow[]> {
  const found = await measureQuestions(folder, rounds);
  const rate = (what: string, { perSecond, onTheWall }: Rate, target?: number): BenchRow => ({
    what,
    measured: perSecond,
    ...(target === undefined ? {} : { target, isFloor: true }),
    unit: '/s',
    detail: `of processor time; ${Math.round(onTheWall)} on the wall`,
  });
  const { decision, flagd, whole, many } = found;
  return [
    rate('decisions of resolve.mjs', decision, 200_000),
    rate('the same over 10,000 miniapps', many),
    rate('whole answers, with reasons, fixes and link', whole),
    rate('flagd-core, an equal rule set', flagd),
    {
      what: 'decisions / evaluations of flagd-core',
      measured: decision.perSecond / flagd.perSecond,
      target: 1,
      isFloor: true,
      unit: '×',
      detail: 'by turns, in one process',
    },
  ];
}

/** What keeping and proving the bytes of versions costs. */
const packageRows = (): BenchRow[] =>
  measurePackages(folder, rounds).map((measure) => {
    const { what, ours, theirs, target } = measure();
    return ratio(what, ours, theirs, target);
  });

// What commands start from where the project was set up, and what a change of the sources takes away.
runNode([join(import.meta.dirname, '../make-bundle.mjs')]);
console.log(`${size} miniapps, ${platform(size).files} files; medians of ${rounds} rounds or more by turns,`);
console.log('of processor time, with the middle half of the rounds; UNSURE where that lies too far apart;');
console.log(`Node ${process.versions.node}, ${availableParallelism()} processors\n`);
/** By the words that `--only` takes, so that one is measured without the others. */
const MEASURES: Readonly<Record<string, () => BenchRow[] | Promise<BenchRow[]>>> = {
  validate: () => [validateInProcess(), ...validateOf(size)],
  'validate-10000': () => validateOf(10_000),
  'ajv-cli': () => measureAjv(folder, platform(size).root, rounds),
  one: questionsOfOne,
  plan: planOne,
  judge: () => measureEvaluation(folder, 100, rounds),
  'judge-1000': () => measureEvaluation(folder, 1000, rounds),
  history: () => measureHistory(folder, rounds),
  portal: portalPage,
  packages: packageRows,
  documents: runtimeDocuments,
  hosts: hostQuestions,
  requests,
};
const { compare, only } = values;
const chosen =
  compare === '' ? MEASURES : { compare: () => compareBuilds(compare, folder, platform(size).root, rounds) };
for (const [name, measure] of Object.entries(chosen)) {
  if (compare === '' && only !== undefined && only !== name) continue;
  try {
    for (const row of await measure()) console.log(lineOf(row));
  } catch (error) {
    console.log(`not measured: ${error instanceof Error ? error.message.slice(0, 500) : String(error)}`);
  }
}
