/** The files in `.github/` that are no workflows: as GitHub reads them, and as the rest of the project needs them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { matchesPattern } from '../fixtures/actions/patterns.ts';
import { operations, requestFaults } from '../fixtures/forge/schema.ts';
import { removeRepositories, temporaryFolder } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
import { cleanUpBranch, reviewBranch, transitionBranch } from '../bot/branch-names.ts';
import { CONTEXT } from '../bot/commit-status.ts';
import { ROOT } from './shell.ts';

const GITHUB = join(ROOT, '.github');
const read = (path: string): string => readFileSync(join(GITHUB, path), 'utf8');
const SETUP = read('SETUP.md');

interface Ruleset {
  readonly source_type: string;
  readonly enforcement: string;
  readonly conditions: { readonly ref_name: { readonly include: readonly string[] } };
  readonly bypass_actors: readonly { actor_id: number; actor_type: string; bypass_mode: string }[];
  readonly rules: readonly { type: string; parameters?: any }[];
}
const ruleset = (name: string): Ruleset => JSON.parse(read(`rulesets/${name}`));
afterAll(removeRepositories);
/** Git of nobody's settings. */
const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'x'],
      [`GIT_${who}_EMAIL`, 'x@example.com'],
    ]),
  ),
};
const rulesets = readdirSync(join(GITHUB, 'rulesets'));

describe('rulesets', () => {
  const create = operations().find(({ id }) => id === 'repos/create-repo-ruleset')!;

  test.each(rulesets)("%s is a ruleset by GitHub's own description", (name) => {
    const { source_type: source, ...body } = ruleset(name);
    // The export names where it comes from; making one by the API does not take that.
    expect(source).toBe('Repository');
    expect(requestFaults(create, new URLSearchParams(), body)).toEqual([]);
    expect(body.enforcement).toBe('active');
  });

  test("GitHub's description tells a ruleset from something else", () => {
    const { source_type: _, ...body } = ruleset('main.json');
    expect(requestFaults(create, new URLSearchParams(), { ...body, target: 'branches' })).not.toEqual([]);
    expect(requestFaults(create, new URLSearchParams(), { ...body, rules: [{ type: 'no-such-rule' }] })).not.toEqual(
      [],
    );
  });

  test('main: by pull request, up to date, checked, never rewritten, bypassed by nobody', () => {
    const { rules, bypass_actors: bypass, conditions } = ruleset('main.json');
    const parameters = (type: string) => rules.find((rule) => rule.type === type)?.parameters;
    expect(conditions.ref_name.include).toEqual(['~DEFAULT_BRANCH']);
    expect(bypass).toEqual([]);
    expect(rules.map(({ type }) => type).sort()).toEqual([
      'deletion',
      'non_fast_forward',
      'pull_request',
      'required_status_checks',
    ]);
    expect(parameters('pull_request').allowed_merge_methods).toEqual(['merge']);
    // The bot's own stamp must not void the review that it stamps.
    expect(parameters('pull_request').dismiss_stale_reviews_on_push).toBe(false);
    expect(parameters('required_status_checks').strict_required_status_checks_policy).toBe(true);
    const required = parameters('required_status_checks').required_status_checks as { context: string }[];
    expect(required.map(({ context }) => context)).toEqual([CONTEXT]);
  });

  test('nothing is required that does not report on every pull request, such as ci', () => {
    const rules = rulesets.flatMap((name) => ruleset(name).rules);
    const required = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []);
    expect(required.map(({ context }: { context: string }) => context)).toEqual([CONTEXT]);
  });

  test('the branches of the bot are those that it writes', () => {
    const patterns = ruleset('bot-branches.json').conditions.ref_name.include;
    const branches = [
      reviewBranch.name('ty1', '1.0.0'),
      transitionBranch.name(7),
      cleanUpBranch.name('ty1'),
      'packages/ty1/1.0.0',
    ];
    for (const branch of branches)
      expect(patterns.filter((pattern) => matchesPattern(pattern, `refs/heads/${branch}`))).toHaveLength(1);
    expect(patterns.some((pattern) => matchesPattern(pattern, 'refs/heads/reviewer'))).toBe(false);
  });

  test('the commands in SETUP.md keep packages out of a clone, and nothing else', () => {
    const block = /```sh\n(git clone --single-branch ADDRESS registry[^]*?)```/.exec(SETUP)![1]!;
    const home = temporaryFolder('everyday');
    const shell = (script: string) =>
      execFileSync('sh', ['-e', '-c', script], { cwd: home, encoding: 'utf8', stdio: 'pipe', env: ENV });
    shell(`git init -q -b main all && cd all && git commit -q --allow-empty -m x
      for one in feature packages/${SMART}/1.0.0 upload/bob/${SMART}/1.0.0; do git branch $one; done`);
    shell(block.replace('ADDRESS', `file://${home}/all`));
    const branches = () => shell('cd registry && git fetch -q && git branch -r --format="%(refname)"').split('\n');
    const kept = ['refs/remotes/origin/feature', 'refs/remotes/origin/main'];
    expect(branches()).toEqual(expect.arrayContaining(kept));
    expect(branches().filter((one) => /packages|upload/.test(one))).toEqual([]);
    // A clone that had them.
    shell(`rm -rf registry && git clone -q file://${home}/all registry`);
    expect(branches().filter((one) => /packages|upload/.test(one))).toHaveLength(2);
    shell(`cd registry\n${block.slice(block.indexOf('\n') + 1)}`);
    expect(branches()).toEqual(expect.arrayContaining(kept));
    expect(branches().filter((one) => /packages|upload/.test(one))).toEqual([]);
  });

  test.each(rulesets)("%s: the command in SETUP.md puts the app's id where it belongs, and nowhere else", (name) => {
    const words = /^sed -e '([^']+)' -e '([^']+)'/m.exec(SETUP)!.slice(1);
    const made = execFileSync(
      'sed',
      words.flatMap((word) => ['-e', word]),
      {
        input: read(`rulesets/${name}`),
        encoding: 'utf8',
      },
    );
    const expected = read(`rulesets/${name}`)
      .replace(
        '"context": "miniapp/check", "integration_id": 15368',
        '"context": "miniapp/check", "integration_id": 123456',
      )
      .replace('"actor_id": 0', '"actor_id": 123456');
    expect(expected).not.toBe(read(`rulesets/${name}`));
    expect(JSON.parse(made)).toEqual(JSON.parse(expected));
  });
});

