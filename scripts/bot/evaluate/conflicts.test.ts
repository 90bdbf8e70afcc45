/** Pull requests that are fine alone and not together, in a real repository; and those that are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pathOf } from '../../core/paths.ts';
import { scratch, type Scratch } from '../../git/stores/scratch.ts';
import { BOT, removeRepositories, repository, type TestRepository } from '../../fixtures/repository.ts';
import { NOW, SMART } from '../../fixtures/workspace.ts';
import { evaluateCommits } from '../../evaluate/commits.ts';
import { conflictsMarkdown, conflictsOf, createCache, type Candidate, type ConflictContext } from './conflicts.ts';

const RELEASE = pathOf.file(SMART, 'release');
const TRAFFICKING = pathOf.file(SMART, 'trafficking');
const version = (number: string) => pathOf.version(SMART, number);

/** 1.2.0 online. */
const ONLINE = 'online:\n  version: 1.2.0\n\n  # service\n\n  enabled: true\nprevious: [1.1.0, 1.0.0]\n';

let own: TestRepository;
let objects: Scratch;
let place: ConflictContext;
let numbers = 0;

beforeAll(() => {
  own = repository();
  // Something approved that is not online yet, and lines far enough apart for Git to merge them.
  own.edit(
    version('1.2.0'),
    'status: pending, submittedBy: bob',
    'status: approved, submittedBy: bob, reviewedBy: rita',
  );
  own.write(RELEASE, 'online:\n  version: 1.1.0\n\n  # service\n\n  enabled: true\nprevious: [1.0.0]\n');
  own.write(
    TRAFFICKING,
    'trafficking:\n  - app: smart-life\n    regions: [AY, EU]\n\n\n\n  - app: oem-home\n    regions: [EU]\n',
  );
  own.remove(pathOf.file(SMART, 'scenarios'));
  const base = own.commit({ message: 'approved' });
  objects = scratch(own.home);
  place = {
    path: own.file('.'),
    folder: 'config',
    prefix: 'config',
    base,
    baseName: 'main',
    temporary: objects,
    now: NOW,
  };
});
afterAll(() => {
  objects.remove();
  removeRepositories();
});

/** A branch from main with this change, which is fine alone. */
function change(actor: string, make: () => void, base = place.base): Candidate {
  numbers += 1;
  own.git('checkout', '-q', '-B', `change-${numbers}`, base);
  make();
  const head = own.commit({ by: actor, message: `change ${numbers}` });
  own.git('checkout', '-q', 'main');
  const { problems } = evaluateCommits({ ...place, base, head, actor, reviews: [] });
  const errors = problems.filter(({ severity }) => severity === 'error').map((found) => found.code);
  expect(errors).toEqual(actor === BOT ? ['actor-not-allowed', 'stamp-wrong'] : []);
  return { number: numbers, head, actor };
}

const submit = (number: string) => () =>
  own.write(
    version(number),
    own.git('show', `${place.base}:config/${version(number)}`) + '\nreview: { status: pending, submittedBy: alice }\n',
  );

test('two that submit: whichever is first, the other is refused', () => {
  own.git('checkout', '-q', 'main');
  const upload = change('alice', () => {
    const text = own.git('show', `${place.base}:config/${version('1.3.0')}`).replaceAll('1.3.0', '1.4.0');
    own.write(version('1.4.0'), `${text}\nreview: { status: pending, submittedBy: alice }\n`);
  });
  const other = change('alice', submit('1.3.0'));
  const { conflicts, unseen } = conflictsOf(place, other, [upload]);
  expect(unseen).toBe(0);
  expect(conflicts.map((one) => one.how === 'refused' && [one.number, one.after])).toEqual([
    [upload.number, 'own'],
    [upload.number, 'other'],
  ]);
  const text = conflictsMarkdown({ conflicts, unseen });
  expect(text).toContain(`- #${upload.number}: once this is merged, that is refused`);
  expect(text).toContain('versions/');
});

test('publish and revoke of one version: refused after the revoke', () => {
  const publish = change('alice', () => own.write(RELEASE, ONLINE));
  const revoke = change('rita', () =>
    own.edit(
      version('1.2.0'),
      'status: approved, submittedBy: bob, reviewedBy: rita',
      'status: rejected, submittedBy: bob, reviewedBy: rita, reason: Bad',
    ),
  );
  const { conflicts } = conflictsOf(place, publish, [revoke]);
  expect(conflicts.length).toBeGreaterThan(0);
  expect(conflicts.every(({ how }) => how === 'refused')).toBe(true);
});

