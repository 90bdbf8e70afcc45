/** A round of the reconciler: looks, judges, and says what should be done now. */
import { fetchRefs, missingCommits } from '../git/fetch.ts';
import { remembered } from '../git/memory.ts';
import { gitText } from '../git/run.ts';
import { startedStatus } from './act.ts';
import { actingOf, readRun, runOf } from './acting.ts';
import { answerTo, type Answer } from './answers.ts';
import { approvalPulls, noteText, versionOf } from './approvals.ts';
import { cleanedBy, cleanUpAnswer, cleanUpPulls } from './clean-up.ts';
import { ForgeError } from './client.ts';
import { fetchThose, isOfOne } from './fetching.ts';
import { judgePull, type Court } from './judging.ts';
import { isByBot, type Action, type Judgement, type Pull, type PullFact, type Situation } from './model.ts';
import { conflictNote, neighboursOf } from './notes.ts';
import { readPull, readStatuses } from './pull-request.ts';
import { keyOf, type Run } from './run.ts';
import { look } from './situation.ts';
import { standingOf } from './standing.ts';
import { landing, tellingActions, wantedOf, type Surroundings } from './want.ts';
import { writersOf } from './writers.ts';

/** The workflow that publishes. */
const PORTAL = 'portal.yml';

/** A round: everything that should be done now. */
export async function plan(run: Run): Promise<{ actions: Action[]; judgements: Map<number, Judgement> }> {
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
  // What was done and is wanted all the same does not take, such as asking somebody whom GitHub does not let be asked.
  const wasDone = new Set(run.done.map((action) => JSON.stringify(action)));
  const isFree = (action: Action) => !run.stuck.has(keyOf(action)) && !wasDone.has(JSON.stringify(action));
  const candidates = [...run.stood.values()].filter(({ judgement }) => !run.stuck.has(`#${judgement.pull.number}`));
  const actions = unique([...perPull, ...approvals.actions, ...cleanUpPulls(situation)]).filter(isFree);
  return {
    actions: [...actions, ...[...landing(candidates, { tip }), ...(await publishing(run, tip))].filter(isFree)],
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
    const pull = isCurrent ? old : await read(run, fact.number);
    if (!pull || pull.state !== 'open') continue;
    known.set(fact.number, pull);
    found.push(pull);
  }
  return found;
}

/** What cannot be read of one keeps no other from being looked at; it is not judged by a part. */
async function read({ world, failures }: Run, number: number): Promise<Pull | undefined> {
  try {
    return await readPull(world.client, world.repository, number);
  } catch (error) {
    if (!(error instanceof ForgeError) || error.isWholesale) throw error;
    failures.add(error.message);
    return undefined;
  }
}

/** The heads, and what was reviewed of them, as data. What cannot be had is found missing when it is judged. */
export async function fetchHeads({ world, stuck }: Run, { tip }: Situation, pulls: readonly Pull[]): Promise<void> {
  const { path, remote } = world;
  const missing = new Set(missingCommits(path, [tip, ...pulls.map(({ head }) => head.sha)]));
  const wanted = pulls.filter(({ head }) => missing.has(head.sha));
  await fetchThose(path, remote, wanted);
  const reviewed = pulls.flatMap(({ reviews }) => reviews.flatMap(({ commit }) => commit ?? []));
  for (const commit of new Set(missingCommits(path, [...new Set(reviewed)]))) {
    if (stuck.has(commit)) continue;
    try {
      await fetchRefs(path, remote, [commit]);
    } catch (error) {
      // Nobody has it any more after a push that rewrote the branch: then its review does not count.
      if (!isOfOne(error)) throw error;
      stuck.add(commit);
    }
  }
}

export async function acting({ world, runs, branch }: Run, { given, bot }: Situation, pull: Pull) {
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
  const trailers = ['log', '-1', '--format=%(trailers:key=Transition,valueonly)', tip];
  const isOwnMerge = remembered(path, [tip], trailers, () => gitText(path, trailers)) !== '';
  if (!isOwnMerge) return [];
  const { context } = startedStatus(PORTAL);
  const statuses = await readStatuses(client, repository, tip);
  const isStarted = statuses.some((status) => status.context === context);
  return isStarted ? [] : [{ kind: 'dispatch', workflow: PORTAL, sha: tip }];
}

/** What two parts want alike is done once. */
const unique = (actions: readonly Action[]): Action[] => [
  ...new Map(actions.map((action) => [JSON.stringify(action), action])).values(),
];
