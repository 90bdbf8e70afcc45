/** Versions that are new in a change, evaluated by their bytes: as they are recorded, and wherever they stand. */
import { describe, expect, test } from 'vitest';
import type { Version } from '../core/model.ts';
import { describe as describeProblem } from '../core/problems/messages.ts';
import { branch, file, evaluatedPackages } from '../fixtures/evaluated-packages.ts';
import { NATIVE, write } from '../fixtures/projects/write.ts';
import { temporaryFolder } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';
import { factsOf } from '../project/facts.ts';
import { readProject } from '../project/read-project.ts';
import { evaluatePackages } from './evaluate.ts';
import { gitStore } from './git-store.ts';

const evaluated = await evaluatedPackages();
const { asIs, before, blob, exchange, judged, plan, uploaded } = evaluated;

const none = temporaryFolder('none');
write(none, { ...NATIVE, 'app.js': 'App({});' });

describe('a version that is new in the change', () => {
  test('with its bytes, as they are recorded, may be merged', async () => {
    expect(await plan()).toEqual([0]);
  });

  test('without them is refused where they are required, else warned of', async () => {
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await plan()).toEqual([1, 'error package-missing']);
    evaluated.own.git('checkout', '-q', 'main');
    evaluated.own.edit('platform.yaml', 'packages: { required: true }', 'packages: {}');
    evaluated.own.commit();
    evaluated.own.git('checkout', '-q', 'uploaded');
    evaluated.own.git('rebase', '-q', 'main');
    expect(await plan()).toEqual([0, 'warning package-missing']);
  });

  test('without them is brought by push, and by an upload where its file records none, which push refuses', async () => {
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const commands = async (changes: object) =>
      (await judged({ changes })).flatMap(({ code, args }) => (code === 'package-missing' ? [args?.['command']] : []));
    expect(await commands({})).toEqual([`npx miniapp package push ${SMART} 1.4.0 DIR`]);
    expect(await commands({ package: undefined })).toEqual([
      `npx miniapp upload ${SMART} DIR --version VERSION --description DESCRIPTION`,
    ]);
  });

  test('is judged by no bytes where base has no packages', async () => {
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await plan('main~1')).toEqual([1]);
    evaluated.own.git('checkout', '-q', '-B', 'alone', 'main~1');
    evaluated.own.git('checkout', '-q', 'uploaded', '--', `config/${file('1.4.0')}`);
    evaluated.own.commit({ by: 'bob' });
    expect(await plan('main~1')).toEqual([0]);
  });

  const lies: [field: string, changes: object][] = [
    ['package.sha256', { package: { ...uploaded.package, sha256: '0'.repeat(64) } }],
    ['package.bytes', { package: { ...uploaded.package, bytes: 7 } }],
    ['package.files', { package: { ...uploaded.package, files: 7 } }],
    ['package.sha256', { package: undefined }],
    ['package.reader', { package: { ...uploaded.package, reader: 999 } }],
    ['package.reader', { package: { ...uploaded.package, reader: undefined } }],
    ['pages', { pages: ['pages/index/index'] }],
    ['pages', { pages: uploaded.pages!.toReversed() }],
    ['baseLibrary', { baseLibrary: '2.0.0' }],
    ['baseLibrary', { baseLibrary: undefined }],
    ['kits', { kits: { ...uploaded.kits, BaseKit: '1.0.0' } }],
    ['origins', { origins: ['https://api.example.org'] }],
    ['origins', { origins: undefined }],
    ['apis', { apis: ['ty.getLocation'] }],
    ['apis', { apis: undefined }],
    ['analysis', { analysis: { ...uploaded.analysis!, unknown: 7 } }],
    ['analysis', { analysis: { ...uploaded.analysis!, shownUnknown: 7 } }],
    ['analysis', { analysis: { ...uploaded.analysis!, found: {} } }],
  ];
  test.each(lies)('whose %s is not what the bytes give is refused', async (field, changes) => {
    const [first] = await judged({ changes });
    expect(first).toMatchObject({ code: 'package-differs', args: { field } });
    expect(first!.severity).toBeUndefined();
  });

  test('that names no APIs counts as using all, also where its code uses none', async () => {
    exchange(
      (mode, path) => (path.endsWith('app.js') ? undefined : `${mode} ${path}`),
      `100644 ${blob('App({});')}\tpackage/app.js\n`,
    );
    const facts = factsOf(readProject(none, { shown: 'none', id: SMART }).project!);
    expect(facts.apis).toEqual([]);
    expect(await judged({ changes: facts })).toEqual([]);
    expect(await judged({ changes: { ...facts, apis: undefined } })).toMatchObject([{ args: { field: 'apis' } }]);
  });

  test('whose file records nothing of the reading of its code claims nothing of it', async () => {
    expect(await judged({ changes: { analysis: undefined } })).toEqual([]);
  });

  test.each([
    ['another reader', { package: { ...uploaded.package, reader: 999 } }],
    ['no package', { package: undefined }],
  ])('that names %s is refused without its bytes too: its facts would never be compared again', async (_, changes) => {
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const found = await judged({ changes });
    expect(found.map(({ code }) => code)).toEqual(['package-missing', 'package-differs']);
    expect(found[1]).toMatchObject({ args: { field: 'package.reader' } });
  });

  const hostile: [what: string, make: () => void, code: string, said: RegExp][] = [
    [
      'a file that is left out of packages',
      () => exchange(asIs, `100644 ${blob('x')}\tpackage/node_modules/x.js\n`),
      'package-differs',
      /files of 1\.4\.0|sha256 of 1\.4\.0/,
    ],
    [
      'other bytes',
      () =>
        exchange(
          (mode, path) => (path.endsWith('app.js') ? undefined : `${mode} ${path}`),
          `100644 ${blob('// other')}\tpackage/app.js\n`,
        ),
      'package-differs',
      /sha256/,
    ],
  ];
  test.each(hostile)('whose branch holds %s is refused by name', async (_, make, code, said) => {
    make();
    const [first] = await judged();
    expect(first?.code).toBe(code);
    expect(describeProblem(first!).message).toMatch(said);
  });
});

