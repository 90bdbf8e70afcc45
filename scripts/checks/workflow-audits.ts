/**
 * What no workflow of ours, and no action beside it, may do, one audit a rule. Names are those of zizmor, which explains each of them and is not on npm; the
 * last ones are our own. Longer than most files, because it is a list: every entry stands alone.
 * Of zizmor's audits these have no entry: adhoc-packages of pip and gem, misfeature, use-trusted-publishing, unpinned-tools and
 * superfluous-actions (`unpinned-uses` lets in no action that they are about); ref-confusion, stale-action-refs, impostor-commit,
 * known-vulnerable-actions, archived-uses, typosquat-uses, forbidden-uses and self-repository (the closed list of
 * known-actions.ts answers them); insecure-url-scheme (no pre-commit file).
 */
import { KNOWN_ACTIONS } from './known-actions.ts';
import { expressionsIn, type Leaf, type Path, type WorkflowFile } from './workflow-file.ts';

export interface WorkflowFinding {
  readonly line: number;
  readonly message: string;
}

export interface Audit {
  readonly id: string;
  readonly isForDependabot?: true;
  /** About what only a workflow has, so not for actions. */
  readonly isForWorkflows?: true;
  find(file: WorkflowFile): WorkflowFinding[];
}

const DANGEROUS = ['pull_request_target', 'workflow_run', 'issue_comment', 'discussion_comment', 'fork'];
const DEFAULT_BRANCH = '${{ github.event.repository.default_branch }}';

const last = ({ path }: Leaf): string => String(path.at(-1));
const isStep = ({ path }: Leaf): boolean =>
  (path[0] === 'jobs' && path[2] === 'steps') || (path[0] === 'runs' && path[1] === 'steps');
const events = ({ data }: WorkflowFile): string[] =>
  typeof data.on === 'string' ? [data.on] : Array.isArray(data.on) ? data.on : Object.keys(data.on ?? {});
/** An action runs wherever it is used, so in privileged runs too. */
const isAction = ({ data }: WorkflowFile): boolean => data.runs !== undefined;
const isDangerous = (file: WorkflowFile): boolean =>
  isAction(file) || events(file).some((event) => DANGEROUS.includes(event));
const jobsOf = ({ data }: WorkflowFile): [string, any][] => Object.entries(data.jobs ?? {});
const stepsOf = (file: WorkflowFile): { step: any; path: Path }[] => {
  const lists: [any, Path][] = jobsOf(file).map(([id, { steps: list }]) => [list, ['jobs', id, 'steps']]);
  return [...lists, [file.data.runs?.steps, ['runs', 'steps']] as [any, Path]].flatMap(([list, path]) =>
    ((list ?? []) as any[]).map((step, i) => ({ step, path: [...path, i] })),
  );
};

/** Leaves that break a rule, each with a sentence. */
const leaves =
  (fault: (leaf: Leaf, file: WorkflowFile) => string | false | undefined) =>
  (file: WorkflowFile): WorkflowFinding[] =>
    file.leaves.flatMap((leaf) => {
      const message = fault(leaf, file);
      return message ? [{ line: leaf.line, message }] : [];
    });

const steps =
  (fault: (step: any, file: WorkflowFile) => string | false | undefined) =>
  (file: WorkflowFile): WorkflowFinding[] =>
    stepsOf(file).flatMap(({ step, path }) => {
      const message = fault(step, file);
      return message ? [{ line: file.lineOf(path), message }] : [];
    });

const jobs =
  (fault: (job: any, id: string, file: WorkflowFile) => string | false | undefined) =>
  (file: WorkflowFile): WorkflowFinding[] =>
    jobsOf(file).flatMap(([id, job]) => {
      const message = fault(job, id, file);
      return message ? [{ line: file.lineOf(['jobs', id]), message }] : [];
    });

const uses = (step: any, action: string): boolean => String(step.uses ?? '').startsWith(`${action}@`);
/** Conditions, fenced or not, and every expression elsewhere. */
const expressionsOf = (leaf: Leaf): string[] =>
  last(leaf) === 'if' && !leaf.value.includes('${{') ? [leaf.value] : expressionsIn(leaf.value);

