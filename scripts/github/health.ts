/** What GitHub has been told about a repository, judged: which promises of the registry hold there, and what each gap costs. Pure. */
import type { Account } from './model.ts';

export type Health = 'ok' | 'warning' | 'missing' | 'unknown';

export interface Finding {
  readonly id: string;
  readonly state: Health;
  /** What it proves, or what its lack costs. */
  readonly what: string;
  /** The next step, where there is one. */
  readonly next?: string;
  /** Whether it is unknown because something outside failed, rather than because one may not see it. */
  readonly isOutside?: true;
}

/** A fact, or why it cannot be had. */
export type Fact<T> = { readonly value: T } | { readonly unknown: string; readonly isOutside: boolean };

export interface Rule {
  readonly type: string;
  readonly ruleset: number;
  readonly isStrict: boolean;
  /** Statuses that must be green, and the app that they are taken from. */
  readonly checks: readonly { readonly context: string; readonly app?: number }[];
  /** How may be merged, where the rule says so. */
  readonly methods?: readonly string[];
}

export interface Bypass {
  readonly ruleset: string;
  /** Undefined where the token may not see them. */
  readonly actors?: readonly { readonly kind: string; readonly id: number | null; readonly mode: string }[];
}

export interface Settings {
  readonly rules: Fact<readonly Rule[]>;
  readonly bypasses: Fact<readonly Bypass[]>;
  readonly actionsMayOpen: Fact<boolean>;
  readonly defaultPermissions: Fact<string>;
  readonly environments: Fact<readonly { readonly name: string; readonly isLimited: boolean }[]>;
  readonly pages: Fact<'workflow' | 'legacy' | 'none'>;
  /** Whether each workflow that GitHub knows is switched on, by its path. */
  readonly workflows: Fact<ReadonlyMap<string, boolean>>;
}

/** The app whose statuses any workflow of any branch can set. */
const ACTIONS_APP = 15_368;
const ACTIONS_BOT: Account = { id: 41_898_282, login: 'github-actions[bot]' };
const CHECK = 'miniapp/check';
const RULESET = 'import .github/rulesets/main.json: Settings, Rules, Rulesets, New (.github/SETUP.md, 4)';

export const good = (id: string, what: string): Finding => ({ id, state: 'ok', what });
export const bad = (id: string, state: 'warning' | 'missing', what: string, next: string): Finding => ({
  id,
  state,
  what,
  next,
});

export function withFact<T>(
  id: string,
  subject: string,
  fact: Fact<T>,
  judge: (value: T) => Finding | Finding[],
): Finding[] {
  if ('value' in fact) return [judge(fact.value)].flat();
  const what = `${subject} could not be looked at: ${fact.unknown}`;
  return [{ id, state: 'unknown', what, ...(fact.isOutside ? { isOutside: true as const } : { next: ADMINISTRATOR }) }];
}

const ADMINISTRATOR = 'the same command with the token of an administrator sees it';

/** `bot`: what platform.yaml says. `needed`: the paths of the workflows that must run. */
export function healthOf(
  settings: Settings,
  branch: string,
  bot: Account | undefined,
  needed: readonly string[],
): Finding[] {
  const hasApp = bot !== undefined && bot.login !== ACTIONS_BOT.login;
  return [
    ...withFact('ruleset', `the rules of ${branch}`, settings.rules, (rules) => ruleFindings(rules, branch)),
    ...withFact('bypass', 'who may bypass the rules', settings.bypasses, (all) =>
      all.length > 0 ? bypassFinding(all) : [],
    ),
    ...withFact('workflows-on', 'whether the workflows are switched on', settings.workflows, (known) =>
      workflowFinding(known, needed),
    ),
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

function ruleFindings(rules: readonly Rule[], branch: string): Finding[] {
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

function sourceFinding(app: number | undefined, apps: readonly (number | undefined)[]): Finding {
  if (app !== undefined) return good('ruleset-source', `${CHECK} is taken from the app ${app} alone`);
  const isActions = apps.includes(ACTIONS_APP);
  const from = isActions ? 'any workflow of any branch (GitHub Actions)' : 'anybody who may write';
  return bad(
    'ruleset-source',
    'warning',
    `${CHECK} is taken from ${from}: whoever may push a branch can set it green; audit finds it afterwards`,
    'give write access to owners alone, or make an app the bot and put its id into the ruleset (.github/SETUP.md, 6)',
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

function environmentFindings(
  all: readonly { readonly name: string; readonly isLimited: boolean }[],
  hasApp: boolean,
  branch: string,
): Finding[] {
  // The key of the app is in the environment of the bot; without an app nothing is kept there.
  const wanted: [name: string, lack: 'warning' | 'missing', cost: string][] = [
    ['bot', hasApp ? 'missing' : 'warning', "a workflow of any branch can use the bot's key"],
    ['github-pages', 'warning', 'a workflow of any branch can publish a portal'],
  ];
  return wanted.map(([name, lack, cost]) => {
    const id = `environment-${name}`;
    const found = all.find((one) => one.name === name);
    if (found?.isLimited === true) return good(id, `only branches that are named may use the environment ${name}`);
    const state = found ? 'is open to every branch' : 'is not there yet and will come without a limit';
    return bad(
      id,
      lack,
      `the environment ${name} ${state}: ${cost}`,
      `Settings, Environments, ${name}: selected branches, ${branch}`,
    );
  });
}

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

/** What a classic token says that it may; `scopes` is undefined for the newer kinds, which say no such thing. */
export function scopeFinding(scopes: string | undefined, isPrivate: boolean): Finding[] {
  if (scopes === undefined) return [];
  const has = new Set(scopes.split(',').map((scope) => scope.trim()));
  const isEnough = has.has('repo') || (!isPrivate && has.has('public_repo'));
  if (isEnough) return [good('token-scopes', 'the token may push branches and open pull requests')];
  const wanted = isPrivate ? 'repo' : 'public_repo';
  const what = `the token has ${scopes.trim() === '' ? 'no scope' : `the scopes ${scopes}`}: it may not push or open pull requests`;
  return [
    bad(
      'token-scopes',
      'missing',
      what,
      `a token with the scope ${wanted}, or a fine-grained one: contents and pull requests, write`,
    ),
  ];
}
