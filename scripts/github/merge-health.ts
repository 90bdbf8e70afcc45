/**
 * Whether GitHub's settings let be merged what the bot merges: by merge commits, whose parents and words are the record, one at a
 * time. Pure.
 */
import { bad, good, withFact, type Fact, type Finding } from './finding.ts';
import type { Rule } from './health.ts';

/** `allows`: the setting "Allow merge commits"; undefined where the token may not see it. */
export function mergeFindings(
  allows: Fact<boolean | undefined>,
  rules: Fact<readonly Rule[]>,
  branch: string,
): Finding[] {
  const found = [
    ...withFact('merge-commits', 'whether merge commits are allowed', allows, settingFindings),
    ...('value' in rules ? ruleFindings(rules.value, branch) : []),
  ];
  return found.length > 0 || !('value' in rules)
    ? found
    : [good('merge-commits', `the bot may merge to ${branch} as it does, by merge commits`)];
}

function settingFindings(allows: boolean | undefined): Finding[] {
  if (allows === true) return [];
  if (allows === undefined) {
    const next = 'the same command with the token of an administrator sees it';
    return [{ id: 'merge-commits', state: 'unknown', what: 'whether merge commits are allowed is not seen', next }];
  }
  const what = 'merge commits are not allowed in this repository: GitHub refuses every merge of the bot’s';
  return [bad('merge-commits', 'missing', what, 'Settings, General, Pull Requests: Allow merge commits')];
}

const RULES = 'Settings, Rules, Rulesets';

function ruleFindings(rules: readonly Rule[], branch: string): Finding[] {
  const has = (type: string) => rules.some((rule) => rule.type === type);
  const isMergeLeftOut = rules.some(({ methods }) => methods !== undefined && !methods.includes('merge'));
  const gaps: readonly (readonly [boolean, Finding])[] = [
    [
      isMergeLeftOut,
      bad(
        'merge-methods',
        'missing',
        `a rule of ${branch} leaves merge commits out: GitHub refuses every merge of the bot’s`,
        `${RULES}: Allowed merge methods: Merge`,
      ),
    ],
    [
      has('required_linear_history'),
      bad(
        'linear-history',
        'missing',
        `${branch} must have a linear history: GitHub refuses every merge of the bot’s`,
        `${RULES}: take Require linear history away`,
      ),
    ],
    [
      has('merge_queue'),
      bad(
        'merge-queue',
        'missing',
        `${branch} has a merge queue: GitHub refuses every merge of the bot’s, and people have to queue each`,
        `${RULES}: take Require merge queue away; the bot merges one at a time, on the newest state`,
      ),
    ],
    [
      has('required_signatures'),
      bad(
        'signatures',
        'warning',
        `commits to ${branch} must be signed: what people push unsigned is allowed and not merged`,
        `${RULES}: take Require signed commits away, or everybody signs`,
      ),
    ],
  ];
  return gaps.flatMap(([isSo, finding]) => (isSo ? [finding] : []));
}
