/** What a push that GitHub refuses is told as. */
import { expect, test } from 'vitest';
import { whyOf } from './push.ts';

const at = { site: { host: 'github.com' }, token: { value: 'x', from: 'GITHUB_TOKEN' } } as never;

// GitHub's own words, for the kinds of tokens that there are.
test.each([
  'refusing to allow a Personal Access Token to create or update workflow `.github/workflows/ci.yml` without `workflow` scope',
  'refusing to allow an OAuth App to create or update workflow `.github/workflows/wake.yml` without `workflow` scope',
  'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission',
])('%s', (said) => {
  const why = whyOf({ fault: 'refused', said: `! [remote rejected] x -> x (${said})` }, at);
  expect(why).toMatch(/the scope workflow.*Sync fork/);
  expect(why).toContain(said);
});

test('another rule is another reason', () => {
  expect(whyOf({ fault: 'refused', said: 'GH013: Repository rule violations found' }, at)).toMatch(
    /^a rule of the repository/,
  );
});
