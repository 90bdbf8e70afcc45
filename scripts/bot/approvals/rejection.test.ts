/** A review's words as the reason of a rejection: always what the schema takes and a reader saw, or nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathOf } from '../../core/paths.ts';
import { snapshotOf } from '../../fixtures/snapshot.ts';
import { fixtureFiles, NOW, problemsIn } from '../../fixtures/workspace.ts';
import { SMART } from '../../fixtures/workspace.ts';
import { filesOf, pendingOf } from './pull-requests.ts';
import { reasonOf } from './rejection.ts';

const VERSION = pathOf.version(SMART, '1.2.0');

test.each([
  ['The alarm page is blank', 'The alarm page is blank'],
  ['Two\r\nlines\n\n- and a list', 'Two lines - and a list'],
  ['  spaces\t\tand tabs ', 'spaces and tabs'],
  ['a\u202Eb\u2066c\u0000d\u001B[31m', 'a b c d [31m'],
  ['half \uD800 a letter', 'half \uFFFD a letter'],
  ['seen <!-- unseen --> by all', 'seen by all'],
  ['seen <!-- unseen to the end', 'seen'],
  ['می‌خواهم 👨‍👩‍👧', 'می‌خواهم 👨‍👩‍👧'],
])('%j is %j', (body, reason) => {
  expect(reasonOf(body)).toBe(reason);
});

test.each(['', ' \r\n ', '\u200B\u202E', '<!-- nothing to see -->', '\u0300\u2060', '\u0007'])(
  '%j is no reason',
  (body) => {
    expect(reasonOf(body)).toBeUndefined();
  },
);

test('a long one is cut at 1000 characters, and between characters', () => {
  const reason = reasonOf('🙂'.repeat(65_536))!;
  expect([...reason]).toHaveLength(1000);
  expect(reason.isWellFormed()).toBe(true);
  expect(reason.endsWith(' …')).toBe(true);
});

test('whatever a review says, the rejection is a valid file that holds its reason, and nothing else changes', () => {
  const snapshot = snapshotOf();
  const [subject] = pendingOf(snapshot);
  const files = fixtureFiles();
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({
      unit: fc.constantFrom(
        ': ',
        '#',
        '"',
        "'",
        '\n',
        '- ',
        '{',
        '}',
        '\\',
        '%',
        '&',
        '!',
        '\u202E',
        ' ',
        'x',
        '🙂',
        '\uD800',
      ),
      maxLength: 40,
    }),
    fc.string({ unit: fc.constantFrom('long ', 'y'), minLength: 900, maxLength: 1100 }),
  );
  fc.assert(
    fc.property(text, (body) => {
      const reason = reasonOf(body);
      if (reason === undefined) return;
      const [file] = filesOf(snapshot, subject!, { status: 'rejected', reviewedBy: 'rita', reason });
      const after = { ...files, [VERSION]: String(file!.content) };
      expect(problemsIn(after, NOW).filter(({ severity }) => severity === 'error')).toEqual([]);
      const { review, ...rest } = snapshotOf({ files: after })
        .given.workspace.miniapps.get(SMART)!
        .versions.get('1.2.0')!;
      const { review: _, ...before } = subject!.version;
      expect(review).toEqual({ status: 'rejected', submittedBy: 'bob', reviewedBy: 'rita', reason });
      expect(rest).toEqual(before);
    }),
    { numRuns: 30 },
  );
});
