/** What GitHub has been told about a repository, judged: which promises of the registry hold there, and what each gap costs. Pure. */
import {
  CHECK_FILE,
  environmentFindings,
  mayStart,
  policyFindings,
  WAKE_FILE,
  type DeploymentEnvironment,
  type Policy,
  type WorkflowTriggers,
} from './actions.ts';
import { ADMINISTRATOR, bad, good, withFact, type Fact, type Finding } from './finding.ts';
import type { Account } from '../github/types.ts';

export type { Fact, Finding, Health } from './finding.ts';

export interface RulesetRule {
  readonly type: string;
  /** Its number, or that the branch has classic protection. */
  readonly ruleset: number | 'classic';
  readonly isStrict: boolean;
  /** Statuses that must be green, and the app that they are taken from. */
  readonly checks: readonly { readonly context: string; readonly app?: number }[];
  /** How may be merged, where the rule says so. */
  readonly methods?: readonly string[];
  /** How many reviews that approve GitHub itself asks for. */
  readonly approvals?: number;
}

export interface Bypass {
  readonly ruleset: string;
  /** Undefined where the token may not see them. */
  readonly actors?: readonly { readonly kind: string; readonly id: number | null; readonly mode: string }[];
}

export interface Settings {
  /** Of rulesets and of classic protection. */
  readonly rules: Fact<readonly RulesetRule[]>;
  /** The kinds of rules that hold for the branches of packages. */
  readonly packageRules: Fact<readonly string[]>;
  /** Whether all rules of classic protection are seen, rather than the required checks alone. */
  readonly classic: Fact<boolean>;
  readonly bypasses: Fact<readonly Bypass[]>;
  readonly actionsMayOpen: Fact<boolean>;
  readonly defaultPermissions: Fact<string>;
  readonly environments: Fact<readonly DeploymentEnvironment[]>;
  readonly policies: Fact<readonly Policy[]>;
  readonly isPublic: Fact<boolean>;
  readonly pages: Fact<'workflow' | 'legacy' | 'none'>;
  /** Whether each workflow that GitHub knows is switched on, by its path. */
  readonly workflows: Fact<ReadonlyMap<string, boolean>>;
}

/** The app whose statuses any workflow of any branch can set. */
const ACTIONS_APP = 15_368;
const ACTIONS_BOT: Account = { id: 41_898_282, login: 'github-actions[bot]' };
const CHECK = 'miniapp/check';
const RULESET = 'import .github/rulesets/main.json: Settings, Rules, Rulesets, New (.github/SETUP.md, 5)';

/** Whether the bot has an app of its own, which rulesets can let pass. */
export const hasOwnApp = (bot: Account | undefined): boolean => bot !== undefined && bot.login !== ACTIONS_BOT.login;

/** `bot`: what platform.yaml says. `started`: the workflows that must run, and by which events. */
export function healthOf(
  settings: Settings,
  branch: string,
  bot: Account | undefined,
  started: WorkflowTriggers,
): Finding[] {
  const hasApp = hasOwnApp(bot);
  return [
    ...withFact('ruleset', `the rules of ${branch}`, settings.rules, (rules) => ruleFindings(rules, branch)),
    ...withFact('bypass', 'who may bypass the rules', settings.bypasses, (all) =>
      all.length > 0 ? bypassFinding(all) : [],
    ),
    ...withFact('workflows-on', 'whether the workflows are switched on', settings.workflows, (known) =>
      workflowFinding(known, neededOf(settings, started)),
    ),
    ...policyFindings(settings.policies, settings.isPublic, started),
    ...(hasApp ? [] : withFact('actions-pull-requests', 'what workflows may', settings.actionsMayOpen, mayOpenFinding)),
    ...withFact(
      'actions-permissions',
      'the default permissions of workflows',
      settings.defaultPermissions,
      defaultFinding,
    ),
    ...withFact('environments', 'the environments', settings.environments, (all) =>
      environmentFindings(all, hasApp, branch),
    ),
    ...withFact('pages', 'Pages', settings.pages, pagesFinding),
  ];
}

/** Where GitHub lets pull requests start check.yml itself, wake.yml may be switched off. */
function neededOf({ policies, isPublic }: Settings, started: WorkflowTriggers): string[] {
  const event = 'pull_request_target';
  const isDirect =
    'value' in policies &&
    'value' in isPublic &&
    started.get(CHECK_FILE)?.includes(event) === true &&
    mayStart(policies.value, isPublic.value, CHECK_FILE, event);
  return [...started.keys()].filter((path) => !isDirect || path !== WAKE_FILE);
}

