/** Our workflows pass every audit, and every audit finds a workflow that was made bad for it. */
import { expect, test } from 'vitest';
import { KNOWN_ACTIONS } from './known-actions.ts';
import { AUDITS } from './workflow-audits.ts';
import { auditText, auditWorkflows } from './workflows.ts';

const pin = (action: string) => `${action}@${KNOWN_ACTIONS[action]!.commit} # ${KNOWN_ACTIONS[action]!.version}`;
const OTHER = 'a'.repeat(40);

const GOOD = `name: good
on:
  # Safe, because nothing of the pull request is checked out or run here.
  pull_request_target: # zizmor: ignore[dangerous-triggers]

permissions: {}

# A newer run does all that the older would.
concurrency:
  group: good
  cancel-in-progress: false

jobs:
  one:
    name: one
    if: github.event.pull_request.user.login != 'dependabot[bot]'
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    environment: bot
    permissions:
      contents: read # to check out
    steps:
      - name: Check out
        uses: ${pin('actions/checkout')}
        with:
          ref: \${{ github.event.repository.default_branch }}
          persist-credentials: false
      - name: Become the app
        id: app
        uses: ${pin('actions/create-github-app-token')}
        with:
          client-id: \${{ vars.BOT_CLIENT_ID }}
          private-key: \${{ secrets.BOT_PRIVATE_KEY }}
          permission-contents: read
      - name: Run
        run: node scripts/ci.ts check
        env:
          GITHUB_TOKEN: \${{ steps.app.outputs.token || github.token }}
`;

const ACTION = `name: good
description: good
inputs:
  key: { description: a key }
runs:
  using: composite
  steps:
    - name: Become the app
      uses: ${pin('actions/create-github-app-token')}
      with:
        private-key: \${{ inputs.key }}
        permission-contents: read
    - name: Run
      shell: bash
      run: node scripts/ci.ts check
`;

const DEPENDABOT = `version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule: { interval: weekly }
    cooldown: { default-days: 7 }
`;

