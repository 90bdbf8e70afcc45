/** Links into GitHub, from what the platform says of its repository. */
import { describe, expect, test } from 'vitest';
import { commitLink, editLink, folderLink, githubOf, pullLink, transitionLink } from './github.ts';

describe('places on GitHub', () => {
  const place = githubOf('example-org/registry', { branch: 'release/1', folder: 'sub/config/' })!;

  test('are those of the configuration', () => {
    expect(githubOf(undefined, undefined)).toBeUndefined();
    expect(githubOf('a/b', undefined)).toEqual({
      server: 'https://github.com',
      repository: 'a/b',
      branch: 'main',
      folder: 'config/',
    });
    const own = githubOf('a/b', undefined, 'https://git.example.org')!;
    expect(pullLink(own, 7)).toBe('https://git.example.org/a/b/pull/7');
    const root = 'https://github.com/example-org/registry';
    expect(commitLink(place, 'abc')).toBe(`${root}/commit/abc`);
    expect(pullLink(place, 7)).toBe(`${root}/pull/7`);
    expect(transitionLink(place)).toBe(`${root}/actions/workflows/transition.yml`);
    expect(folderLink(place, 'miniapps/x')).toBe(`${root}/tree/release/1/sub/config/miniapps/x`);
  });

  test('a file that is not there yet is begun under its name', () => {
    const files = new Set(['apps/a b.yaml']);
    expect(editLink(place, 'apps/a b.yaml', files)).toMatch(/\/edit\/release\/1\/sub\/config\/apps\/a%20b\.yaml$/);
    expect(editLink(place, 'miniapps/x/whitelist.yaml', files)).toMatch(
      /\/new\/release\/1\/sub\/config\/miniapps\/x\?filename=whitelist\.yaml$/,
    );
    expect(editLink({ ...place, folder: '' }, 'policy.yaml', files)).toMatch(
      /\/new\/release\/1\/\?filename=policy\.yaml$/,
    );
  });
});
