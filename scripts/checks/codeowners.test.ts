/** CODEOWNERS: who it names, and when it counts as stale. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { FIXTURE, fixtureWorkspace } from '../fixtures/workspace.ts';
import { isLetIn } from '../fixtures/actions/patterns.ts';
import { codeownersOf } from '../github/codeowners.ts';
import { checkCodeowners, CODEOWNERS, wantedCodeowners } from './codeowners.ts';

const folder = mkdtempSync(join(tmpdir(), 'miniapp-codeowners-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = (login: string, id: number, more = '') => `login: ${login}\ngithubId: ${id}\nname: ${login}\n${more}`;
const TWO = { 'people/otto.yaml': person('otto', 105, 'platformRoles: [owner, reviewer]\n') };

/** Who owns a file by the last pattern that matches: `/x/` a folder at the root, `*` anything. */
function ownersOf(text: string, file: string): string {
  const rows = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const fits = (pattern: string): boolean =>
    pattern === '*' || isLetIn([pattern.slice(1) + (pattern.endsWith('/') ? '**' : '')], file);
  const [, ...owners] = rows.findLast((row) => fits(row.split(/\s+/)[0]!))!.split(/\s+/);
  return owners.join(' ');
}

test.each([
  ['scripts/ci.ts', '@olga @otto'],
  ['.github/workflows/check.yml', '@olga @otto'],
  ['.github/CODEOWNERS', '@olga @otto'],
  ['package-lock.json', '@olga @otto'],
  ['config/people/alice.yaml', '@olga @otto'],
  ['config/policy.yaml', '@olga @otto'],
  ['config/apps/smart.yaml', '@olga @otto'],
  ['config/miniapps/tysmart0000000001/release.yaml', ''],
  ['config/miniapps/tysmart0000000001/members.yaml', ''],
])('%s is owned by "%s"', (file, owners) => {
  expect(ownersOf(codeownersOf(fixtureWorkspace(TWO)), file)).toBe(owners);
});

test('a single owner guards the code, and leaves to miniapp/check what they could never approve', () => {
  const text = codeownersOf(fixtureWorkspace());
  expect(ownersOf(text, 'scripts/ci.ts')).toBe('@olga');
  expect(ownersOf(text, 'config/people/alice.yaml')).toBe('');
});

test('who has left owns nothing', () => {
  const left = { 'people/otto.yaml': person('otto', 105, 'platformRoles: [owner]\nleft: 2026-01-01\n') };
  expect(codeownersOf(fixtureWorkspace(left))).not.toContain('otto');
});

test('stale after a change of people: a warning right after it, a finding from the next commit on', () => {
  const git = (...words: string[]): string => execFileSync('git', words, { cwd: folder, encoding: 'utf8' });
  const commit = (message: string): void => {
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--allow-empty', '-m', message);
  };
  git('init', '-q', '-b', 'main');
  cpSync(FIXTURE, join(folder, 'config'), { recursive: true });
  mkdirSync(join(folder, '.github'));
  writeFileSync(join(folder, CODEOWNERS), wantedCodeowners(folder));
  commit('first');
  expect(checkCodeowners(folder)).toEqual([]);

  writeFileSync(join(folder, 'config/people/otto.yaml'), TWO['people/otto.yaml']);
  commit('otto owns the platform, too');
  const said = vi.spyOn(console, 'log').mockImplementation(() => {});
  expect(checkCodeowners(folder)).toEqual([]);
  expect(said.mock.calls.join()).toContain('npm run generate, in a pull request of its own');
  said.mockRestore();

  commit('something else');
  expect(checkCodeowners(folder)).toEqual(['.github/CODEOWNERS is not what config/people/ say: npm run generate']);
  writeFileSync(join(folder, CODEOWNERS), wantedCodeowners(folder));
  expect(checkCodeowners(folder)).toEqual([]);
});

test('the file of this project is current', () => expect(checkCodeowners()).toEqual([]));
