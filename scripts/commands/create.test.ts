/** `miniapp create`, black-box. */
import { writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { cliHarness } from '../fixtures/cli-harness.ts';
import { fixtureFiles } from '../fixtures/workspace.ts';

const { home, remove, reset, run, runJson, text } = cliHarness('create');
afterAll(remove);
beforeEach(() => reset());

const svg = (colour: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64" fill="${colour}"/></svg>\n`;

describe('create', () => {
  test('gives an id as the vendor does, and a whole miniapp', async () => {
    const { code, out } = await run(['create', '--name', '灯 "光" <1>', '--type', 'panel', '--actor', 'bob']);
    expect(code).toBe(0);
    expect(out).toMatch(/^ty[a-z0-9]{16}\n$/);
    const id = out.trim();
    expect(text(`miniapps/${id}/miniapp.yaml`)).toBe(
      `id: ${id}\ntype: panel\nname: { en: 灯 "光" <1> }\navatar: avatar.svg\n`,
    );
    expect(text(`miniapps/${id}/members.yaml`)).toBe('members:\n  - { login: bob, role: admin }\n');
    expect(text(`miniapps/${id}/avatar.svg`)).toContain('>灯</text>');
    expect((await run('validate')).code).toBe(0);
  });

  test('takes everything that it is given', async () => {
    writeFileSync(join(home, 'own.svg'), svg('blue'));
    const words = ['create', '--name', 'Lamp', '--type', 'smart', '--id', 'lamp0000', '--avatar', 'own.svg'];
    const { value } = await runJson([...words, '--description', 'Light', '--category', 'lighting', '--actor', 'bob']);
    expect(value).toMatchObject({ ok: true, id: 'lamp0000', miniapp: 'lamp0000', transitions: [{ kind: 'create' }] });
    expect(text('miniapps/lamp0000/miniapp.yaml')).toContain(
      'description: { en: Light }\navatar: avatar.svg\ncategory: lighting\n',
    );
    expect(text('miniapps/lamp0000/avatar.svg')).toBe(svg('blue'));
  });

  test('new files name their schema where platform.yaml does', async () => {
    const line = '# yaml-language-server: $schema=../schemas/platform.schema.json\n';
    reset({ 'platform.yaml': line + fixtureFiles()['platform.yaml']! });
    await run('create --name Lamp --type smart --id lamp0000 --actor bob');
    expect(text('miniapps/lamp0000/members.yaml').split('\n')[0]).toBe(
      '# yaml-language-server: $schema=../../../schemas/members.schema.json',
    );
  });

  test('an id that was used before, here or in history, is refused', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
        cwd: home,
        stdio: 'pipe',
      });
    reset();
    await run('create --name Lamp --type smart --id lamp0000 --actor bob');
    expect((await runJson('create --name Other --type smart --id lamp0000 --actor bob')).value.problems[0].code).toBe(
      'miniapp-id-used',
    );
    git('init', '-q', '-b', 'main');
    git('config', 'github.user', 'bob');
    git('add', '-A');
    git('commit', '-q', '-m', 'with a lamp');
    reset();
    git('add', '-A');
    git('commit', '-q', '-m', 'without');
    const { code, value } = await runJson('create --name Other --type smart --id lamp0000');
    expect(code).toBe(1);
    expect(value.problems[0].code).toBe('miniapp-id-used');
    const { code: fresh, err } = await run('create --name Other --type smart --id lamp0001');
    expect(fresh).toBe(0);
    expect(err).not.toContain('history');
    expect(text('miniapps/lamp0001/members.yaml')).toContain('bob');
    execFileSync('rm', ['-rf', join(home, '.git')]);
  });
});
