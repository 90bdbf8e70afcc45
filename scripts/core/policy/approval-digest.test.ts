/** Approvals as stories: what keeps one, and what voids it. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureFiles, PANEL, SMART } from '../../fixtures/workspace.ts';
import { load } from '../../read/load.ts';
import { memorySource } from '../../read/source.ts';
import { invalidReason, type GivenReview, type CurrentContent } from './approval-validity.ts';
import { ineligibleApprovers, reviewedVersions, type Authorship } from './authorship.ts';
import { approvalDigest, touchedBy } from './approval-digest.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const S = `miniapps/${SMART}`;
const release = `${S}/release.yaml`;
const version = `${S}/versions/1.2.0.yaml`;
type Edits = Readonly<Record<string, string | null | ((text: string) => string)>>;
const replace = (from: string, to: string) => (text: string) => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

function tree(edits: Edits, from = fixtureFiles()): Record<string, string> {
  const files = { ...from };
  for (const [path, edit] of Object.entries(edits)) {
    if (edit === null) delete files[path];
    else files[path] = typeof edit === 'function' ? edit(files[path]!) : edit;
  }
  return files;
}

function digest(files: Record<string, string>, paths: readonly string[], modes: Record<string, string> = {}): string {
  const listed = Object.entries(files).map(([path, text]) => ({ path, mode: modes[path] ?? '100644', id: sha(text) }));
  return approvalDigest(listed, load(memorySource(files)).workspace, touchedBy(paths), sha);
}

/** The change that is approved: somebody disables the service. */
const change = { [release]: replace('enabled: true', 'enabled: false') };
const seen = digest(tree(change), [release]);
const base = load(memorySource(fixtureFiles())).workspace;
const AT = Date.parse('2026-11-20T12:00:00Z');
const approval = (digestSeen: string | undefined, given: Partial<GivenReview> = {}): GivenReview => ({
  login: 'rita',
  state: 'approved',
  at: AT,
  seen: () => ({ digest: digestSeen }),
  ...given,
});
const snapshot = (
  now: string | undefined,
  by: Authorship = {},
  given: Partial<CurrentContent> = {},
): CurrentContent => ({
  people: base.people,
  ineligible: ineligibleApprovers(base.people, { actor: 'bob', ...by }),
  digest: () => now,
  ...given,
});
const reason = (edits: Edits, paths: readonly string[] = [release]) =>
  invalidReason(approval(seen), snapshot(digest(tree({ ...change, ...edits }), paths)));

describe('an approval is kept', () => {
  test('when nothing changed', () => expect(reason({})).toBeUndefined());
  test('over a rebase: other commits, the same folders', () => {
    // What others merged meanwhile: another miniapp, a person, the platform.
    const others = {
      [`miniapps/${PANEL}/release.yaml`]: null,
      'people/bob.yaml': replace('Bob', 'Robert'),
      'platform.yaml': replace('Example platform', 'Platform'),
    };
    expect(reason(others)).toBeUndefined();
  });
  test('when its own stamp is written', () => {
    const signedBy = (login: string) => ({
      ...change,
      [version]: replace('pending, submittedBy: bob', `approved, submittedBy: bob, reviewedBy: ${login}`),
    });
    const [pending, stamped] = [signedBy('olga'), signedBy('rita')];
    const before = digest(tree(pending), [version]);
    expect(invalidReason(approval(before), snapshot(digest(tree(stamped), [version])))).toBeUndefined();
  });
  test('when the keys of a version file stand in another order, whatever the order of the tree', () => {
    const files = tree(change);
    expect(digest(Object.fromEntries(Object.entries(files).reverse()), [release])).toBe(seen);
  });
});

describe('an approval is void', () => {
  test.each<[string, Edits]>([
    ['after a push that changes the touched file again', { [release]: replace('enabled: true', 'enabled: false # x') }],
    ['… another file of the folder', { [`${S}/whitelist.yaml`]: replace('QA phone 3', 'QA phone 4') }],
    ['… a new file in it', { [`${S}/reports/2026-11.yaml`]: 'rows: []\n' }],
    ['… takes one away', { [`${S}/reports/2026-10.yaml`]: null }],
    ['… the avatar', { [`${S}/avatar.svg`]: replace('<svg', '<svg ') }],
    ['… the status of a review', { [version]: replace('status: pending', 'status: approved') }],
    ['… who submitted it', { [version]: replace('submittedBy: bob', 'submittedBy: alice') }],
    ['… what a version is', { [version]: replace('Version 1.2.0', 'Other') }],
    ['… a version so that it cannot be read', { [version]: () => ': [' }],
  ])('%s', (_, edits) => expect(reason(edits)).toBe('changed'));

  test('when another push touches one miniapp more, or a file of the platform', () => {
    const panel = `miniapps/${PANEL}/release.yaml`;
    expect(reason({ [panel]: '{}\n' }, [release, panel])).toBe('changed');
    expect(reason({ 'people/bob.yaml': replace('Bob', 'Robert') }, [release, 'people/bob.yaml'])).toBe('changed');
  });

  test('when the base branch changed the same folder after it', () => {
    const others = { [`${S}/members.yaml`]: replace('bob, role: developer', 'bob, role: admin') };
    expect(reason(others)).toBe('changed');
  });

  test('when a mode alone changes', () => {
    const now = digest(tree(change), [release], { [`${S}/avatar.svg`]: '100755' });
    expect(invalidReason(approval(seen), snapshot(now))).toBe('changed');
  });

  test('for a platform file by that file alone', () => {
    const edit = { 'people/bob.yaml': replace('Bob', 'Robert') };
    const before = approval(digest(tree(edit), ['people/bob.yaml']), { login: 'olga' });
    const now = (edits: Edits) =>
      invalidReason(before, snapshot(digest(tree({ ...edit, ...edits }), ['people/bob.yaml'])));
    expect(now({ 'people/alice.yaml': replace('Alice', 'Alicia') })).toBeUndefined();
    expect(now({ 'people/bob.yaml': replace('Bob', 'Bobby') })).toBe('changed');
  });
});