function ruleFindings(rules: readonly RulesetRule[], branch: string): Finding[] {
  const has = (type: string) => rules.some((rule) => rule.type === type);
  const checking = rules.filter(({ checks }) => checks.some(({ context }) => context === CHECK));
  const apps = checking.flatMap(({ checks }) =>
    checks.filter(({ context }) => context === CHECK).map(({ app }) => app),
  );
  const app = apps.find((one) => one !== undefined && one !== ACTIONS_APP);
  const isRequired = checking.length > 0;
  return [
    isRequired
      ? good('ruleset-check', `nothing is merged to ${branch} before ${CHECK} is green`)
      : bad(
          'ruleset-check',
          'missing',
          `no ruleset requires ${CHECK}: what is refused can be merged to ${branch}`,
          RULESET,
        ),
    ...(isRequired ? [sourceFinding(app, apps)] : []),
    ...othersFindings(rules),
    checking.some(({ isStrict }) => isStrict)
      ? good('ruleset-strict', 'what is merged was judged on the newest state')
      : bad(
          'ruleset-strict',
          'missing',
          `branches need not be up to date: two changes that are valid each and not together can both be merged to ${branch}`,
          RULESET,
        ),
    has('pull_request')
      ? good('ruleset-pull-request', `${branch} changes by pull request alone`)
      : bad(
          'ruleset-pull-request',
          'missing',
          `whoever may write can push to ${branch} without a pull request; audit finds it afterwards`,
          RULESET,
        ),
    has('non_fast_forward') && has('deletion')
      ? good('ruleset-history', `the history of ${branch}, which is the record, cannot be rewritten or deleted`)
      : bad('ruleset-history', 'missing', `${branch} can be force-pushed or deleted, and with it the record`, RULESET),
  ];
}

/** A required check that never reports keeps a pull request for ever. */
function othersFindings(rules: readonly RulesetRule[]): Finding[] {
  const others = [...new Set(rules.flatMap(({ checks }) => checks.map(({ context }) => context)))].filter(
    (context) => context !== CHECK,
  );
  if (others.length === 0) return [];
  const isCi = others.includes('ci');
  const what = isCi
    ? 'ci is required, which does not run for a change of config/ alone: none of those is ever merged'
    : `${others.join(', ')} is required too: what it does not report on, or has to wait for somebody's approval, is not merged`;
  const next = isCi
    ? `take ci off the ruleset: for code ${CHECK} waits for it`
    : 'Settings, Rules, Rulesets: see that it reports on each pull request';
  return [bad('ruleset-others', isCi ? 'missing' : 'warning', what, next)];
}

function sourceFinding(app: number | undefined, apps: readonly (number | undefined)[]): Finding {
  if (app !== undefined) return good('ruleset-source', `${CHECK} is taken from the app ${app} alone`);
  const isActions = apps.includes(ACTIONS_APP);
  const from = isActions ? 'any workflow of any branch (GitHub Actions)' : 'anybody who may write';
  return bad(
    'ruleset-source',
    'warning',
    `${CHECK} is taken from ${from}: whoever may push a branch can set it green; audit finds it afterwards`,
    'give write access to owners alone, or make an app the bot and put its id into the ruleset (.github/SETUP.md, With a GitHub App)',
  );
}

/** GitHub's numbers of the roles that come with every repository. */
const ROLES: Readonly<Record<number, string>> = { 2: 'maintainers', 4: 'everybody who may write', 5: 'administrators' };

function bypassFinding(bypasses: readonly Bypass[]): Finding {
  const isHidden = bypasses.some(({ actors }) => actors === undefined);
  const people = bypasses.flatMap(({ ruleset, actors = [] }) =>
    actors
      .filter(({ kind }) => kind !== 'Integration')
      .map(({ kind, id, mode }) => {
        const who =
          kind === 'RepositoryRole'
            ? (ROLES[id ?? 0] ?? `role ${id}`)
            : kind === 'OrganizationAdmin'
              ? 'owners of the organization'
              : `${kind} ${id}`;
        return `${who}${mode === 'pull_request' ? ' by pull request' : ''} (${ruleset})`;
      }),
  );
  if (people.length > 0) {
    const what = `${people.join(', ')} may bypass the rules; audit finds what came that way`;
    return bad('bypass', 'warning', what, 'take them off the bypass list, unless the platform has one owner alone');
  }
  if (isHidden) {
    const what = 'who may bypass the rules is shown to administrators alone';
    return { id: 'bypass', state: 'unknown', what, next: ADMINISTRATOR };
  }
  return good('bypass', 'no person may bypass the rules');
}

