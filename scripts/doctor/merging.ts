/**
 * Whether GitHub's settings let be merged what the bot merges: by merge commits, whose parents and words are the record, one at a
 * time. Pure.
 */
import { ADMINISTRATOR, bad, good, withFact, type Fact, type Finding } from './finding.ts';
import type { RulesetRule, Settings } from './health.ts';

/**
 * `allows`: the setting "Allow merge commits"; undefined where the token may not see it. `rules`: with those of classic protection,
 * of which others than administrators see a part.
 */
export function mergeFindings(
  allows: Fact<boolean | undefined>,
  { rules, classic }: Pick<Settings, 'rules' | 'classic'>,
  branch: string,
): Finding[] {
  const found = [
    ...withFact('merge-commits', 'whether merge commits are allowed', allows, settingFindings),
    ...('value' in rules ? ruleFindings(rules.value, branch) : []),
    ...withFact('classic-protection', `whether ${branch} has classic protection too`, classic, (isWhole) =>
      isWhole ? [] : [hiddenFinding(branch)],
    ),
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

function ruleFindings(rules: readonly RulesetRule[], branch: string): Finding[] {
  const refused = 'GitHub refuses every merge of the bot’s';
  const find = (
    id: string,
    state: 'warning' | 'missing',
    isSuch: (rule: RulesetRule) => boolean,
    what: string,
    next: string,
  ): Finding[] => {
    const rule = rules.find(isSuch);
    return rule ? [bad(id, state, what, `${placeOf(rule, branch)}: ${next}`)] : [];
  };
  const is = (type: string) => (rule: RulesetRule) => rule.type === type;
  return [
    ...find(
      'merge-methods',
      'missing',
      ({ methods }) => methods !== undefined && !methods.includes('merge'),
      `a rule of ${branch} leaves merge commits out: ${refused}`,
      'Allowed merge methods: Merge',
    ),
    ...find(
      'linear-history',
      'missing',
      is('required_linear_history'),
      `${branch} must have a linear history: ${refused}`,
      'take Require linear history away',
    ),
    ...find(
      'merge-queue',
      'missing',
      is('merge_queue'),
      `${branch} has a merge queue: ${refused}, and people have to queue each`,
      'take Require merge queue away; the bot merges one at a time, on the newest state',
    ),
    ...find('locked', 'missing', is('lock_branch'), `${branch} is locked: ${refused}`, 'take Lock branch away'),
    ...find(
      'signatures',
      'warning',
      is('required_signatures'),
      `commits to ${branch} must be signed: what people push unsigned is allowed and not merged`,
      'take Require signed commits away, or everybody signs',
    ),
    ...find(
      'github-approvals',
      'warning',
      ({ approvals = 0 }) => approvals > 0,
      `GitHub asks for an approving review of every pull request to ${branch}, also where policy.yaml asks for none: those wait for one`,
      'Required approvals: 0; who has to approve is what policy.yaml says',
    ),
  ];
}

const hiddenFinding = (branch: string): Finding => ({
  id: 'classic-protection',
  state: 'unknown',
  next: ADMINISTRATOR,
  what: `${branch} has classic protection too, of which only the required checks are seen`,
});

const placeOf = ({ ruleset }: RulesetRule, branch: string): string =>
  ruleset === 'classic' ? `Settings, Branches, Branch protection rules, ${branch}` : 'Settings, Rules, Rulesets';