describe('an approval does not count', () => {
  const of = (review: Partial<GivenReview>, given: Partial<CurrentContent> = {}) =>
    invalidReason(approval(seen, review), snapshot(seen, {}, given));
  test.each<[string, ReturnType<typeof invalidReason>, Partial<GivenReview>, Partial<CurrentContent>?]>([
    ['of nobody in people/', 'not-in-people', { login: undefined }],
    ['of what did not merge', 'changed', { seen: () => ({ digest: undefined }) }, { digest: () => undefined }],
    ['of what is gone', 'gone', { seen: () => ({ untold: 'gone' }) }],
    ['of what nothing tells', 'unknown', { seen: () => ({ untold: 'unknown' }) }],
    ['of another base branch, or of the same second', 'retargeted', {}, { retargetedAt: AT - 999 }],
  ])('%s', (_, expected, review, given) => expect(of(review, given)).toBe(expected));
  test('of another base branch before, but after', () => expect(of({}, { retargetedAt: AT - 1000 })).toBeUndefined());
  test('of somebody who has left', () => {
    const files = { ...fixtureFiles(), 'people/rita.yaml': `${fixtureFiles()['people/rita.yaml']}left: 2026-11-01\n` };
    const { people } = load(memorySource(files)).workspace;
    expect(of({}, { people })).toBe('has-left');
  });
});

describe('nobody approves their own', () => {
  test.each<[string, Authorship]>([
    ['pull request', { actor: 'rita' }],
    ['pull request, in another letter case', { actor: 'Rita' }],
    ['commit, or with others', { commitAuthors: [103, 102] }],
  ])('%s', (_, by) => expect(invalidReason(approval(seen), snapshot(seen, by))).toBe('ineligible'));
  test('but asks for changes of it', () => {
    const review = approval(seen, { state: 'changes-requested' });
    expect(invalidReason(review, snapshot(seen, { commitAuthors: [102] }))).toBeUndefined();
  });

  test('upload or submission, before the change or after it', () => {
    const merged = load(memorySource(tree({ [version]: replace('submittedBy: bob', 'submittedBy: rita') }))).workspace;
    const approve = { kind: 'approve', miniapp: SMART, version: '1.2.0', at: { file: version } } as const;
    const versions = reviewedVersions([approve], { base, merged });
    expect(ineligibleApprovers(base.people, { versions })).toEqual(new Set([102, 103, 104]));
    expect(invalidReason(approval(seen), snapshot(seen, { actor: 'carol', versions }))).toBe('ineligible');
    // Whoever uploaded a version may allow something else that comes together with its review.
    const edit = { kind: 'edit-members', miniapp: SMART, at: { file: release } } as const;
    expect(reviewedVersions([approve, edit], { base, merged })).toEqual([]);
  });

  test('under a former login', () => {
    const renamed = 'login: rita-b\ngithubId: 102\nname: Rita\nformerLogins: [rita]\n';
    const { 'people/rita.yaml': _, ...others } = fixtureFiles();
    const { people } = load(memorySource({ ...others, 'people/rita-b.yaml': renamed })).workspace;
    const ineligible = ineligibleApprovers(people, { actor: 'rita' });
    const review = approval(seen, { login: 'rita-b' });
    expect(invalidReason(review, snapshot(seen, {}, { people, ineligible }))).toBe('ineligible');
  });
});

test('any edit of a touched folder voids, any edit elsewhere does not', () => {
  const files = tree(change);
  const paths = Object.keys(files);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.nat(200), fc.constantFrom('x', '\n', ' '), (path, at, text) => {
      const own = files[path]!;
      const edited = own.slice(0, at) + text + own.slice(at);
      const isInside = path.startsWith(`${S}/`);
      const now = digest({ ...files, [path]: edited }, [release]);
      const said = (all: Record<string, string>) => {
        const value = load(memorySource(all)).workspace.miniapps.get(SMART)?.versions;
        return JSON.stringify(
          [...(value ?? [])].map(([, { review, ...rest }]) => [
            rest,
            review?.status,
            review?.submittedBy,
            review?.reason,
          ]),
        );
      };
      // A version counts by what it says: a blank that says nothing, and its stamp, void nothing.
      const isMute = path.includes('/versions/') && said(files) === said({ ...files, [path]: edited });
      expect(now === seen).toBe(!isInside || isMute);
    }),
    { numRuns: 300 },
  );
});