/** What is replaced in the good file, by audit; `line` is where it must be found. */
const SEEDS: readonly (readonly [audit: string, from: string, to: string, line: number])[] = [
  ['template-injection', 'ci.ts check', 'ci.ts "${{ github.event.pull_request.number }}"', 36],
  ['template-injection', 'ci.ts check', 'ci.ts check\n        working-directory: ${{ github.base_ref }}', 37],
  [
    'unpinned-uses',
    `@${KNOWN_ACTIONS['actions/checkout']!.commit} # ${KNOWN_ACTIONS['actions/checkout']!.version}`,
    '@v7 # v7.0.1',
    24,
  ],
  ['unpinned-uses', KNOWN_ACTIONS['actions/checkout']!.commit, OTHER, 24],
  ['unpinned-uses', pin('actions/checkout'), `evil/checkout@${OTHER} # v7.0.1`, 24],
  ['ref-version-mismatch', `# ${KNOWN_ACTIONS['actions/checkout']!.version}`, '# v6.0.0', 24],
  ['excessive-permissions', 'permissions: {}', 'permissions: { contents: write } # x', 1],
  ['excessive-permissions', 'permissions: {}', '', 1],
  ['excessive-permissions', 'permissions:\n      contents: read # to check out', 'permissions: write-all', 14],
  ['undocumented-permissions', 'contents: read # to check out', 'contents: read', 21],
  ['artipacked', 'persist-credentials: false', 'fetch-depth: 0', 23],
  ['artipacked', 'persist-credentials: false', 'persist-credentials: true', 23],
  ['dangerous-triggers', ' # zizmor: ignore[dangerous-triggers]', '', 4],
  ['dangerous-triggers', '  # Safe, because nothing of the pull request is checked out or run here.\n', '', 3],
  ['dangerous-triggers', 'pull_request_target: #', 'pull_request: #\n  issue_comment: #', 5],
  ['untrusted-checkout', 'github.event.repository.default_branch', 'github.event.pull_request.head.sha', 26],
  ['untrusted-checkout', 'ref: ${{ github.event.repository.default_branch }}', 'fetch-depth: 0', 23],
  ['untrusted-checkout', 'ref: ${{ github.event.repository.default_branch }}', 'ref: refs/pull/7/head', 26],
  ['bot-conditions', 'github.event.pull_request.user.login', 'github.actor', 16],
  ['cache-poisoning', 'persist-credentials: false', 'persist-credentials: false\n          cache: npm', 23],
  ['concurrency-limits', '\n  cancel-in-progress: false', '', 9],
  ['concurrency-limits', '# A newer run does all that the older would.\n', '', 8],
  ['concurrency-limits', 'concurrency:\n  group: good\n  cancel-in-progress: false\n', '', 1],
  ['github-env', 'node scripts/ci.ts check', 'echo A=b >> "$GITHUB_ENV"', 35],
  ['secrets-inherit', 'environment: bot', 'environment: bot\n    secrets: inherit', 14],
  ['secrets-outside-env', '    environment: bot\n', '', 32],
  ['overprovisioned-secrets', 'steps.app.outputs.token || github.token', 'toJSON(secrets)', 38],
  ['overprovisioned-secrets', 'steps.app.outputs.token || github.token', 'secrets[vars.NAME]', 38],
  ['unredacted-secrets', 'steps.app.outputs.token || github.token', 'fromJSON(secrets.BOT_PRIVATE_KEY).a', 38],
  [
    'unsound-condition',
    "if: github.event.pull_request.user.login != 'dependabot[bot]'",
    'if: |\n      ${{ false }}',
    16,
  ],
  [
    'unsound-condition',
    "if: github.event.pull_request.user.login != 'dependabot[bot]'",
    'if: ${{ false }} && true',
    16,
  ],
  [
    'unsound-contains',
    "github.event.pull_request.user.login != 'dependabot[bot]'",
    "contains('main next', github.ref_name)",
    16,
  ],
  ['unsound-ternary', 'steps.app.outputs.token || github.token', "vars.A && '' || github.token", 38],
  ['self-hosted-runner', 'runs-on: ubuntu-24.04', 'runs-on: self-hosted', 14],
  ['self-hosted-runner', 'runs-on: ubuntu-24.04', 'runs-on: [ubuntu-latest]', 14],
  ['insecure-commands', '        env:\n', '        env:\n          ACTIONS_ALLOW_UNSECURE_COMMANDS: true\n', 38],
  ['unpinned-images', 'environment: bot', 'environment: bot\n    container: debian', 14],
  ['github-app', '          permission-contents: read\n', '', 28],
  ['github-app', 'permission-contents: read', 'permission-contents: read\n          owner: example-org', 28],
  ['github-app', 'permission-contents: read', 'permission-contents: read\n          skip-token-revoke: true', 28],
  ['adhoc-packages', 'node scripts/ci.ts check', 'npx miniapp@latest', 35],
  [
    'obfuscation',
    pin('actions/checkout'),
    `actions//checkout@${KNOWN_ACTIONS['actions/checkout']!.commit} # v7.0.1`,
    24,
  ],
  ['anonymous-definition', 'name: good\n', '', 1],
  ['anonymous-definition', '    name: one\n', '', 14],
  ['anonymous-definition', '- name: Run\n        run', '- run', 35],
  ['timeout', '    timeout-minutes: 5\n', '', 14],
  ['timeout', 'timeout-minutes: 5', 'timeout-minutes: 600', 14],
  ['long-shell', 'run: node scripts/ci.ts check', `run: |\n${'          true\n'.repeat(6)}`, 35],
  ['dependabot-cooldown', '    cooldown: { default-days: 7 }\n', '', 3],
  ['dependabot-cooldown', 'default-days: 7', 'default-days: 1', 3],
  ['dependabot-execution', 'directory: /', 'directory: /\n    insecure-external-code-execution: allow', 5],
];

test('what is good passes', () => {
  expect(auditText('good.yml', GOOD)).toEqual([]);
  expect(auditText('dependabot.yml', DEPENDABOT)).toEqual([]);
});

test.each(SEEDS)('%s finds %j → %j', (audit, from, to, line) => {
  const [name, text] = audit.startsWith('dependabot') ? ['dependabot.yml', DEPENDABOT] : ['good.yml', GOOD];
  expect(text).toContain(from);
  const found = auditText(
    name,
    text.replace(from, () => to),
  ).map((each) => each.split(': ')[0]);
  expect(found).toContain(`${name}:${line} ${audit}`);
});

test.each([
  ['template-injection', 'ci.ts check', 'ci.ts ${{ inputs.key }}', 15],
  ['unpinned-uses', /@.*/, '@v3', 9],
  ['github-app', /        permission-contents.*\n/, '', 8],
  ['github-env', 'ci.ts check', 'ci.ts >> "$GITHUB_PATH"', 13],
  ['secrets-outside-env', 'inputs.key', 'secrets.KEY', 11],
  ['anonymous-definition', '- name: Run\n      shell', '- shell', 13],
])('in an action %s finds %s → %j', (audit, from, to, line) => {
  expect(auditText('good/action.yml', ACTION)).toEqual([]);
  const bad = ACTION.replace(from, () => to);
  expect(auditText('good/action.yml', bad).map((each) => each.split(': ')[0])).toContain(
    `good/action.yml:${line} ${audit}`,
  );
});

test('every audit has a seed that only it needs to find', () => {
  const seeded = new Set(SEEDS.map(([audit]) => audit));
  expect(AUDITS.map(({ id }) => id).filter((id) => !seeded.has(id))).toEqual([]);
});

test('a file that is no YAML is a finding, not a pass', () => {
  expect(auditText('bad.yml', 'on: [\n')).not.toEqual([]);
});

test('the workflows of this project pass', () => expect(auditWorkflows()).toEqual([]));
