/**
 * The reconciler: reads what is so, judges, and does what is missing, one round after the other until nothing is. It keeps no
 * state between runs: to run it twice, late, at once with another, or after a crash gives the same end.
 */
import { OutsideError } from '../core/failure.ts';
import { fetchRefs, missingCommits, parentsOf, type Remote } from '../git/fetch.ts';
import { scratch, type Scratch } from '../git/merge.ts';
import { gitText } from '../git/run.ts';
import { act, startedStatus, type Done, type Hands } from './act.ts';
import { actingOf, readRun, runOf, type RunFact } from './acting.ts';
import { answerTo, type Answer } from './answers.ts';
import { approvalPulls, noteText, versionOf } from './approvals.ts';
import { cleanedBy, cleanUpAnswer, cleanUpPulls } from './clean-up.ts';
import { ask, ForgeError, type Client } from './client.ts';
import { emptyMemory, type Memory } from './conflicts.ts';
import type { Hint } from './event.ts';
import { judgePull, type Court } from './judging.ts';
import {
  isByBot,
  isHeld,
  type Action,
  type Judgement,
  type Pull,
  type PullFact,
  type Repository,
  type Situation,
} from './model.ts';
import { conflictNote, neighboursOf } from './notes.ts';
import { branchTip, readPull, readStatuses } from './pull-request.ts';
import { look, type Tip } from './situation.ts';
import { standingOf, type Standing } from './standing.ts';
import { landing, tellingActions, wantedOf, type Surroundings } from './want.ts';
import { writersOf } from './writers.ts';

export interface World {
  readonly client: Client;
  readonly repository: Repository;
  /** Where Git fetches from. */
  readonly remote: Remote;
  /** The configuration's folder in a clone that holds the whole history of the default branch, and what people call it. */
  readonly path: string;
  readonly folder: string;
  /** Where people see the repository: `https://github.com`. */
  readonly serverUrl: string;
  /** The clock of the whole run, in milliseconds since 1970: to be early is only to be later than needed. */
  readonly now: number;
  readonly log: (sentence: string) => void;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Where to look; everywhere when it names nothing. */
  readonly hint: Hint;
  /** Say what would be done, and do nothing. */
  readonly isDry: boolean;
  /** Told of each action before it is done. */
  readonly before?: (action: Action) => void;
}

export interface Outcome {
  /** The default branch. */
  readonly branch: string;
  /** What was done, or in a dry run would be done first. */
  readonly actions: readonly Action[];
  /** Where each pull request that was looked at stands, as it was judged last. */
  readonly judged: readonly Stood[];
  /** What could not be done, in sentences; none is the fault of whoever wrote a change. */
  readonly failures: readonly string[];
  /** What landed that was not judged so: a breach. */
  readonly breaches: readonly string[];
  /** Versions that wait although nothing is done for them, and why. */
  readonly notes: readonly string[];
  /** When to look again, in milliseconds since 1970. */
  readonly wakeAt?: number;
}

export interface Stood {
  readonly judgement: Judgement;
  readonly standing: Standing;
  readonly answer?: Answer;
}

/** Rounds of a run, each of which lands one pull request; what is left is for the next run. */
const MOST_ROUNDS = 100;
/** Rounds one after the other in which something had moved. */
const MOST_MOVED = 5;

/** The workflow that publishes. */
const PORTAL = 'portal.yml';

export async function reconcile(world: World): Promise<Outcome> {
  const run = await begin(world);
  try {
    let moved = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { actions, judgements } = await plan(run);
      if (world.isDry) return outcomeOf(run, actions);
      if (actions.length === 0) return outcomeOf(run);
      const how = await doAll(run, actions, judgements);
      moved = how === 'moved' ? moved + 1 : 0;
      if (moved >= MOST_MOVED) {
        run.failures.add('everything keeps moving while it is looked at; the next run goes on');
        break;
      }
    }
    return outcomeOf(run);
  } finally {
    run.temporary.remove();
  }
}