function workflowFinding(known: ReadonlyMap<string, boolean>, needed: readonly string[]): Finding {
  const absent = needed.filter((path) => !known.has(path));
  const off = needed.filter((path) => known.get(path) === false);
  if (absent.length + off.length === 0) return good('workflows-on', 'GitHub runs the workflows');
  const what = [
    ...(absent.length > 0 ? [`GitHub does not know ${absent.join(', ')}`] : []),
    ...(off.length > 0 ? [`switched off: ${off.join(', ')}`] : []),
  ].join('; ');
  return bad(
    'workflows-on',
    'missing',
    what,
    'push them to the default branch; Actions, the workflow, Enable workflow',
  );
}

const mayOpenFinding = (may: boolean): Finding =>
  may
    ? good('actions-pull-requests', 'the bot, which is GitHub Actions, may open pull requests')
    : bad(
        'actions-pull-requests',
        'missing',
        'workflows may not open pull requests, so nobody is asked for reviews and nothing is approved automatically',
        'Settings, Actions, General: allow GitHub Actions to create and approve pull requests',
      );

const defaultFinding = (level: string): Finding =>
  level === 'read'
    ? good('actions-permissions', 'a workflow that does not say what it may, may read')
    : bad(
        'actions-permissions',
        'warning',
        'a workflow that does not say what it may, may write',
        'Settings, Actions, General, Workflow permissions: read repository contents',
      );

function pagesFinding(pages: 'workflow' | 'legacy' | 'none'): Finding {
  if (pages === 'workflow') return good('pages', 'the portal is published by its workflow');
  const what =
    pages === 'none' ? 'Pages is off: the portal is not published' : 'Pages publishes a branch, not the portal';
  return bad('pages', 'warning', what, 'Settings, Pages, Source: GitHub Actions');
}

/** Whether platform.yaml names the account that acts. `holder`: whose token this is. */
export function botFinding(bot: Account | undefined, holder: Account | undefined): Finding {
  if (!bot) {
    const next = `bot: { login: '${ACTIONS_BOT.login}', githubId: ${ACTIONS_BOT.id} } in platform.yaml`;
    return bad('bot', 'missing', 'platform.yaml names no bot: nothing is merged or approved automatically', next);
  }
  const known = [ACTIONS_BOT, ...(holder ? [holder] : [])];
  const wrong = known.find(({ id, login }) => (login === bot.login) !== (id === bot.id));
  if (wrong) {
    const what = `platform.yaml says that the bot is ${bot.login}, account ${bot.id}, and ${wrong.login} is account ${wrong.id}`;
    return bad('bot', 'missing', what, 'correct bot in platform.yaml: identity follows the number');
  }
  const isKnown = known.some(({ id }) => id === bot.id);
  if (isKnown) return good('bot', `the bot of platform.yaml is ${bot.login}, account ${bot.id}`);
  const what = `whether ${bot.login} is account ${bot.id} is not seen with this token`;
  return { id: 'bot', state: 'unknown', what, next: `gh api '/users/${bot.login}' --jq .id` };
}

/** What a token is: its scopes where it is a classic one, whose token says them; and whether its person may push to the repository. */
export interface TokenFacts {
  readonly scopes: string | undefined;
  readonly isFineGrained: boolean;
  readonly isPrivate: boolean;
  readonly mayPush: boolean;
}

/** Whether a token is of the kind that can propose changes here. */
export function tokenKindFinding({ scopes, isFineGrained, isPrivate, mayPush }: TokenFacts): Finding[] {
  const classic = `a classic token with the scopes ${isPrivate ? 'repo' : 'public_repo'} and workflow`;
  if (isFineGrained && !isPrivate && !mayPush) {
    const what =
      'the token is fine-grained, and with such a one GitHub lets nobody contribute to a public repository of which they are no member';
    return [bad('token-kind', 'missing', what, `${classic}, or gh auth login`)];
  }
  if (scopes === undefined) return [];
  const has = new Set(scopes.split(',').map((scope) => scope.trim()));
  if (!has.has('repo') && (isPrivate || !has.has('public_repo'))) {
    const what = `the token has ${scopes.trim() === '' ? 'no scope' : `the scopes ${scopes}`}: it may not push or open pull requests`;
    const orElse = mayPush ? ', or a fine-grained one of this repository: contents and pull requests, write' : '';
    return [bad('token-scopes', 'missing', what, `${classic}${orElse}`)];
  }
  if (!mayPush && !has.has('workflow')) {
    const what =
      'the token may push branches and open pull requests, but not from a fork that lacks a newer workflow of this repository: it has no scope workflow';
    return [
      bad(
        'token-scopes',
        'warning',
        what,
        `${classic}; or Sync fork on the page of the fork before each push that is refused`,
      ),
    ];
  }
  return [good('token-scopes', 'the token may push branches and open pull requests')];
}