test('publish and the end of delivery: each its own cells, told where they differ', () => {
  const publish = change('alice', () => own.write(RELEASE, ONLINE));
  const narrow = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [AY]'));
  const { conflicts } = conflictsOf(place, publish, [narrow]);
  const [found] = conflicts;
  expect(conflicts).toHaveLength(1);
  expect(found).toMatchObject({ number: narrow.number, how: 'effect' });
  const cells = found!.how === 'effect' ? found!.cells : [];
  expect(cells).toContainEqual({
    miniapp: SMART,
    app: 'smart-life',
    region: 'EU',
    audience: 'everyone',
    entry: 'link',
    own: '1.2.0',
    other: 'app-not-associated',
    together: 'app-not-associated',
  });
  expect(cells.map(({ region }) => region)).not.toContain('AY');
});

test('lines that both change: told as such', () => {
  const first = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [AY]'));
  const second = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [EU]'));
  const { conflicts } = conflictsOf(place, first, [second]);
  expect(conflicts).toEqual([{ number: second.number, how: 'text', files: [`config/${TRAFFICKING}`] }]);
});

test('two that go together are not told', () => {
  const narrow = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [AY]'));
  const name = change('alice', () => own.edit(pathOf.file(SMART, 'miniapp'), 'Alarm clock', 'Alarm'));
  const far = change('alice', () => own.edit(TRAFFICKING, 'regions: [EU]\n', 'regions: [EU, AZ]\n'));
  expect(conflictsOf(place, narrow, [name, far, narrow])).toEqual({ conflicts: [], unseen: 0 });
  expect(conflictsMarkdown({ conflicts: [], unseen: 0 })).toBe('');
});

test('of many only some are looked at, and it says how many were not', () => {
  const narrow = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [AY]'));
  const name = change('alice', () => own.edit(pathOf.file(SMART, 'miniapp'), 'Alarm clock', 'Alarm'));
  const many = [1001, 1002, 1003, 1004].map((number) => ({ ...name, number }));
  const found = conflictsOf(place, narrow, many, { most: 1 });
  expect(found).toEqual({ conflicts: [], unseen: 3 });
  expect(conflictsMarkdown(found)).toContain('3 more');
});

test('what two give together is found once, and told to each in its own words', () => {
  const narrow = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [AY]'));
  const publish = change('alice', () => own.write(RELEASE, ONLINE));
  const memory = createCache();
  const cellsOf = (one: Candidate, other: Candidate) => {
    const [found] = conflictsOf(place, one, [other], { memory }).conflicts;
    return found?.how === 'effect' ? found.cells : [];
  };
  const [told] = cellsOf(narrow, publish);
  const [mirrored] = cellsOf(publish, narrow);
  expect(memory.pairs.size).toBe(1);
  expect([mirrored!.own, mirrored!.other, mirrored!.together]).toEqual([told!.other, told!.own, told!.together]);
});

test('what the bot proposes counts, although nobody has approved it yet', () => {
  own.git('checkout', '-q', '-B', 'pending', place.base);
  submit('1.3.0')();
  const base = own.commit({ by: 'alice' });
  const file = version('1.3.0');
  const review = 'review: { status: pending, submittedBy: alice }';
  const approved = 'review: { status: approved, submittedBy: alice, reviewedBy: rita }';
  const approval = change(BOT, () => own.edit(file, review, approved), base);
  const withdrawal = change('alice', () => own.edit(file, `\n${review}`, ''), base);
  const { conflicts } = conflictsOf({ ...place, base }, withdrawal, [approval]);
  expect(conflicts).toEqual([{ number: approval.number, how: 'text', files: [`config/${file}`] }]);
});

test('a branch of another history is nobody’s conflict, and stops nothing', () => {
  const narrow = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [AY]'));
  const tree = own.git('rev-parse', `${narrow.head}^{tree}`);
  const orphan = { number: 998, head: own.git('commit-tree', tree, '-m', 'orphan'), actor: 'alice' };
  expect(conflictsOf(place, narrow, [orphan])).toEqual({ conflicts: [], unseen: 0 });
});

test('what is refused anyway conflicts with nothing', () => {
  const narrow = change('alice', () => own.edit(TRAFFICKING, 'regions: [AY, EU]', 'regions: [AY]'));
  own.git('checkout', '-q', '-B', 'broken', place.base);
  own.write(TRAFFICKING, 'trafficking: 1\n');
  const broken = { number: 999, head: own.commit({ by: 'alice' }), actor: 'alice' };
  own.git('checkout', '-q', 'main');
  expect(conflictsOf(place, narrow, [broken]).conflicts).toEqual([]);
  expect(conflictsOf(place, broken, [narrow]).conflicts).toEqual([]);
});

test('nothing of it stays in the repository', () => {
  expect(own.git('count-objects', '-v')).toContain('garbage: 0');
  expect(own.git('status', '--porcelain')).toBe('');
  expect(
    own
      .git('for-each-ref', '--format=%(refname)')
      .split('\n')
      .every((name) => name.startsWith('refs/heads/')),
  ).toBe(true);
});
