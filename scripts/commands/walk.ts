/** The history of a configuration for the commands that tell it: each step read, with what its commit claims. */
import { claimsOf, type Claims } from '../core/claims.ts';
import { emailsOf } from '../git/log.ts';
import { replay, type Replay, type Step } from '../git/replay.ts';
import { load, type Loaded } from '../read/load.ts';

export interface Told {
  readonly step: Step;
  readonly before: Loaded;
  readonly after: Loaded;
  readonly claims: Claims;
}

/** Every step that is asked for, oldest first. */
export function* tell(folder: string, asked: Replay): Iterable<Told> {
  const mergedTips = asked.log.commits.flatMap(({ parents }) => parents.slice(1, 2));
  const emails = emailsOf(folder, mergedTips);
  for (const step of replay(folder, asked)) {
    const miniapps = asked.scope(step);
    const options = miniapps ? { miniapps } : {};
    const before = load(step.before, options);
    const after = load(step.after, options);
    const mergedEmail = emails.get(step.commit.parents[1] ?? '');
    const statement = { ...step.commit, ...(mergedEmail === undefined ? {} : { mergedEmail }) };
    // People are those before the change; of the first one those that it brings.
    const authority = (step.isFirst ? after : before).workspace;
    yield { step, before, after, claims: claimsOf(statement, authority) };
  }
}