/** What a run learns and keeps while it goes on. */
interface Run {
  readonly world: World;
  readonly branch: string;
  readonly prefix: string;
  readonly hands: Hands;
  readonly temporary: Scratch;
  /** Details by number, as long as the list shows no change. */
  readonly known: Map<number, Pull>;
  readonly runs: Map<string, RunFact | undefined>;
  /** Opened in this run, and so looked at too. */
  readonly opened: Set<number>;
  /** What failed, and is left to the next run. */
  readonly stuck: Set<string>;
  readonly failures: Set<string>;
  readonly breaches: string[];
  readonly done: Action[];
  readonly stood: Map<number, Stood>;
  /** What waits although nothing is done for it. */
  readonly notes: Set<string>;
  readonly memory: Memory;
  /** Judgements of this tip, and the tip. */
  readonly judged: Map<number, { readonly tip: string; readonly judgement: Judgement }>;
  last?: Tip;
}

async function begin(world: World): Promise<Run> {
  const { client, repository, path, log, sleep } = world;
  const { data } = await ask('read the repository', () => client.rest.repos.get({ ...repository }));
  const branch = data.default_branch;
  return {
    world,
    branch,
    prefix: gitText(path, ['rev-parse', '--show-prefix']).replace(/\/$/, ''),
    hands: { client, repository, branch, log, sleep },
    temporary: scratch(path),
    known: new Map(),
    runs: new Map(),
    opened: new Set(),
    stuck: new Set(),
    failures: new Set(),
    breaches: [],
    done: [],
    stood: new Map(),
    notes: new Set(),
    judged: new Map(),
    memory: emptyMemory(),
  };
}

function outcomeOf(run: Run, actions: readonly Action[] = run.done): Outcome {
  const wakes = [...run.stood.values()].flatMap(({ answer }) => answer?.wakeAt ?? []);
  return {
    branch: run.branch,
    actions,
    judged: [...run.stood.values()],
    failures: [...run.failures],
    breaches: run.breaches,
    notes: [...run.notes],
    ...(wakes.length === 0 ? {} : { wakeAt: Math.min(...wakes) }),
  };
}

/** A round: everything that should be done now. */
async function plan(run: Run): Promise<{ actions: Action[]; judgements: Map<number, Judgement> }> {
  const { world, branch, prefix, temporary } = run;
  const { repository, serverUrl } = world;
  const { situation, at } = await look(world, { branch, prefix, last: run.last });
  run.last = at;
  const { bot, tip, given } = situation;
  const pulls = await details(run, situation);
  await fetchHeads(run, situation, pulls);
  const court: Court = { ...world, ...at, prefix, branch, base: given.workspace, temporary };
  const around: Surroundings = { repository, branch, tip, serverUrl, bot };
  run.stood.clear();
  const judgements = new Map<number, Judgement>();
  const perPull: Action[] = [];
  const { path, folder, remote } = world;
  const place = { path, folder, prefix, base: tip, baseName: branch, temporary, now: situation.now };
  const neighbours = await neighboursOf(place, remote, situation, run.memory);
  for (const pull of pulls) {
    const alone = await judged(run, court, situation, pull);
    const answer = answered(run, situation, alone);
    const judgement = refusedAs(alone, answer);
    judgements.set(pull.number, judgement);
    // What is merged now conflicts with nothing for long.
    const conflicts = standingOf(judgement).isToMerge ? '' : conflictNote(neighbours, pull);
    const notes = [answer?.next ?? '', conflicts].filter((note) => note !== '');
    const wanted = wantedOf(judgement, around, notes);
    const standing = { ...wanted.standing, isToMerge: wanted.standing.isToMerge && answer?.mayMerge !== false };
    run.stood.set(pull.number, { judgement, standing, ...(answer ? { answer } : {}) });
    const isPushed = answer?.actions.some(({ kind }) => kind === 'push') === true;
    // What it says is judged anew once it is pushed.
    perPull.push(...(answer?.actions ?? []), ...(isPushed ? [] : tellingActions(judgement, wanted, around)));
  }
  const approvals = approvalPulls(situation);
  run.notes.clear();
  for (const note of approvals.notes) run.notes.add(noteText(note));
  const isFree = (action: Action) => !run.stuck.has(keyOf(action));
  const candidates = [...run.stood.values()].filter(({ judgement }) => !run.stuck.has(`#${judgement.pull.number}`));
  const actions = unique([...perPull, ...approvals.actions, ...cleanUpPulls(situation)]).filter(isFree);
  return {
    actions: [...actions, ...landing(candidates, { tip }), ...(await publishing(run, tip)).filter(isFree)],
    judgements,
  };
}

