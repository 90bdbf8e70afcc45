/** Asks GitHub how a repository is set up. What the token may not see is told as unknown, never taken for good or bad. */
import { defined } from '../core/defined.ts';
import type { GitHubReader } from '../github/client.ts';
import { ask, GitHubError, listAll } from '../github/request.ts';
import type { DeploymentEnvironment, Policy } from './actions.ts';
import { PACKAGE_BRANCH } from './packages.ts';
import type { Bypass, Fact, RulesetRule, Settings } from './health.ts';
import type { Repository } from '../github/types.ts';

/** The settings that `doctor` judges, each a fact or the reason why it is unknown. */
export async function settingsOf(client: GitHubReader, repository: Repository, branch: string): Promise<Settings> {
  const { rest } = client;
  const { owner, repo } = repository;
  const rules = await fact(() =>
    listAll('read the rules', (at) => rest.repos.getBranchRules({ owner, repo, branch, ...at })),
  );
  const packageRules = await fact(() =>
    listAll('read the rules of packages', (at) =>
      rest.repos.getBranchRules({ owner, repo, branch: PACKAGE_BRANCH, ...at }),
    ),
  );
  const shown = await fact(() => ask('read the repository', () => rest.repos.get({ owner, repo })));
  const permissions = await fact(() =>
    ask('read what workflows may', () =>
      rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository({ owner, repo }),
    ),
  );
  const classic = await fact(() => classicRulesOf(client, repository, branch));
  return {
    rules: map(rules, (all) => [...all.map(ruleOf), ...('value' in classic ? classic.value.rules : [])]),
    packageRules: map(packageRules, (all) => all.map(({ type }) => type)),
    classic: map(classic, ({ isWhole }) => isWhole),
    bypasses: await bypassesOf(client, repository, rules),
    actionsMayOpen: map(permissions, ({ data }) => data.can_approve_pull_request_reviews),
    defaultPermissions: map(permissions, ({ data }) => data.default_workflow_permissions),
    environments: await fact(() => environmentsOf(client, repository)),
    policies: await fact(() => policiesOf(client, repository)),
    isPublic: map(shown, ({ data }) => !data.private),
    pages: await pagesOf(client, repository, 'value' in shown && shown.value.data.permissions?.admin === true),
    workflows: map(
      await fact(() => ask('read the workflows', () => rest.actions.listRepoWorkflows({ owner, repo, per_page: 100 }))),
      ({ data }) => new Map(data.workflows.map(({ path, state }) => [path, state === 'active'])),
    ),
  };
}

async function fact<T>(asking: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { value: await asking() };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    const isSaid = error.status >= 400 && error.status < 500 && error.status !== 429;
    return { unknown: error.message, isOutside: !isSaid };
  }
}

const map = <T, U>(found: Fact<T>, make: (value: T) => U): Fact<U> =>
  'value' in found ? { value: make(found.value) } : found;

type BranchRule = Awaited<ReturnType<GitHubReader['rest']['repos']['getBranchRules']>>['data'][number];

function ruleOf(rule: BranchRule): RulesetRule {
  const { type, ruleset_id: ruleset = 0 } = rule;
  if (type === 'pull_request') {
    const { allowed_merge_methods: methods, required_approving_review_count: approvals = 0 } = rule.parameters ?? {};
    return { type, ruleset, isStrict: false, checks: [], approvals, ...defined({ methods }) };
  }
  if (type !== 'required_status_checks') return { type, ruleset, isStrict: false, checks: [] };
  const { required_status_checks: checks = [], strict_required_status_checks_policy: isStrict = false } =
    rule.parameters ?? {};
  return {
    type,
    ruleset,
    isStrict,
    checks: checks.map(({ context, integration_id: app }) => ({
      context,
      ...defined({ app: app ?? undefined }),
    })),
  };
}

/**
 * Classic protection of a branch, as the rules of a ruleset that would do the same. GitHub shows it whole to administrators alone; of
 * a branch that has any protection everybody sees the required checks.
 */
async function classicRulesOf(
  { rest }: GitHubReader,
  { owner, repo }: Repository,
  branch: string,
): Promise<{ rules: RulesetRule[]; isWhole: boolean }> {
  const { data: shown } = await ask('read the branch', () => rest.repos.getBranch({ owner, repo, branch }));
  if (!shown.protected) return { rules: [], isWhole: true };
  try {
    const { data } = await ask('read the protection of the branch', () =>
      rest.repos.getBranchProtection({ owner, repo, branch }),
    );
    return { rules: classicRules(data), isWhole: true };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    // Rulesets alone protect it.
    if (error.status === 404 && /Branch not protected/i.test(error.message)) return { rules: [], isWhole: true };
    const { required_status_checks: required } = shown.protection;
    if (!required || required.enforcement_level === 'off') throw error;
    const checks = required.contexts.map((context) => ({ context }));
    return { rules: [{ ...CLASSIC, type: 'required_status_checks', checks }], isWhole: false };
  }
}

const CLASSIC = { ruleset: 'classic', isStrict: false, checks: [] } as const;

type Protection = Awaited<ReturnType<GitHubReader['rest']['repos']['getBranchProtection']>>['data'];