export const AUDITS: readonly Audit[] = [
  {
    id: 'template-injection',
    find: leaves((leaf) => {
      const isCode =
        isStep(leaf) && (['run', 'shell', 'working-directory'].includes(last(leaf)) || last(leaf) === 'script');
      return isCode && expressionsIn(leaf.value).length > 0 && 'an expression inside code: pass it through env';
    }),
  },
  {
    id: 'unpinned-uses',
    find: leaves((leaf) => {
      if (last(leaf) !== 'uses') return false;
      const [action = '', commit = ''] = leaf.value.split('@');
      if (leaf.value.startsWith('./')) return false;
      if (!/^[0-9a-f]{40}$/.test(commit)) return `${leaf.value}: pin it by its full commit`;
      const known = KNOWN_ACTIONS[action];
      if (!known) return `${action} is not in known-actions.ts`;
      return known.commit !== commit && `${action}: known-actions.ts knows ${known.commit} (${known.version})`;
    }),
  },
  {
    id: 'ref-version-mismatch',
    find: leaves((leaf, file) => {
      const known = last(leaf) === 'uses' ? KNOWN_ACTIONS[leaf.value.split('@')[0]!] : undefined;
      const said = file.commentAt(leaf.line);
      return (
        known !== undefined && said !== known.version && `the comment says "${said}", the commit is ${known.version}`
      );
    }),
  },
  {
    id: 'excessive-permissions',
    isForWorkflows: true,
    find: (file) => {
      const top = file.data.permissions;
      const isNone = typeof top === 'object' && top !== null && Object.keys(top).length === 0;
      const atTop = isNone ? [] : [{ line: 1, message: 'permissions: {} must stand at the top' }];
      const broad = jobs(
        ({ permissions }) => typeof permissions === 'string' && `${permissions}: name each permission`,
      );
      return [...atTop, ...broad(file)];
    },
  },
  {
    id: 'undocumented-permissions',
    find: leaves(
      (leaf, file) =>
        leaf.path[0] === 'jobs' &&
        leaf.path.at(-2) === 'permissions' &&
        file.commentAt(leaf.line) === '' &&
        `${last(leaf)}: ${leaf.value} says not what it is for`,
    ),
  },
  {
    id: 'artipacked',
    find: steps(
      (step) =>
        uses(step, 'actions/checkout') &&
        step.with?.['persist-credentials'] !== false &&
        'persist-credentials: false is missing: the token would stay in .git/config',
    ),
  },
  {
    id: 'dangerous-triggers',
    find: (file) =>
      events(file)
        .filter((event) => DANGEROUS.includes(event))
        .flatMap((event) => {
          const line = file.lineOf(['on', event]);
          const isKnown = file.commentAt(line) === 'zizmor: ignore[dangerous-triggers]';
          const isExplained = file.commentAbove(line).length > 40;
          return isKnown && isExplained
            ? []
            : [{ line, message: `${event}: say above it why it is safe, and mark it for zizmor` }];
        }),
  },
  {
    id: 'untrusted-checkout',
    find: (file) => {
      if (!isDangerous(file)) return [];
      const ofHead = leaves(
        (leaf) =>
          isStep(leaf) &&
          /github\.(?:head_ref|event\.(?:pull_request|workflow_run)\.head|event\.pull_request\.(?:title|body))|refs\/pull/.test(
            leaf.value,
          ) &&
          'what a pull request brings is named in a step of a privileged run',
      );
      const ofElse = steps(
        (step) =>
          uses(step, 'actions/checkout') &&
          (step.with?.ref !== DEFAULT_BRANCH || step.with?.repository !== undefined) &&
          'a privileged run checks out the default branch and nothing else',
      );
      return [...ofHead(file), ...ofElse(file)];
    },
  },
  {
    id: 'bot-conditions',
    find: leaves((leaf) => {
      const isSpoofable = expressionsOf(leaf).some((text) => /github\.(?:triggering_)?actor\b/.test(text));
      return last(leaf) === 'if' && isSpoofable && 'github.actor is whoever caused the last event: ask for the author';
    }),
  },
  {
    id: 'cache-poisoning',
    find: steps((step) => {
      const isCache = /^actions\/cache(?:\/|@)/.test(String(step.uses ?? ''));
      const caches = Object.entries(step.with ?? {}).some(([name, value]) => /cache/.test(name) && value !== false);
      return (isCache || caches) && 'no cache: a pull request could fill what a privileged run takes';
    }),
  },
  {
    id: 'concurrency-limits',
    isForWorkflows: true,
    find: (file) => {
      const { concurrency } = file.data;
      const line = file.lineOf(['concurrency']);
      const isExplicit = concurrency?.['cancel-in-progress'] !== undefined || concurrency?.queue === 'max';
      if (!isExplicit) return [{ line, message: 'a concurrency group that says what happens to runs that wait' }];
      return file.commentAbove(line) === '' ? [{ line, message: 'say why the group drops no work' }] : [];
    },
  },
  {
    id: 'github-env',
    find: (file) =>
      isDangerous(file)
        ? steps(
            (step) => /GITHUB_(?:ENV|PATH)/.test(String(step.run ?? '')) && 'writes the environment of later steps',
          )(file)
        : [],
  },
  { id: 'secrets-inherit', find: jobs((job) => job.secrets === 'inherit' && 'secrets: inherit passes all of them on') },
  {
    id: 'secrets-outside-env',
    find: leaves((leaf, file) => {
      const named = expressionsOf(leaf).flatMap((text) =>
        [...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, name]) => name),
      );
      const isOwn = named.every((name) => name === 'GITHUB_TOKEN');
      const job = leaf.path[0] === 'jobs' ? file.data.jobs[leaf.path[1]!] : undefined;
      return !isOwn && job?.environment === undefined && `secrets.${named.join(', ')} outside an environment`;
    }),
  },
  {
    id: 'overprovisioned-secrets',
    find: leaves(
      (leaf) =>
        expressionsOf(leaf).some((text) => /\bsecrets\b(?!\.\w)/.test(text)) &&
        'all secrets at once: name the one needed',
    ),
  },
  {
    id: 'unredacted-secrets',
    find: leaves(
      (leaf) =>
        expressionsOf(leaf).some((text) => /fromJSON\(\s*secrets\./i.test(text)) && 'parts of a secret are not masked',
    ),
  },
  {
    id: 'unsound-condition',
    find: leaves((leaf) => {
      const isWhole = /^\$\{\{[\s\S]*\}\}$/.test(leaf.value) && expressionsIn(leaf.value).length === 1;
      return last(leaf) === 'if' && leaf.value.includes('${{') && !isWhole && 'text around ${{ }}: always true';
    }),
  },
  {
    id: 'unsound-contains',
    find: leaves(
      (leaf) =>
        expressionsOf(leaf).some((text) => /contains\(\s*'[^']*'\s*,\s*(?:github|inputs)\./.test(text)) &&
        'parts of a word are contained too: compare with a list from fromJSON',
    ),
  },
  {
    id: 'unsound-ternary',
    find: leaves(
      (leaf) =>
        expressionsOf(leaf).some((text) => /&&\s*(?:''|0|false|null)\s*\|\|/.test(text)) &&
        'a && nothing || b is always b',
    ),
  },
  {
    id: 'self-hosted-runner',
    find: jobs(
      (job) =>
        job['runs-on'] !== 'ubuntu-24.04' &&
        `runs-on: ${job['runs-on']}: a fresh machine of GitHub's, of a named version`,
    ),
  },
  {
    id: 'insecure-commands',
    find: leaves((leaf) => last(leaf) === 'ACTIONS_ALLOW_UNSECURE_COMMANDS' && 'switched off by GitHub for a reason'),
  },
  {
    id: 'unpinned-images',
    find: jobs(
      (job) =>
        (job.container !== undefined ||
          job.services !== undefined ||
          (job.steps ?? []).some((s: any) => String(s.uses ?? '').startsWith('docker:'))) &&
        'no container is needed here (hardcoded-container-credentials neither)',
    ),
  },
  {
    id: 'github-app',
    find: steps((step) => {
      if (!uses(step, 'actions/create-github-app-token')) return false;
      const given = Object.keys(step.with ?? {});
      if (!given.some((name) => name.startsWith('permission-'))) return 'the token can do all that the app can';
      // Those that are named, of this owner, are a choice of whoever may set variables; all of somebody's are not.
      if (given.includes('owner')) return 'the token reaches other repositories';
      return step.with['skip-token-revoke'] !== undefined && 'the token outlives its job';
    }),
  },
  {
    id: 'adhoc-packages',
    find: steps(
      (step) =>
        /\b(?:npx|npm (?:i|install|exec)|yarn (?:add|dlx)|pnpm (?:add|dlx)|pip install|gem install)\b/.test(
          String(step.run ?? ''),
        ) && 'a package that no lock file pins',
    ),
  },
  {
    id: 'obfuscation',
    find: leaves(
      (leaf) =>
        last(leaf) === 'uses' &&
        !/^(?:\.\/)?[\w.-]+(?:\/[\w-][\w.-]*)+(?:@[\w.-]+)?$/.test(leaf.value) &&
        `${leaf.value} is oddly written`,
    ),
  },
  {
    id: 'anonymous-definition',
    find: (file) => [
      ...(file.data.name === undefined ? [{ line: 1, message: 'the file has no name' }] : []),
      ...jobs((job) => job.name === undefined && 'the job has no name')(file),
      ...steps((step) => step.name === undefined && 'the step has no name')(file),
    ],
  },
  {
    id: 'timeout',
    find: jobs((job) => !(job['timeout-minutes'] <= 60) && 'timeout-minutes, at most an hour'),
  },
  {
    id: 'long-shell',
    find: steps(
      (step) =>
        String(step.run ?? '')
          .split('\n')
          .filter((line) => line.trim() !== '').length > 5 && 'logic belongs into scripts/, where it is tested',
    ),
  },
  {
    id: 'dependabot-cooldown',
    isForDependabot: true,
    find: ({ data, lineOf }) =>
      ((data.updates ?? []) as any[]).flatMap(({ cooldown }, i) =>
        cooldown?.['default-days'] >= 7
          ? []
          : [{ line: lineOf(['updates', i]), message: 'wait a week: bad releases are found within days' }],
      ),
  },
  {
    id: 'dependabot-execution',
    isForDependabot: true,
    find: leaves(
      (leaf) => last(leaf) === 'insecure-external-code-execution' && leaf.value !== 'deny' && 'runs what it updates',
    ),
  },
];