/** As long as neither the tip nor anything about a pull request changes, its judgement stands. */
async function judged(run: Run, court: Court, situation: Situation, pull: Pull): Promise<Judgement> {
  const last = run.judged.get(pull.number);
  if (last?.tip === court.tip && last.judgement.pull === pull) return last.judgement;
  const judgement = judgePull(court, pull, await acting(run, situation, pull));
  run.judged.set(pull.number, { tip: court.tip, judgement });
  return judgement;
}

/** The pull requests to look at, with all that bears on them. */
async function details(run: Run, { open }: Situation): Promise<Pull[]> {
  const { world, known, opened } = run;
  const { numbers, heads } = world.hint;
  const isEverywhere = numbers.length + heads.length === 0;
  const isAsked = (pull: PullFact) =>
    isEverywhere || numbers.includes(pull.number) || heads.includes(pull.head.sha) || opened.has(pull.number);
  const found: Pull[] = [];
  for (const fact of open.filter(isAsked)) {
    const old = known.get(fact.number);
    const isCurrent = old?.updatedAt === fact.updatedAt && old.head.sha === fact.head.sha;
    const pull = isCurrent ? old : await readPull(world.client, world.repository, fact.number);
    if (!pull || pull.state !== 'open') continue;
    known.set(fact.number, pull);
    found.push(pull);
  }
  return found;
}

/** The heads, and what was reviewed of them, as data. What cannot be had is found missing when it is judged. */
async function fetchHeads({ world, stuck }: Run, { tip }: Situation, pulls: readonly Pull[]): Promise<void> {
  const { path, remote } = world;
  const missing = new Set(missingCommits(path, [tip, ...pulls.map(({ head }) => head.sha)]));
  const wanted = pulls.filter(({ head }) => missing.has(head.sha));
  await fetchRefs(
    path,
    remote,
    wanted.map(({ number }) => `refs/pull/${number}/head`),
  );
  const reviewed = pulls.flatMap(({ reviews }) => reviews.flatMap(({ commit }) => commit ?? []));
  for (const commit of new Set(missingCommits(path, [...new Set(reviewed)]))) {
    if (stuck.has(commit)) continue;
    try {
      await fetchRefs(path, remote, [commit]);
    } catch (error) {
      // Nobody has it any more after a push that rewrote the branch: then its review does not count.
      if (!(error instanceof OutsideError)) throw error;
      stuck.add(commit);
    }
  }
}

async function acting({ world, runs, branch }: Run, { given, bot }: Situation, pull: Pull) {
  const id = isByBot(pull, bot) ? runOf(pull.head.ref) : undefined;
  // Of each head anew: somebody may have pushed to the branch.
  const key = `${id} ${pull.head.sha}`;
  if (id !== undefined && !runs.has(key)) runs.set(key, await readRun(world.client, world.repository, id, pull, bot));
  return actingOf(pull, given.workspace, bot, branch, runs.get(key));
}

/** With the refusal that its answer gives, which no verdict takes back. */
function refusedAs(judgement: Judgement, answer: Answer | undefined): Judgement {
  if (answer?.refusal === undefined) return judgement;
  const { judged: _, ...rest } = judgement;
  return { ...rest, refusal: answer.refusal };
}

/** What an approval pull request was answered, and what the bot makes of it. */
function answered({ world, prefix, temporary }: Run, situation: Situation, judgement: Judgement): Answer | undefined {
  const { pull, judged } = judgement;
  const { bot, tip, given } = situation;
  const ref = isByBot(pull, bot) ? pull.head.ref : '';
  const [names, cleaned] = [versionOf(ref), cleanedBy(ref)];
  if (!judged || !(names ?? cleaned)) return undefined;
  const { env } = temporary;
  const own = { path: world.path, prefix, tip, head: pull.head.sha, env, base: given.workspace, bot };
  if (names) return answerTo(situation, judgement, writersOf({ ...own, ...names }));
  // Who wrote a version's file is no question here.
  return cleanUpAnswer(situation, judgement, writersOf({ ...own, miniapp: cleaned!, version: '0.0.0' }));
}