describe('issue forms', () => {
  const forms = readdirSync(join(GITHUB, 'ISSUE_TEMPLATE')).filter((name) => name !== 'config.yml');
  const FIELDS: Readonly<Record<string, readonly string[]>> = {
    markdown: ['value'],
    input: ['label', 'description', 'placeholder', 'value'],
    textarea: ['label', 'description', 'placeholder', 'value', 'render'],
    dropdown: ['label', 'description', 'multiple', 'options', 'default'],
  };

  test('there are four', () => expect(forms).toHaveLength(4));

  // As GitHub's syntax of issue forms has it; a form with a fault is not shown at all.
  test.each(forms)('%s is a form', (name) => {
    // By the older YAML, in which GitHub reads `2027-03-31` as a date and `no` as false.
    const form = parse(read(`ISSUE_TEMPLATE/${name}`), { version: '1.1' });
    expect(Object.keys(form)).toEqual(['name', 'description', 'title', 'labels', 'body']);
    const fields = form.body as { type: string; id?: string; attributes: any; validations?: object }[];
    const asked = fields.filter(({ type }) => type !== 'markdown');
    expect(asked.length).toBeGreaterThan(0);
    const ids = asked.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = asked.map(({ attributes }) => attributes.label);
    expect(new Set(labels).size).toBe(labels.length);
    for (const { type, id, attributes, validations, ...rest } of fields) {
      expect(FIELDS[type], type).toBeDefined();
      expect(rest).toEqual({});
      if (type === 'markdown') expect(attributes.value).toMatch(/\S/);
      else expect([id, attributes.label]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/\S/)]);
      expect(Object.keys(attributes).filter((key) => !FIELDS[type]!.includes(key))).toEqual([]);
      expect(Object.keys(validations ?? {}).filter((key) => key !== 'required')).toEqual([]);
      const texts = [attributes.label, attributes.description, attributes.placeholder].filter(
        (text) => text !== undefined,
      );
      expect(
        texts.every((text) => typeof text === 'string'),
        `${id}: GitHub takes only texts here`,
      ).toBe(true);
      if (type === 'dropdown') expect(new Set(attributes.options).size).toBe(attributes.options.length);
    }
  });

  test('no form asks for an account', () => {
    for (const name of forms) {
      const fields = parse(read(`ISSUE_TEMPLATE/${name}`)).body as { type: string; attributes: { label?: string } }[];
      expect(fields.filter(({ attributes }) => /account|e-?mail|phone|token/i.test(attributes.label ?? ''))).toEqual(
        [],
      );
    }
  });
});

describe('SETUP.md', () => {
  test("the app's permissions are those that the workflows' action asks for", () => {
    const { runs } = parse(read('actions/app-token/action.yml')) as { runs: { steps: { with: object }[] } };
    const asked = Object.entries(runs.steps[0]!.with)
      .filter(([name]) => name.startsWith('permission-'))
      .map(([name, level]) => `${name.slice('permission-'.length)} ${level}`);
    const table = SETUP.slice(SETUP.indexOf('Repository permissions:'), SETUP.indexOf('Not _Workflows_'));
    const names: Record<string, string> = { 'commit statuses': 'statuses', 'pull requests': 'pull-requests' };
    const written = [...table.matchAll(/^\| ([A-Z][a-z ]+?) +\| (read|write) +\|/gm)].map(([, name = '', level]) => {
      const scope = name.toLowerCase();
      return `${names[scope] ?? scope} ${level}`;
    });
    expect(asked.sort()).toEqual(written.sort());
  });

  test('it speaks of every workflow and every ruleset, and of none that is not there', () => {
    const workflows = readdirSync(join(GITHUB, 'workflows'));
    const named = new Set([...SETUP.matchAll(/^\| `(\w+\.yml)`/gm)].map(([, name]) => name));
    expect([...named].sort()).toEqual(workflows);
    const imported = new Set([...SETUP.matchAll(/^\| `rulesets\/([\w-]+\.json)`/gm)].map(([, name]) => name));
    expect([...imported].sort()).toEqual(rulesets);
  });

  test('its links lead somewhere', () => {
    const links = [...SETUP.matchAll(/\]\((\.\.?\/[^)#]+)/g)].map(([, path]) => path!);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((path) => !existsSync(join(GITHUB, path)))).toEqual([]);
  });
});
