/** Names that only look like a branch of the bot's. */
import { expect, test } from 'vitest';
import { transitionBranch } from './branch-names.ts';

test.each(['transition/05', 'transition/5/x', 'transition/-5', 'transition/99999999999999999', 'x/transition/5'])(
  '%s names no run',
  (ref) => expect(transitionBranch.parse(ref)).toBeUndefined(),
);