/** After a merge of the bot's the portal is published: the push that its token makes starts nothing. */
async function publishing({ world }: Run, tip: string): Promise<Action[]> {
  const { client, repository, path } = world;
  const isOwnMerge = gitText(path, ['log', '-1', '--format=%(trailers:key=Transition,valueonly)', tip]) !== '';
  if (!isOwnMerge) return [];
  const { context } = startedStatus(PORTAL);
  const statuses = await readStatuses(client, repository, tip);
  const isStarted = statuses.some((status) => status.context === context);
  return isStarted ? [] : [{ kind: 'dispatch', workflow: PORTAL, sha: tip }];
}

const keyOf = (action: Action): string =>
  'number' in action ? `#${action.number}` : 'branch' in action ? action.branch : action.workflow;

/** What two parts want alike is done once. */
const unique = (actions: readonly Action[]): Action[] => [
  ...new Map(actions.map((action) => [JSON.stringify(action), action])).values(),
];

/** Does them in order, until one of them changes what the others rest on. */
async function doAll(
  run: Run,
  actions: readonly Action[],
  judgements: ReadonlyMap<number, Judgement>,
): Promise<'done' | 'moved'> {
  const { world, known, stuck, failures } = run;
  for (const action of actions) {
    if (stuck.has(keyOf(action))) continue;
    world.before?.(action);
    if ('number' in action) known.delete(action.number);
    try {
      const done = action.kind === 'merge' ? await mergeGuarded(run, action, judgements) : await act(run.hands, action);
      if (done.moved !== undefined) {
        world.log(`${done.moved}; looking again`);
        return 'moved';
      }
      run.done.push(action);
      if (done.opened !== undefined) run.opened.add(done.opened);
    } catch (error) {
      if (!(error instanceof ForgeError) || error.isWholesale) throw error;
      // One that cannot be done does not keep the others from being done.
      failures.add(error.message);
      stuck.add(keyOf(action));
    }
  }
  return 'done';
}

type Merging = Extract<Action, { kind: 'merge' }>;

/** Reads once more what the decision rests on, merges exactly that, and looks at what landed. */
async function mergeGuarded(run: Run, action: Merging, judgements: ReadonlyMap<number, Judgement>): Promise<Done> {
  const { world, hands, branch } = run;
  const { client, repository, path, remote } = world;
  const judgement = judgements.get(action.number);
  const [now, tip] = await Promise.all([
    readPull(client, repository, action.number),
    branchTip(client, repository, branch),
  ]);
  if (!judgement || !now || !isSame(now, judgement.pull)) return { moved: `#${action.number} changed` };
  if (tip !== action.tip) return { moved: `${branch} changed` };
  const done = await act(hands, action);
  const { merged } = done;
  if (merged === undefined) return done;
  await fetchRefs(path, remote, [`refs/heads/${branch}`]);
  const breach = breachOf(path, merged, action, judgement);
  if (breach !== undefined) run.breaches.push(breach);
  if (judgement.pull.head.isOwn && judgement.isForBot !== undefined) await removeBranch(run, judgement.pull);
  return done;
}

/** Nobody needs the branch of a merged pull request of the bot's; that it stays does no harm. */
async function removeBranch({ hands, world }: Run, { head }: Pull): Promise<void> {
  const done = await act(hands, { kind: 'delete-branch', branch: head.ref, head: head.sha });
  if (done.moved !== undefined) world.log(done.moved);
}

/** Whether nothing that bears on a merge changed between two readings. */
function isSame(a: Pull, b: Pull): boolean {
  const facts = (pull: Pull) =>
    JSON.stringify([
      [pull.state, pull.isDraft, pull.base, pull.head, isHeld(pull), pull.author?.id],
      pull.reviews.map(({ id, state, commit, account, body }) => [id, state, commit, account?.id, body]),
    ]);
  return facts(a) === facts(b);
}

/** What is wrong with what a merge made: it is exactly what was judged, on the tip that it was judged against, or not. */
function breachOf(
  path: string,
  merged: string,
  { number, tip, head }: Merging,
  { judged }: Judgement,
): string | undefined {
  if (missingCommits(path, [merged]).length > 0) return `#${number} was merged as ${merged}, which cannot be fetched`;
  const parents = parentsOf(path, merged);
  const tree = gitText(path, ['rev-parse', `${merged}^{tree}`]);
  const isJudged = parents[0] === tip && parents[1] === head && parents.length === 2 && tree === judged?.merge.tree;
  if (isJudged) return undefined;
  return `#${number} landed as ${merged.slice(0, 10)} on another state than it was judged on: run miniapp audit, and let the ruleset require branches to be up to date`;
}
