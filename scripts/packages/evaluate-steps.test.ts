/** Steps of versions that are there, evaluated by their bytes: by the bot, by commands and by the audit. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { branch, file, evaluatedPackages } from '../fixtures/evaluated-packages.ts';
import { temporaryFolder } from '../fixtures/repository.ts';
import { SMART } from '../fixtures/workspace.ts';

const evaluated = await evaluatedPackages();
const { before, exchange, judged, plan, uploaded } = evaluated;

describe('a version that is there', () => {
  /** It is merged; what follows is a step of it. */
  const merged = () => evaluated.own.git('update-ref', 'refs/heads/main', 'uploaded');
  const submitted = () => {
    evaluated.own.git('checkout', '-q', '-B', 'submitted', 'main');
    writeFileSync(
      evaluated.own.file(file('1.4.0')),
      `${readFileSync(evaluated.own.file(file('1.4.0')), 'utf8')}review: { status: pending, submittedBy: bob }\n`,
    );
    evaluated.own.edit(file('1.2.0'), 'review: { status: pending, submittedBy: bob }\n', '');
    evaluated.own.commit({ by: 'bob' });
  };

  test('with bytes that this clone alone has is submitted once they are in the store, which names what brings them', async () => {
    merged();
    const store = temporaryFolder('store');
    execFileSync('git', ['clone', '-q', '--bare', '--single-branch', '--branch', 'main', evaluated.own.home, store]);
    evaluated.own.git('remote', 'add', 'origin', store);
    evaluated.own.git('fetch', '-q', 'origin');
    submitted();
    const told = async () =>
      (await evaluated.own.runJson('plan', '--base', 'origin/main', '--actor', 'bob')).value.problems.filter(
        ({ code }: { code: string }) => code.startsWith('package-') && code !== 'package-unproven',
      );
    expect(await told()).toMatchObject([
      {
        code: 'package-missing',
        severity: 'error',
        message: `the bytes of 1.4.0 are not in origin (this clone has them, in ${branch()})`,
        hint: expect.stringMatching(new RegExp(`npx miniapp package push ${SMART} 1\\.4\\.0$`)),
      },
    ]);
    evaluated.own.git('push', '-q', 'origin', branch());
    expect(await told()).toEqual([]);
  });

  test.each([
    [
      'exchanged',
      () => exchange((_, path) => (path.endsWith('app.js') ? undefined : `100644 ${path}`)),
      [1, 'error package-differs', 'error package-differs', 'error package-differs'],
    ],
    ['gone', () => evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`), [1, 'error package-missing']],
  ])('with bytes %s is judged by them when it is submitted', async (_, make, expected) => {
    merged();
    submitted();
    make();
    const [code, ...told] = await plan();
    expect([code, ...new Set(told)]).toEqual([...new Set(expected)]);
  });

  test.each(['submit', 'approve', 'auto-approve', 'publish', 'start-rollout'] as const)(
    'is refused at %s when its bytes are others, or gone',
    async (step) => {
      expect(await judged({ isNew: false, step })).toEqual([]);
      exchange((_, path) => (path.endsWith('app.js') ? undefined : `100644 ${path}`));
      const told = async () => (await judged({ isNew: false, step })).map(({ code, severity }) => [code, severity]);
      expect(new Set((await told()).map(String))).toEqual(new Set(['package-differs,']));
      evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
      expect(await told()).toEqual([['package-missing', undefined]]);
    },
  );

  test.each(['withdraw', 'reject', 'disable'] as const)('is not asked for its bytes at %s', async (step) => {
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await judged({ isNew: false, step })).toEqual([]);
  });

  test('found by another reader is warned of, but its digest never', async () => {
    const other = { ...uploaded.package, reader: 999 };
    const [facts] = await judged({ isNew: false, changes: { package: other, origins: ['https://api.example.org'] } });
    expect(facts).toMatchObject({ code: 'package-differs', args: { field: 'origins' }, severity: 'warning' });
    expect(await judged({ isNew: false, changes: { package: other, apis: undefined } })).toEqual([]);
    const [digest] = await judged({ isNew: false, changes: { package: { ...other, bytes: 7 } } });
    expect([digest?.code, digest?.severity]).toEqual(['package-differs', undefined]);
  });

  test('that came before packages were judged is warned of when its bytes are missing', async () => {
    evaluated.own.git('checkout', '-q', '-B', 'rolled-back', 'main');
    writeFileSync(
      evaluated.own.file(`miniapps/${SMART}/release.yaml`),
      'online: { version: 1.0.0, enabled: true }\nprevious: [1.1.0]\n',
    );
    evaluated.own.commit({ by: 'alice' });
    const [, ...told] = await plan('main', 'alice');
    expect(told).toEqual(['warning package-missing']);
  });

  test('is not submitted by a command when its bytes are gone', async () => {
    merged();
    evaluated.own.git('checkout', '-q', 'main');
    evaluated.own.edit(file('1.2.0'), 'review: { status: pending, submittedBy: bob }\n', '');
    evaluated.own.commit({ by: 'bob' });
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const { code, value } = await evaluated.own.runJson('submit', SMART, '1.4.0', '--actor', 'bob', '--no-pr');
    expect([code, value.problems.map((one: any) => one.code)]).toEqual([1, ['package-missing']]);
    expect(evaluated.own.git('status', '--porcelain')).toBe('');
  });

  test('whose bytes were exchanged, or are gone, is found by the audit', async () => {
    merged();
    evaluated.own.git('checkout', '-q', 'main');
    const found = async () => {
      const { code, value } = await evaluated.own.runJson('audit', '--since', 'HEAD');
      return [code, ...value.findings.map((one: any) => [one.transitions[0].version, one.problems[0].code])];
    };
    expect(await found()).toEqual([0]);
    exchange((_, path) => (path.endsWith('app.js') ? undefined : `100644 ${path}`));
    expect(await found()).toEqual([1, ['1.4.0', 'package-differs']]);
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    expect(await found()).toEqual([1, ['1.4.0', 'package-missing']]);
    // No owner can acknowledge it, and no commit of before says it better.
    const { out } = await evaluated.own.run('audit', '--since', 'HEAD');
    expect(out).toContain('policy allows each of them; the bytes of 1 version are not what was recorded');
    expect(out).toContain('npx miniapp package push ID VERSION DIR');
    expect(out).not.toMatch(/acknowledged:|--amend/);
  });

  test('whose bytes are gone is told with the commit that brought it last, without a process for each version', async () => {
    merged();
    evaluated.own.git('checkout', '-q', 'main');
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const [traces, brought] = [temporaryFolder('traces'), { '1.4.0': evaluated.own.git('rev-parse', 'HEAD') }];
    const audited = async (name: string) => {
      const trace = join(traces, name);
      vi.stubEnv('GIT_TRACE', trace);
      try {
        const { value } = await evaluated.own.runJson('audit', '--since', 'HEAD');
        const processes = readFileSync(trace, 'utf8')
          .split('\n')
          .filter((line) => line.includes('built-in: git '));
        return { processes, findings: value.findings };
      } finally {
        vi.unstubAllEnvs();
      }
    };
    const one = await audited('one');
    expect(one.findings).toMatchObject([
      { commit: brought['1.4.0'], subject: evaluated.own.git('log', '-1', '--format=%s') },
    ]);
    const text = readFileSync(evaluated.own.file(file('1.4.0')), 'utf8');
    for (const version of ['1.5.0', '1.6.0']) {
      writeFileSync(evaluated.own.file(file(version)), text.replaceAll('1.4.0', version));
      evaluated.own.commit();
    }
    // Taken away and brought once more.
    rmSync(evaluated.own.file(file('1.5.0')));
    evaluated.own.commit();
    writeFileSync(evaluated.own.file(file('1.5.0')), text.replaceAll('1.4.0', '1.5.0'));
    evaluated.own.commit();
    const many = await audited('many');
    const [again = '', , second = ''] = evaluated.own.git('log', '--format=%H').split('\n');
    const told = many.findings.map(({ commit, transitions }: any) => [transitions[0].version, commit]);
    expect(Object.fromEntries(told)).toEqual({ ...brought, '1.5.0': again, '1.6.0': second });
    expect(many.processes.filter((line) => line.includes('git log'))).not.toEqual([]);
    expect(many.processes.filter((line) => line.includes('versions/'))).toEqual([]);
  });

  test('whose bytes are gone where they are not required is a warning of the audit, as a line of it too', async () => {
    merged();
    evaluated.own.git('checkout', '-q', 'main');
    evaluated.own.edit('platform.yaml', 'packages: { required: true }', 'packages: {}');
    evaluated.own.commit();
    evaluated.own.git('update-ref', '-d', `refs/heads/${branch()}`);
    const { code, value } = await evaluated.own.runJson('audit', '--since', 'HEAD');
    expect([code, value.ok, value.findings]).toEqual([0, true, []]);
    expect(value.warnings).toMatchObject([{ code: 'package-missing', severity: 'warning' }]);
    expect(value.warnings[0].message).toContain('1.4.0');
    expect((await evaluated.own.run('audit', '--since', 'HEAD')).out).toMatch(/warning .*1\.4\.0/);
    // Others came before the platform kept any.
    expect(value.warnings.map((one: any) => one.file)).toEqual([`config/${file('1.4.0')}`]);
    expect(before.miniapps.get(SMART)!.versions.size).toBeGreaterThan(1);
  });

  test('is not audited where the store cannot be asked: the answer says so, and fails as of a fault', async () => {
    merged();
    evaluated.own.git('checkout', '-q', 'main');
    evaluated.own.git('remote', 'add', 'origin', `file://${evaluated.own.home}/none`);
    const { code, value } = await evaluated.own.runJson('audit', '--since', 'HEAD');
    expect([code, value.ok, value.findings]).toEqual([2, false, []]);
    expect(value.unasked).toMatch(/cannot be asked/);
  });

  test.each([
    ['this very repository, of bytes that are required', 401, 'packages: { required: true }', 2],
    ['this very repository', 404, 'packages: {}', 2],
    ['another place of bytes that are required', 404, 'packages: { required: true, git: { remote: elsewhere } }', 2],
    ['another place', 403, 'packages: { git: { remote: elsewhere } }', 0],
    ['another place', 404, 'packages: { git: { remote: elsewhere } }', 0],
  ])(
    'is a fault of the night where the store lets nobody look, but in %s (%s)',
    async (_, status, packages, expected) => {
      merged();
      evaluated.own.git('checkout', '-q', 'main');
      const server = createServer((_incoming, response) => response.writeHead(status).end());
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      try {
        const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/private.git`;
        evaluated.own.edit('platform.yaml', 'packages: { required: true }', packages.replace('elsewhere', address));
        if (packages !== 'packages: { required: true }') evaluated.own.commit();
        evaluated.own.git('remote', 'add', 'origin', address);
        const { code, value } = await evaluated.own.runJson('audit', '--since', 'HEAD');
        expect([code, value.ok, value.findings]).toEqual([expected, expected === 0, []]);
        expect(value.unasked).toMatch(/cannot be asked/);
      } finally {
        server.close();
      }
    },
  );
});
