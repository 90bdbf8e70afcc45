/** What a workflow's `check` of one clean pull request costs, from its start to the merge, beside the build before. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkedOut, FORMER } from './builds.ts';
import { byTurns, type BenchCase } from './measure.ts';
import { benchPeople } from './platform.ts';
import { git, NEW_VERSION, newVersion, writeRepository } from './repository.ts';
import { onTheWall, ratio, type BenchRow } from './row.ts';

const ROOT = join(import.meta.dirname, '../..');
const FORGE = join(ROOT, 'scripts/fixtures/traffic/serve.ts');
const BRANCH = 'judged';
/** Numbers by login. */
const PEOPLE = Object.fromEntries(benchPeople().map(({ login, githubId }) => [login, githubId]));
/** How much more it may cost than before the work on attacks. */
const MOST = 1.1;

/** Rows in processor time and on the wall: this build's `check` to the former one's. Writes below `folder`. */
export function measureEvaluation(folder: string, miniapps: number, rounds: number): BenchRow[] {
  const judged = writeJudged(join(folder, `judged-${miniapps}`), miniapps);
  const builds = { here: ROOT, former: checkedOut(FORMER, folder) };
  const stages = Object.entries(builds).map(([name, root]) => [name, new JudgedPullRequest(judged, root)] as const);
  try {
    const cases = stages.map(([name, stage]): BenchCase => ({
      name,
      run: () => stage.check(),
      after: () => stage.begin(),
    }));
    const found = byTurns(cases, rounds);
    const [ours, theirs] = [found('here'), found('former')];
    const what = `ci check of a pull request, ${miniapps} miniapps, to ${FORMER}`;
    return [ratio(what, ours, theirs, MOST), onTheWall('the same on the wall', ours, theirs, MOST)];
  } finally {
    for (const [, stage] of stages) stage.end();
  }
}

interface Judged {
  readonly root: string;
  readonly actor: string;
}

/** A measured repository with what a bot needs on `main`, and the branch of a pull request that uploads one version. */
function writeJudged(root: string, miniapps: number): Judged {
  // Nothing waits for review: the bot would open a pull request for each such version first.
  const { actor } = writeRepository(root, miniapps, { hasPending: false });
  const platform = readFileSync(join(root, 'config/platform.yaml'), 'utf8');
  const bot = 'bot: { login: "github-actions[bot]", githubId: 41898282 }\n';
  const commit = (branch: string, from: string, files: Readonly<Record<string, string>>): string =>
    [
      `commit refs/heads/${branch}\ncommitter bench <bench@example.com> 1790000100 +0000\ndata 1\nx\nfrom ${from}\n`,
      ...Object.entries(files).map(
        ([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`,
      ),
    ].join('');
  const portal = 'name: portal\non: workflow_dispatch\njobs: {}\n';
  const settled = { 'config/platform.yaml': platform + bot, '.github/workflows/portal.yml': portal };
  const commits = [
    commit('main', 'refs/heads/main^0', settled),
    commit(BRANCH, 'refs/heads/main', { [NEW_VERSION]: newVersion(actor) }),
  ];
  git(root, ['fast-import', '--quiet'], commits.join(''));
  git(root, ['reset', '-q', '--hard', 'main']);
  return { root, actor };
}

let stages = 0;

/** One pull request that is open, the clone that a run has, and the forge that answers it. */
class JudgedPullRequest {
  readonly #judged: Judged;
  readonly #build: string;
  readonly #place: string;
  #forge: ChildProcess | undefined;
  #env: NodeJS.ProcessEnv = {};

  constructor(judged: Judged, build: string) {
    this.#judged = judged;
    this.#build = build;
    this.#place = `${judged.root}-stage-${stages++}`;
    this.begin();
  }

  /** Everything as before the pull request was looked at. */
  begin(): void {
    this.end();
    const { root, actor } = this.#judged;
    mkdirSync(this.#place);
    const [clone, told] = [join(this.#place, 'clone'), join(this.#place, 'env.json')];
    git(root, ['clone', '-q', '--single-branch', '--branch', 'main', `file://${root}`, clone]);
    this.#forge = spawn(process.execPath, [FORGE, root, JSON.stringify(PEOPLE), actor, BRANCH, told], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    const started = Date.now();
    while (!existsSync(told)) {
      if (Date.now() - started > 60_000) throw new Error('the forge does not begin');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    this.#env = JSON.parse(readFileSync(told, 'utf8')) as NodeJS.ProcessEnv;
  }

  /** Runs it as the workflow does. Throws Error where it does not merge. */
  check(): void {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.#build, 'scripts/ci.ts'), 'check'], {
      cwd: join(this.#place, 'clone'),
      env: { ...process.env, NO_COLOR: '1', ...this.#env },
      encoding: 'utf8',
    });
    if (status !== 0 || !/merge/.test(stdout)) throw new Error(`check ended with ${status}:\n${stdout}${stderr}`);
  }

  end(): void {
    this.#forge?.kill();
    rmSync(this.#place, { recursive: true, force: true });
  }
}