function classicRules(protection: Protection): RulesetRule[] {
  const { required_status_checks: status, required_pull_request_reviews: reviews } = protection;
  const types = [
    ...(protection.required_linear_history?.enabled ? ['required_linear_history'] : []),
    ...(protection.required_signatures?.enabled ? ['required_signatures'] : []),
    ...(protection.lock_branch?.enabled ? ['lock_branch'] : []),
    ...(protection.allow_force_pushes?.enabled ? [] : ['non_fast_forward']),
    ...(protection.allow_deletions?.enabled ? [] : ['deletion']),
  ];
  const checks = status?.checks ?? status?.contexts.map((context) => ({ context, app_id: null })) ?? [];
  const rules: RulesetRule[] = types.map((type) => ({ ...CLASSIC, type }));
  if (reviews)
    rules.push({ ...CLASSIC, type: 'pull_request', approvals: reviews.required_approving_review_count ?? 0 });
  if (status)
    rules.push({
      ...CLASSIC,
      type: 'required_status_checks',
      isStrict: status.strict === true,
      checks: checks.map(({ context, app_id: app }) => ({
        context,
        ...defined({ app: app ?? undefined }),
      })),
    });
  return rules;
}

/** Of the rulesets that hold for the branch; those of an organization are not this repository's to show. */
async function bypassesOf(
  { rest }: GitHubReader,
  { owner, repo }: Repository,
  rules: Fact<readonly BranchRule[]>,
): Promise<Fact<readonly Bypass[]>> {
  if (!('value' in rules)) return rules;
  const ids = [...new Set(rules.value.flatMap(({ ruleset_id: id }) => id ?? []))];
  return fact(async () => {
    const bypasses: Bypass[] = [];
    for (const id of ids) {
      const { data } = await ask('read a ruleset', () => rest.repos.getRepoRuleset({ owner, repo, ruleset_id: id }));
      const actors = data.bypass_actors?.map(({ actor_id, actor_type, bypass_mode = 'always' }) => ({
        kind: actor_type,
        id: actor_id ?? null,
        mode: bypass_mode,
      }));
      bypasses.push({ ruleset: data.name, ...defined({ actors }) });
    }
    return bypasses;
  });
}

/** Each with the branches that may use it, which a list of environments does not name. */
async function environmentsOf({ rest }: GitHubReader, { owner, repo }: Repository): Promise<DeploymentEnvironment[]> {
  const { data } = await ask('read the environments', () =>
    rest.repos.getAllEnvironments({ owner, repo, per_page: 100 }),
  );
  const found: DeploymentEnvironment[] = [];
  for (const { name, deployment_branch_policy: policy } of data.environments ?? []) {
    const branches = async () => {
      if (!policy) return 'any' as const;
      if (!policy.custom_branch_policies) return 'protected' as const;
      const { data: listed } = await ask(`read the branches of the environment ${name}`, () =>
        rest.repos.listDeploymentBranchPolicies({ owner, repo, environment_name: name, per_page: 100 }),
      );
      return listed.branch_policies.map((one) => ({ name: one.name ?? '', isTag: one.type === 'tag' }));
    };
    found.push({ name, branches: await fact(branches) });
  }
  return found;
}

/** As GitHub's documentation has them (REST, Actions policies, 2026-03-10); octokit has no names for these yet. */
interface PolicyAnswer {
  readonly id: number;
  readonly name: string;
  readonly enforcement?: string;
  readonly conditions?: {
    readonly workflow_path?: { readonly include?: string[]; readonly exclude?: string[] };
  } | null;
  readonly rules?: readonly { readonly type?: string; readonly parameters?: { readonly allowed_events?: string[] } }[];
}

/** Those of the owner too; a list need not hold the rules of each. */
async function policiesOf(client: GitHubReader, { owner, repo }: Repository): Promise<Policy[]> {
  const { data } = await ask('read the policies of Actions', () =>
    client.request('GET /repos/{owner}/{repo}/actions/policies', { owner, repo, per_page: 100 }),
  );
  const listed = (data as { policies?: readonly PolicyAnswer[] }).policies ?? [];
  const policies: Policy[] = [];
  for (const { id, enforcement, rules } of listed) {
    // What is only evaluated stops nothing.
    if (enforcement !== 'active') continue;
    const whole = rules?.length
      ? listed.find((one) => one.id === id)!
      : await ask('read a policy of Actions', () =>
          client.request('GET /repos/{owner}/{repo}/actions/policies/{policy_id}', { owner, repo, policy_id: id }),
        ).then((answer) => answer.data as PolicyAnswer);
    policies.push(policyOf(whole));
  }
  return policies;
}

function policyOf({ name, conditions, rules = [] }: PolicyAnswer): Policy {
  const { include = [], exclude = [] } = conditions?.workflow_path ?? {};
  const events = rules.find(({ type }) => type === 'restrict_action_events')?.parameters?.allowed_events;
  const namesActors = rules.some(({ type }) => type === 'restrict_actions_actors');
  return { name, include, exclude, namesActors, ...defined({ events }) };
}

/** `isAdmin`: to others GitHub says 404 of what is there, too. */
async function pagesOf(
  { rest }: GitHubReader,
  { owner, repo }: Repository,
  isAdmin: boolean,
): Promise<Settings['pages']> {
  const found = await fact(async () => {
    try {
      const { data } = await ask('read the settings of Pages', () => rest.repos.getPages({ owner, repo }));
      return data.build_type === 'workflow' ? ('workflow' as const) : ('legacy' as const);
    } catch (error) {
      if (error instanceof GitHubError && error.status === 404 && isAdmin) return 'none' as const;
      throw error;
    }
  });
  return found;
}

/** What a classic token may, as GitHub says it with every answer; undefined for other tokens. */
export async function scopesOf({ rest }: GitHubReader): Promise<string | undefined> {
  const { headers } = await ask('ask what the token may', () => rest.users.getAuthenticated());
  return headers['x-oauth-scopes'];
}
