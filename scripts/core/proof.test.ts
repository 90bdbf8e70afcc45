/** Approvals as stories: what keeps one, and what voids it. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixtureFiles, PANEL, SMART } from '../fixtures/workspace.ts';
import { load } from '../read/load.ts';
import { memorySource } from '../read/source.ts';
import { approvalDigest, authorsOfTouched, isStillValid, touchedBy, type Standing } from './proof.ts';

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
const approval = { login: 'rita', digest: seen };
const standing = (now: string, given: Partial<Standing> = {}): Standing => ({
  digest: now,
  author: 'bob',
  wrote: new Set(),
  ...given,
});
const holds = (edits: Edits, paths: readonly string[] = [release]) =>
  isStillValid(approval, standing(digest(tree({ ...change, ...edits }), paths)));

describe('an approval is kept', () => {
  test('when nothing changed', () => expect(holds({})).toBe(true));
  test('over a rebase: other commits, the same folders', () => {
    // What others merged meanwhile: another miniapp, a person, the platform.
    const others = {
      [`miniapps/${PANEL}/release.yaml`]: null,
      'people/bob.yaml': replace('Bob', 'Robert'),
      'platform.yaml': replace('Example platform', 'Platform'),
    };
    expect(holds(others)).toBe(true);
  });
  test('when its own stamp is written', () => {
    const signedBy = (login: string) => ({
      ...change,
      [version]: replace('pending, submittedBy: bob', `approved, submittedBy: bob, reviewedBy: ${login}`),
    });
    const [pending, stamped] = [signedBy('olga'), signedBy('rita')];
    const before = digest(tree(pending), [version]);
    expect(isStillValid({ login: 'rita', digest: before }, standing(digest(tree(stamped), [version])))).toBe(true);
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
  ])('%s', (_, edits) => expect(holds(edits)).toBe(false));

  test('when another push touches one miniapp more, or a file of the platform', () => {
    const panel = `miniapps/${PANEL}/release.yaml`;
    expect(holds({ [panel]: '{}\n' }, [release, panel])).toBe(false);
    expect(holds({ 'people/bob.yaml': replace('Bob', 'Robert') }, [release, 'people/bob.yaml'])).toBe(false);
  });

  test('when the base branch changed the same folder after it (hostile 16)', () => {
    const others = { [`${S}/members.yaml`]: replace('bob, role: developer', 'bob, role: admin') };
    expect(holds(others)).toBe(false);
  });

  test('when a mode alone changes', () => {
    const now = digest(tree(change), [release], { [`${S}/avatar.svg`]: '100755' });
    expect(isStillValid(approval, standing(now))).toBe(false);
  });

  test('for a platform file by that file alone', () => {
    const edit = { 'people/bob.yaml': replace('Bob', 'Robert') };
    const before = { login: 'olga', digest: digest(tree(edit), ['people/bob.yaml']) };
    const valid = (edits: Edits) =>
      isStillValid(before, standing(digest(tree({ ...edit, ...edits }), ['people/bob.yaml']), { author: 'alice' }));
    expect(valid({ 'people/alice.yaml': replace('Alice', 'Alicia') })).toBe(true);
    expect(valid({ 'people/bob.yaml': replace('Bob', 'Bobby') })).toBe(false);
  });
});

describe('nobody approves their own', () => {
  test.each<[string, Partial<Standing>]>([
    ['pull request', { author: 'rita' }],
    ['pull request, in another letter case', { author: 'Rita' }],
    ['commit, or with others', { wrote: new Set(['alice', 'rita']) }],
  ])('%s', (_, given) => expect(isStillValid(approval, standing(seen, given))).toBe(false));

  test('upload or submission, before the change or after it', () => {
    const base = load(memorySource(fixtureFiles())).workspace;
    const swapped = tree({ [version]: replace('submittedBy: bob', 'submittedBy: alice') });
    const merged = load(memorySource(swapped)).workspace;
    const wrote = authorsOfTouched(base, merged, [version, release]);
    expect([...wrote].sort()).toEqual(['alice', 'bob']);
    expect(isStillValid({ login: 'alice', digest: seen }, standing(seen, { author: 'carol', wrote }))).toBe(false);
    expect(authorsOfTouched(base, merged, [release])).toEqual(new Set());
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