describe('a fork that cannot be read', () => {
  const after = structuredClone(before);
  (after.miniapps.get(SMART)!.versions as Map<string, Version>).set('1.4.0', uploaded);
  const transitions = [{ kind: 'upload', miniapp: SMART, version: '1.4.0', at: { file: file('1.4.0') } }] as const;
  const command = 'git push REMOTE packages/x:upload/bob/x';
  const told = async (isRequired: boolean, isThereToo: boolean) => {
    const { packages: _, ...platform } = before.platform;
    const base = { ...before, platform: { ...platform, packages: { required: isRequired } } };
    const fork = gitStore({
      folder: evaluated.own.home,
      remote: { url: `file://${evaluated.own.home}/none` },
      where: 'bob/registry',
    });
    const here = gitStore({ folder: evaluated.own.home, where: 'upload/ of this repository' });
    const head = isThereToo ? [fork, here] : [fork];
    const sides = { transitions, base, merged: after, head, store: [] };
    try {
      return await evaluatePackages({ ...sides, isOlder: () => false, pushCommand: () => command });
    } finally {
      for (const one of head) one.close();
    }
  };

  test.each([
    [true, undefined],
    [false, 'warning'],
  ] as const)('is named, with where to push instead (required: %s)', async (isRequired, severity) => {
    const { problems } = await told(isRequired, false);
    expect(problems).toMatchObject([
      { code: 'package-unreachable', args: { version: '1.4.0', where: 'bob/registry', command } },
    ]);
    expect(problems[0]!.severity).toBe(severity);
    expect(describeProblem(problems[0]!).hint).toContain(command);
  });

  test('is no problem where the bytes stand in this repository too', async () => {
    const { problems, toCopy } = await told(true, true);
    expect([problems, toCopy.length]).toEqual([[], 1]);
  });
});
