/** The pull requests that a run looks at, in their turn, with all that bears on them. */
import { ForgeError, requestsLeft } from './client.ts';
import { isEverywhere, namesBranch } from './event.ts';
import type { Pull, PullFact, Situation } from './model.ts';
import { inTurn, isOfSomebody, RESERVE } from './order.ts';
import { readPull } from './pull-request.ts';
import type { Run } from './run.ts';

/** In which parts they are looked at: those that the event names, or all. */
export function partsOf({ world, opened }: Run, situation: Situation): PullFact[][] {
  const { hint } = world;
  const isAsked = ({ number, head }: PullFact) =>
    isEverywhere(hint) ||
    hint.numbers.includes(number) ||
    hint.heads.includes(head.sha) ||
    namesBranch(hint, head) ||
    opened.has(number);
  const { own, strangers } = inTurn(situation.open.filter(isAsked), situation);
  return [own, ...strangers];
}

/** With all that bears on them; strangers' only as long as GitHub lets enough requests through. */
export async function details(run: Run, situation: Situation, part: readonly PullFact[]): Promise<Pull[]> {
  const { world, known, left } = run;
  const found: Pull[] = [];
  for (const fact of part) {
    const old = known.get(fact.number);
    const isCurrent = old?.updatedAt === fact.updatedAt && old.head.sha === fact.head.sha;
    const isLate = !isCurrent && !isOfSomebody(fact, situation) && (requestsLeft(world.client) ?? RESERVE) < RESERVE;
    if (isLate) left.add(fact.number);
    const pull = isCurrent ? old : isLate ? undefined : await read(run, situation, fact);
    if (!pull || pull.state !== 'open') continue;
    known.set(fact.number, pull);
    found.push(pull);
  }
  return found;
}

/** What cannot be read of one keeps no other from being looked at; it is not judged by a part. */
async function read({ world, failures, done }: Run, situation: Situation, fact: PullFact): Promise<Pull | undefined> {
  const { client, repository, hint } = world;
  const { number, head } = fact;
  // A list may lag behind what was just done; and whether the bot may push to a fork of somebody's only the details tell.
  const isJustChanged = hint.numbers.includes(number) || done.some((one) => 'number' in one && one.number === number);
  const isListEnough = !isJustChanged && (head.isOwn || !isOfSomebody(fact, situation));
  try {
    return await readPull(client, repository, number, isListEnough ? { fact, bot: situation.bot } : undefined);
  } catch (error) {
    if (!(error instanceof ForgeError) || error.isWholesale) throw error;
    failures.add(error.message);
    return undefined;
  }
}
