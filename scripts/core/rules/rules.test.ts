import { describe, expect, test } from 'vitest';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { stories } from '../../fixtures/rules/index.ts';
import { files, S } from '../../fixtures/rules/story.ts';
import { NOW, PANEL, pointed, problemsIn, SMART, type ConfigFiles } from '../../fixtures/workspace.ts';
import { severityOf, type ProblemCode } from '../problems/messages.ts';
import { checkRules, rules } from './index.ts';

test('the fixture has no problem', () => expect(problemsIn(files)).toEqual([]));

test('every rule says what it is for, under a name of its own', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { why } of rules) expect(why).toMatch(/^Ensure .+\.$/);
});

for (const { id } of rules) {
  describe(id, () => {
    test.each(stories[id] ?? [])('%s', (_, changes, expected) => {
      expect(pointed(changes)).toEqual(expected);
    });
  });
}

test('where only some miniapps were read, a kit may be what another needs', () => {
  const source = memorySource({ ...files, ...stories['runtimes-add-up']![3]![1] } as ConfigFiles);
  const kits = (miniapps?: string[]) =>
    checkRules(load(source, miniapps ? { miniapps } : {}).workspace, NOW).map(({ code }) => code);
  expect([kits(), kits([SMART])]).toEqual([['runtime-kit-unused'], []]);
});

test('what is advised of a name that nothing bears is a next step, also where nothing of its kind is there', () => {
  const isOf = (kind: string) => (path: string) => path.startsWith(kind);
  const hints = (isGone: (path: string) => boolean) => {
    const left = Object.fromEntries(Object.entries(files).filter(([path]) => !isGone(path)));
    return problemsIn(left).flatMap(({ code, hint }) => (code === 'reference-unknown' ? [hint] : []));
  };
  expect([...new Set(['apps/', 'people/', `${S}/versions/`].flatMap((kind) => hints(isOf(kind))))]).toEqual([
    'No app is there yet: npx miniapp app add brings one.',
    'Nobody is in people/ yet: npx miniapp person add brings somebody.',
    'No version of it is there yet: npx miniapp upload brings one.',
  ]);
});

test('what is advised of a name is for what has it', () => {
  const commands = (changes: ConfigFiles) =>
    [...checkRules(load(memorySource({ ...files, ...changes } as ConfigFiles)).workspace, NOW)].flatMap(
      ({ code, at, args }) => (code === 'name-alike' && at.file in changes ? [String(args['commands'])] : []),
    );
  const all = Object.fromEntries(
    stories['names-are-distinct']!.map(([what, changes]) => [what, commands(changes as ConfigFiles)]),
  );
  expect([
    all['a miniapp: the same name']![0],
    all['apps, in another language']![0],
    Object.values(all).at(-1)![0],
  ]).toEqual([
    `npx miniapp edit ${PANEL} --name NAME, npx miniapp edit ${PANEL} --archive`,
    'npx miniapp app edit oem-home --name NAME',
    'npx miniapp person edit alice --name NAME, npx miniapp person edit alice --left DATE',
  ]);
});

test('the command of a broken promise is one that a shell takes as it is meant', () => {
  const text = files[`${S}/scenarios.yaml`]!.replace(
    'expect: { opens: 1.1.0 }',
    `account: "o'neil@example.com", expect: { error: no-permission }`,
  );
  const changed = { ...files, [`${S}/scenarios.yaml`]: text } as ConfigFiles;
  const [found] = checkRules(load(memorySource(changed)).workspace, NOW);
  expect(found!.args['command']).toBe(
    `npx miniapp resolve ${SMART} --app smart-life --region EU --account 'o'\\''neil@example.com'`,
  );
});

test('every rule has a story', () => expect(Object.keys(stories).sort()).toEqual(rules.map(({ id }) => id).sort()));

test('warnings are exactly what a configuration can live with', () => {
  const codes = new Set(
    Object.values(stories).flatMap((all) =>
      all.flatMap(([, , found]) => found.map((line) => line.split(' ')[0] as ProblemCode)),
    ),
  );
  expect([...codes].filter((code) => severityOf(code) === 'warning').sort()).toEqual([
    'account-in-text',
    'domain-lookalike',
    'domain-suffix-unknown',
    'language-fallback-missing',
    'language-unknown',
    'link-scheme',
    'manager-missing',
    'name-alike',
    'owner-missing',
    'package-unproven',
    'person-left',
    'report-figures',
    'rollout-reaches-nobody',
    'runtime-kit-unused',
    'scenario-suspended',
    'strings-incomplete',
    'version-order',
    'whitelist-expired',
    'whitelist-never-matches',
  ]);
});

test.each([
  ['1.3.0', 'not begun', '', `Submit 1.3.0 for review: .* \\(npx miniapp submit ${SMART} 1.3.0\\)`],
  ['1.2.0', 'pending', '', `Have 1.2.0 approved, .* \\(npx miniapp approve ${SMART} 1.2.0\\)`],
  [
    '1.1.0',
    'rejected',
    'review: { status: rejected, submittedBy: alice, reviewedBy: rita, reason: It crashes }',
    `Upload a corrected version, .* \\(npx miniapp upload ${SMART} DIR --version VERSION --description DESCRIPTION\\)`,
  ],
])('the step after taking %s (%s) out of the release depends on its review', (version, status, review, hint) => {
  const path = `${S}/versions/${version}.yaml`;
  const changes = {
    [`${S}/release.yaml`]: `online: { version: ${version}, enabled: true }\n`,
    ...(review === '' ? {} : { [path]: files[path]!.replace(/^review: .*$/m, review) }),
  };
  const found = problemsIn({ ...files, ...changes }).filter(({ code }) => code === 'release-not-approved');
  expect(found).toHaveLength(1);
  expect(found[0]!.message).toContain(`its review is ${status}`);
  expect(found[0]!.hint).toMatch(new RegExp(`^Take it out of release.yaml first. Then: ${hint}$`));
});
